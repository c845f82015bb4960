"""How a check's cost grows with the users, and how much room they take."""

import contextlib
import math
import statistics

from .. import load, measure, report, serve
from ..measure import Process
from . import checks, cost, ground

ROUNDS = 5
RUNS = 20
SIZES = [10_000, 100_000, 1_000_000, 10_000_000]


def run(place, cluster, databases, rounds, spawner):
    """Of databases by their sizes: nothing is kept in the server, so that each is looked up."""
    with contextlib.ExitStack() as stack:
        servers = [
            stack.enter_context(
                cost.serving(place, size, cluster.url(name), size, *checks.FRESH, *checks.COLD)
            )
            for size, name in databases.items()
        ]
        ask = lambda server, seconds: place.ask(server.contestant, seconds)
        scores = cost.race(servers, rounds or ROUNDS, cluster, ask)
    walls = whole(place, cluster, databases, (rounds or ROUNDS) * RUNS // ROUNDS, spawner)
    rows = [
        [
            f"{size:,}",
            f"{scores[size].rate():,.0f}",
            f"{scores[size].of_server():.1f} µs",
            f"{scores[size].of_database():.1f} µs",
            f"{scores[size].of_server() + scores[size].of_database():.1f} µs",
            f"{walls[size]:.2f} ms",
        ]
        for size in databases
    ]
    headings = ["users", "requests a second", "server", "PostgreSQL", "both", "`flags check`, wall"]
    both = {size: each.of_server() + each.of_database() for size, each in scores.items()}
    about = (
        f"`--cache 0 --max-staleness 0s`: each user is looked up in the database, "
        f"{serve.CONNECTIONS} connections, processor time a request. {grows(both, walls)}"
    )
    return f"### A check and the number of users\n\n{report.table(headings, rows)}\n\n{about}"


def whole(place, cluster, databases, runs, spawner):
    """The command line, which opens a connection for each answer."""
    commands = {}
    for size, name in databases.items():
        user = next(n for n in reversed(ground.witnesses(size)) if ground.has_analytics(n))
        asked = ["--store", cluster.url(name), "check", "analytics", "--user", f"u{user}"]
        commands[size] = Process(str(size), [place.flags, *asked])
        explained(place, cluster.url(name), user)
    samples = measure.race(list(commands.values()), runs, spawner, place.environment)
    walls = {size: samples[str(size)] for size in commands}
    return {size: statistics.median(each.wall for _, each in of) for size, of in walls.items()}


def explained(place, url, user):
    """Says why as it must: an override, or a plan."""
    command = [place.flags, "--store", url, "explain", "analytics", "--user", f"u{user}"]
    said = measure.capture([*command, "--json=layer"], place.environment)
    wanted = "user_override" if ground.feature_of(user) == 0 else "plan"
    if wanted not in said.stdout:
        raise SystemExit(f"bench: `explain` says {said.stdout!r} of u{user}, not {wanted!r}")


def grows(both, walls):
    if len(both) < 2:
        return "One size says nothing of growth."
    sizes = [math.log(size) for size in both]
    slopes = (
        load.slope(sizes, [math.log(of[size]) for size in both]) for of in (both, walls)
    )
    return (
        "Processor time grows with the users to the power of {:.3f}, the command's wall time to "
        "that of {:.3f} (slopes of the logarithms).".format(*slopes)
    )


def room(cluster, databases):
    """The bytes that a subject and an override take, indexes and all."""
    rows = []
    for size, name in databases.items():
        cells = [
            f"{int(bytes_of(cluster, name, table)) / size:.0f}"
            for table in ("subject", '"override"')
        ]
        whole = int(cluster.single(name, f"SELECT pg_database_size('{name}')"))
        rows.append([f"{size:,}", *cells, f"{whole / 2**20:,.0f} MiB"])
    headings = ["users, one override each", "bytes a subject", "bytes an override", "database"]
    return f"### Room\n\n{report.table(headings, rows)}"


def bytes_of(cluster, name, table):
    return cluster.single(name, f"SELECT pg_total_relation_size('flags.{table}')")
