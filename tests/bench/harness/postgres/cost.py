"""What answers cost: requests a second, and the processor time of those who answer."""

import contextlib
import json
import statistics
from dataclasses import dataclass, field

from .. import measure, report, serve
from . import cluster as system
from . import ground

SECONDS = serve.SECONDS


@dataclass
class Server:
    """A `flags serve` that is up, and the store that it serves."""

    contestant: serve.Contestant
    process: int
    url: str
    # The MiB that it takes once it has read what it keeps.
    memory: float = 0


@dataclass
class Scores:
    """The rounds of one contestant."""

    rates: list = field(default_factory=list)
    lates: list = field(default_factory=list)
    # Microseconds of processor time a request.
    server: list = field(default_factory=list)
    database: list = field(default_factory=list)

    def rate(self):
        return statistics.median(self.rates)

    def late(self):
        return statistics.median(self.lates)

    def of_server(self):
        return statistics.median(self.server)

    def of_database(self):
        return statistics.median(self.database)


@contextlib.contextmanager
def serving(place, name, where, size, *options):
    """A server of a store of so many users, with right answers and all read that it will keep."""
    where = str(where)
    key = place.key(where)
    with place.ours(where, *options) as (process, url):
        path = "/v1/users/u%d/entitlements/analytics"
        contestant = serve.Contestant(name, url, path, [key], size)
        for number in ground.witnesses(size):
            said = json.loads(serve.fetch(contestant, number))["value"]
            if said != ground.has_analytics(number):
                raise SystemExit(f"bench: {name} says {said} of u{number}")
        _, memory = serve.settle(process)
        yield Server(contestant, process, url, memory)


def race(servers, rounds, cluster, ask):
    """Has each asked in turn by `ask(server, seconds)`; the first second is nobody's."""
    scores = {server.contestant.name: Scores() for server in servers}
    for server in servers:
        ask(server, 1)
    for number in range(rounds):
        for server in measure.shuffled(servers, number):
            note(scores[server.contestant.name], [server], cluster, lambda: [ask(server, SECONDS)])
    return scores


def note(scores, servers, cluster, ask):
    """Adds a round: what `ask` says each of them did, and what that cost."""
    before = spent(servers, cluster)
    asked = ask()
    of_server, of_database = (
        now - then for now, then in zip(spent(servers, cluster), before)
    )
    requests = sum(each.requests for each in asked)
    scores.rates.append(sum(each.rate for each in asked))
    scores.lates.append(max(each.late for each in asked))
    scores.server.append(of_server / requests * 1e6)
    scores.database.append(of_database / requests * 1e6)


def spent(servers, cluster):
    return sum(system.processor(server.process) for server in servers), cluster.processor()


HEADINGS = [
    "requests a second", "best round", "times the first", "server", "times the first", "PostgreSQL",
    "p99",
]


def table(what, scores):
    """Requests a second, and processor time a request on both sides, against the first."""
    first = next(iter(scores.values()))
    rows = [
        [
            name,
            f"{each.rate():,.0f}",
            f"{max(each.rates):,.0f}",
            f"{each.rate() / first.rate():.2f}",
            f"{each.of_server():.1f} µs",
            f"{each.of_server() / first.of_server():.2f}",
            f"{each.of_database():.1f} µs",
            f"{each.late():.2f} ms",
        ]
        for name, each in scores.items()
    ]
    return report.table([what, *HEADINGS], rows)
