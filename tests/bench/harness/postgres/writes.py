"""Single writes: overrides one by one over HTTP, beside bare transactions of the same database.

pgbench does the least that a durable write is, one row, and what a write with a history is: the row,
the write's own row and its change, behind the lock under which writes stand in line. Both are prepared,
and neither parses, checks or answers over HTTP.
"""

import contextlib
import re
import sqlite3
import statistics
from dataclasses import dataclass, field

from .. import build, measure, report, serve
from . import cluster as system
from . import cost

ROUNDS = 3
CLIENTS = [1, 8]
FEATURE = "feature-07"

# Each is another write: a reason that nobody gave before.
SCRIPT = """
local number = 0
math.randomseed(%(seed)d)
request = function()
  number = number + 1
  local headers = {["Authorization"] = "Bearer %(key)s", ["Content-Type"] = "application/json"}
  local path = string.format("/v1/users/u%%d/overrides/%(feature)s", math.random(1, %(most)d))
  return wrk.format("PUT", path, headers, string.format('{"reason":"%(seed)d-%%d"}', number))
end
done = function(summary, latency)
  local failed = summary.errors.status + summary.errors.connect + summary.errors.read
  failed = failed + summary.errors.write + summary.errors.timeout
  print(string.format("FAILED %%d", failed))
end
"""

NAMES = {
    "SQLite": "`flags serve` on SQLite",
    "PostgreSQL": "`flags serve` on PostgreSQL",
    "row": "pgbench: one row",
    "line": "pgbench: the row and its history, in line",
}

TABLES = """
CREATE SCHEMA bare;
CREATE TABLE bare.state(one INT8 PRIMARY KEY, pulse INT8 NOT NULL);
INSERT INTO bare.state VALUES (1, 0);
CREATE TABLE bare.revision(LIKE flags.revision INCLUDING ALL);
CREATE TABLE bare.change(LIKE flags.change INCLUDING ALL);
CREATE TABLE bare.single(LIKE flags."override" INCLUDING ALL);
CREATE SEQUENCE bare.number CACHE 1000;
"""
ROW = """INSERT INTO bare.single(subject_id, feature_id, granted, reason, revision)
 VALUES (nextval('bare.number'), 8, 1, 'bench', 1);
"""
LINE = f"""BEGIN;
SELECT pulse + 1 AS next FROM bare.state WHERE one = 1 FOR UPDATE \\gset
{ROW}INSERT INTO bare.revision(id, at, actor, command, hash)
 VALUES (:next, 1795000000000, 'bench', 'bench', '\\x0123456789abcdef0123456789abcdef');
INSERT INTO bare.change(revision, position, body)
 VALUES (:next, 0, '{{"put_override":{{"user":"u1","feature":"feature-07","reason":"bench"}}}}');
UPDATE bare.state SET pulse = :next WHERE one = 1;
COMMIT;
"""


@dataclass
class Scores:
    """What the rounds of one way to write have cost."""

    rates: list = field(default_factory=list)
    # Microseconds of processor time a write.
    server: list = field(default_factory=list)
    database: list = field(default_factory=list)
    # Bytes of PostgreSQL's log a write.
    log: list = field(default_factory=list)

    def of(self, name):
        return statistics.median(getattr(self, name))


def run(place, cluster, sqlite, database, size, rounds):
    cluster.sql(database, TABLES)
    bench = Bench(place, cluster, database, size)
    scores = {(clients, name): Scores() for clients in CLIENTS for name in NAMES}
    with contextlib.ExitStack() as stack:
        for name, where in (("SQLite", str(sqlite)), ("PostgreSQL", cluster.url(database))):
            bench.servers[name] = stack.enter_context(writable(place, name, where))
        for number in range(-1, rounds or ROUNDS):
            for clients, name in measure.shuffled(list(scores), number):
                # The first second is nobody's.
                if number < 0:
                    bench.round(Scores(), name, clients, number, 1)
                else:
                    bench.round(scores[clients, name], name, clients, number, cost.SECONDS)
    return section(scores, cluster, database)


@contextlib.contextmanager
def writable(place, name, where):
    key = place.key(where, "write")
    with place.ours(where) as (process, url):
        contestant = serve.Contestant(name, url, where, [key])
        serve.settle(process)
        yield cost.Server(contestant, process, url)


