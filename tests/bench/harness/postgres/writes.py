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
    where = {"SQLite": str(sqlite), "PostgreSQL": cluster.url(database)}
    scores = {}
    with contextlib.ExitStack() as stack:
        servers = {name: stack.enter_context(writable(place, path)) for name, path in where.items()}
        for number in range(-1, rounds or ROUNDS):
            seconds = cost.SECONDS if number >= 0 else 1
            ways = [(clients, name) for clients in CLIENTS for name in [*servers, "row", "line"]]
            for clients, name in measure.shuffled(ways, number):
                found = Scores() if number < 0 else scores.setdefault((clients, name), Scores())
                if name in servers:
                    server = servers[name]
                    seed = 1000 * (number + 2) + clients
                    ask = lambda: written(place, server, where[name], cluster, size, seed, clients, seconds)
                else:
                    ask = lambda: bare(place, cluster, database, name, clients, seconds)
                note(found, servers.get(name), cluster, database, ask)
    return section(scores, cluster, database)


@contextlib.contextmanager
def writable(place, where):
    key = place.key(where, "write")
    with place.ours(where) as (process, url):
        contestant = serve.Contestant("writes", url, "", [key])
        serve.settle(process)
        yield cost.Server(contestant, process, url)


def written(place, server, where, cluster, size, seed, clients, seconds):
    """How many were written a second, and how many in all; the store has to know of each."""
    before = revision(cluster, where)
    words = {"key": server.contestant.keys[0], "most": size, "seed": seed, "feature": FEATURE}
    score = place.drive(server.contestant, SCRIPT % words, seconds, clients)
    # What was asked last may have been carried out with nobody left to hear it.
    more = revision(cluster, where) - before
    if not score.requests <= more <= score.requests + clients:
        raise SystemExit(f"bench: {score.requests} writes were confirmed and {more} are in {where}")
    return score.rate, score.requests


def revision(cluster, where):
    if where.startswith("postgres://"):
        name = where.rpartition("/")[2]
        return int(cluster.single(name, "SELECT max(id) FROM flags.revision"))
    with contextlib.closing(sqlite3.connect(where)) as database:
        return database.execute("SELECT max(id) FROM revision").fetchone()[0]


def bare(place, cluster, database, name, clients, seconds):
    """The same of pgbench."""
    script = place.directory / f"{name}.pgbench"
    script.write_text(ROW if name == "row" else LINE)
    command = ["taskset", "-c", place.server, str(cluster.programs / "pgbench"), "-n", "-M", "prepared"]
    command += ["-f", str(script), "-c", str(clients), "-T", str(seconds), cluster.url(database)]
    said = build.output(*command, settings=place.environment)
    done = re.search(r"transactions actually processed: (\d+)", said)
    rate = re.search(r"^tps = ([\d.]+)", said, re.MULTILINE)
    return float(rate[1]), int(done[1])


def note(scores, server, cluster, database, ask):
    end = "SELECT pg_current_wal_lsn() - '0/0'"
    log = int(cluster.single(database, end))
    server_before = system.processor(server.process) if server else 0
    before = cluster.processor()
    rate, requests = ask()
    scores.database.append((cluster.processor() - before) / requests * 1e6)
    server_now = system.processor(server.process) if server else 0
    scores.server.append((server_now - server_before) / requests * 1e6)
    scores.log.append((int(cluster.single(database, end)) - log) / requests)
    scores.rates.append(rate)


NAMES = {
    "SQLite": "`flags serve` on SQLite",
    "PostgreSQL": "`flags serve` on PostgreSQL",
    "row": "pgbench: one row",
    "line": "pgbench: the row and its history, in line",
}


def section(scores, cluster, database):
    rows = []
    for (clients, name), found in sorted(scores.items(), key=lambda item: order(item[0])):
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


def order(what):
    clients, name = what
    return clients, list(NAMES).index(name)


def history(cluster, database):
    """The bytes that a write leaves behind in the tables of the history."""
    sizes = "pg_total_relation_size('flags.revision') + pg_total_relation_size('flags.change')"
    count = "SELECT count(*) FROM flags.revision"
    return int(cluster.single(database, f"SELECT ({sizes}) / ({count})"))
