"""One feature of one user through `flags serve`: on SQLite, on PostgreSQL that is asked before every
answer, and on PostgreSQL that is asked now and then; and several servers of one database."""

import contextlib
from concurrent.futures import ThreadPoolExecutor

from .. import serve
from . import cost

ROUNDS = 5
FRESH = ["--max-staleness", "0s"]
STALE = ["--max-staleness", "5s"]
COLD = ["--cache", "0"]
SERVERS = [1, 2, 4]


def against_sqlite(place, cluster, sqlite, database, size, rounds):
    """From memory, and with every subject looked up."""
    url = cluster.url(database)
    ways = {
        "SQLite": (sqlite, []),
        "PostgreSQL, 0s": (url, FRESH),
        "PostgreSQL, 5s": (url, STALE),
    }
    parts = []
    for what, more in (("from memory", []), ("each looked up", COLD)):
        with contextlib.ExitStack() as stack:
            servers = [
                stack.enter_context(cost.serving(place, name, where, size, *options, *more))
                for name, (where, options) in ways.items()
            ]
            ask = lambda server, seconds: place.ask(server.contestant, seconds)
            scores = cost.race(servers, rounds or ROUNDS, cluster, ask)
            memory = ", ".join(f"{server.memory:.0f}" for server in servers)
        said = f"MiB that the servers took: {memory}."
        parts.append(f"{cost.table(f'one check, {what}', scores)}\n\n{said}")
    about = (
        f"`analytics` of one of {size:,} users with an override each, another one each time, "
        f"{serve.CONNECTIONS} connections. `--max-staleness` stands behind the name. The server has a "
        f"core; wrk and PostgreSQL share the other. Processor time is that of a request."
    )
    return "### One check\n\n" + "\n\n".join([*parts, about])


def several(place, cluster, database, size, rounds):
    """One, two and four servers at once, each with its own client and its part of the connections."""
    parts = []
    for what, options in (("0s", FRESH), ("5s", STALE), ("0s, each looked up", [*FRESH, *COLD])):
        scores = {}
        with contextlib.ExitStack() as stack:
            up = [
                stack.enter_context(
                    cost.serving(place, f"server {n}", cluster.url(database), size, *options)
                )
                for n in range(max(SERVERS))
            ]
            for number in [0, *range(1, (rounds or ROUNDS) + 1)]:
                for count in SERVERS:
                    of = cost.Scores() if number == 0 else scores.setdefault(count, cost.Scores())
                    seconds = 1 if number == 0 else cost.SECONDS
                    cost.note(of, up[:count], cluster, lambda: at_once(place, up[:count], seconds))
        named = {f"{count} {'server' if count == 1 else 'servers'}": scores[count]
                 for count in SERVERS}
        parts.append(cost.table(f"one check, {what}", named))
    about = (
        f"{serve.CONNECTIONS} connections in all. All servers share one core, the clients and "
        f"PostgreSQL the other: this machine has no more, so that requests a second cannot grow with "
        f"the servers. Processor time a request says what each server more would cost."
    )
    return "### Several servers, one database\n\n" + "\n\n".join([*parts, about])


def at_once(place, servers, seconds):
    each = serve.CONNECTIONS // len(servers)
    ask = lambda server: place.ask(server.contestant, seconds, each)
    with ThreadPoolExecutor(len(servers)) as pool:
        return list(pool.map(ask, servers))