@dataclass
class Bench:
    """Where it is written."""

    place: serve.Place
    cluster: system.Cluster
    database: str
    size: int
    servers: dict = field(default_factory=dict)

    def round(self, scores, name, clients, number, seconds):
        """Adds one round: how many a second, and what a write cost."""
        server = self.servers.get(name)
        before = self.spent(server)
        if server:
            rate, writes = self.served(server, clients, 1000 * (number + 2) + clients, seconds)
        else:
            rate, writes = self.bare(name, clients, seconds)
        own, database, log = (
            (now - then) / writes for now, then in zip(self.spent(server), before)
        )
        scores.rates.append(rate)
        scores.server.append(own * 1e6)
        scores.database.append(database * 1e6)
        scores.log.append(log)

    def spent(self, server):
        log = self.cluster.single(self.database, "SELECT pg_current_wal_lsn() - '0/0'")
        own = system.processor(server.process) if server else 0
        return own, self.cluster.processor(), int(log)

    def served(self, server, clients, seed, seconds):
        """How many were written a second, and how many in all; the store has to know of each."""
        before = self.revision(server)
        words = {"key": server.contestant.keys[0], "seed": seed}
        words |= {"most": self.size, "feature": FEATURE}
        score = self.place.drive(server.contestant, SCRIPT % words, seconds, clients)
        # What was asked last may have been carried out with nobody left to hear it.
        more = self.revision(server) - before
        if not score.requests <= more <= score.requests + clients:
            told = f"{score.requests} writes were confirmed and {more} are there"
            raise SystemExit(f"bench: {server.contestant.name}: {told}")
        return score.rate, score.requests

    def revision(self, server):
        if server.contestant.name == "PostgreSQL":
            return int(self.cluster.single(self.database, "SELECT max(id) FROM flags.revision"))
        with contextlib.closing(sqlite3.connect(server.contestant.path)) as database:
            return database.execute("SELECT max(id) FROM revision").fetchone()[0]

    def bare(self, name, clients, seconds):
        """The same of pgbench."""
        script = self.place.directory / f"{name}.pgbench"
        script.write_text(ROW if name == "row" else LINE)
        program = str(self.cluster.programs / "pgbench")
        command = ["taskset", "-c", self.place.server, program, "-n", "-M", "prepared"]
        command += ["-f", str(script), "-c", str(clients), "-T", str(seconds)]
        said = build.output(*command, self.cluster.url(self.database),
                            settings=self.place.environment)
        done = re.search(r"transactions actually processed: (\d+)", said)
        rate = re.search(r"^tps = ([\d.]+)", said, re.MULTILINE)
        return float(rate[1]), int(done[1])


def section(scores, cluster, database):
    rows = []
    for (clients, name), found in scores.items():
        first = scores[clients, "SQLite"].of("rates")
        served = name in ("SQLite", "PostgreSQL")
        cells = [f"{found.of('rates'):,.0f}", f"{found.of('rates') / first:.2f}"]
        cells.append(f"{scores[clients, 'row'].of('rates') / found.of('rates'):.1f}")
        cells.append(f"{found.of('server'):.0f} µs" if served else "")
        cells.append(f"{found.of('database'):.0f} µs" if name != "SQLite" else "")
        cells.append(f"{found.of('log'):,.0f}" if name != "SQLite" else "")
        rows.append([f"{clients}: {NAMES[name]}", *cells])
    headings = ["clients", "writes a second", "times SQLite's", "one row / it", "server",
                "PostgreSQL", "bytes of its log"]
    about = (
        f"Another override of another user each time, each a revision with its history; the stores "
        f"had as many more revisions as answers. Processor time and log (WAL) are those of a write. "
        f"A write takes {history(cluster, database):.0f} bytes of history in PostgreSQL."
    )
    return f"### Single writes\n\n{report.table(headings, rows)}\n\n{about}"


def history(cluster, database):
    """The bytes that a write leaves behind in the tables of the history."""
    sizes = "pg_total_relation_size('flags.revision') + pg_total_relation_size('flags.change')"
    count = "SELECT count(*) FROM flags.revision"
    return int(cluster.single(database, f"SELECT ({sizes}) / ({count})"))
