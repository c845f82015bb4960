"""A million overrides from CSV, against psql's own COPY of the same rows.

psql is given the rows as the table has them, with the numbers of users and features looked up: into a
table with the same columns and primary key, and into one that has foreign keys besides. It is given
the CSV too, into a table of texts. It parses no subject, checks no feature, keeps no history and
tells no effect.
"""

import datetime
import os
import statistics
from dataclasses import dataclass, field

from .. import load, measure, report
from ..measure import Process
from . import ground

ROUNDS = 3
ROWS = 1_000_000
SEED, RUN = "import_seed", "import_run"

BARE = 'CREATE TABLE bare (LIKE flags."override" INCLUDING ALL);'
BOUND = f"""{BARE}
ALTER TABLE bare ADD FOREIGN KEY (subject_id) REFERENCES flags.subject,
 ADD FOREIGN KEY (feature_id) REFERENCES flags.feature;"""
TEXTS = """CREATE TABLE bare (subject TEXT, feature TEXT, value TEXT NOT NULL, reason TEXT,
 expires TIMESTAMPTZ, PRIMARY KEY (subject, feature));"""
COLUMNS = "subject_id, feature_id, granted, value, reason, starts, expires"


@dataclass
class Way:
    """One way to bring the rows in."""

    process: Process
    # What psql's table is made by; the program brings its own.
    table: str = ""
    samples: list = field(default_factory=list)
    database: list = field(default_factory=list)

    def wall(self):
        return statistics.median(sample.wall for sample in self.samples) / 1e3

    def processor(self):
        return statistics.median(sample.processor for sample in self.samples) / 1e3

    def of_database(self):
        return statistics.median(self.database)

    def peak(self):
        return max(sample.peak for sample in self.samples)


def run(place, cluster, spawner, size, rounds):
    home = place.directory / "import"
    home.mkdir(exist_ok=True)
    shuffled, ordered = load.inputs(home, size)
    seed(place, cluster, size)
    features = dict(cluster.sql(SEED, "SELECT key, id FROM flags.feature"))
    numbered = [as_numbers(path, features) for path in (shuffled, ordered)]
    ways = [
        Way(program(place, cluster, "`flags`, rows shuffled", shuffled)),
        Way(program(place, cluster, "`flags`, rows sorted", ordered)),
        Way(copy(cluster, "psql, primary key, shuffled", numbered[0]), BARE),
        Way(copy(cluster, "psql, primary key, sorted", numbered[1]), BARE),
        Way(copy(cluster, "psql, foreign keys too, shuffled", numbered[0]), BOUND),
        Way(copy(cluster, "psql, foreign keys too, sorted", numbered[1]), BOUND),
        Way(copy(cluster, "psql, the CSV, shuffled", shuffled, "(FORMAT csv, HEADER)"), TEXTS),
    ]
    history = race(place, cluster, spawner, ways, size, rounds or ROUNDS)
    for path in (shuffled, ordered, *numbered):
        path.unlink()
    cluster.sql("postgres", f"DROP DATABASE {SEED}")
    return section(ways, size, history)


def program(place, cluster, name, rows):
    command = [place.flags, "--store", cluster.url(RUN), "override", "import", rows]
    return Process(name, command)


def copy(cluster, name, rows, how=""):
    return Process(name, [*cluster.psql(RUN), "-c", f"\\copy bare FROM '{rows}' {how}"])


def seed(place, cluster, size):
    """The users are known beforehand, five rows for each, and have no overrides."""
    ground.require_room(cluster, size)
    cluster.sql("postgres", f"CREATE DATABASE {SEED}")
    ground.begin(place.directory, place.flags, cluster.url(SEED))
    cluster.sql(SEED, f"""SET search_path = flags;
        DELETE FROM "override";
        INSERT INTO subject(id, kind, name)
         SELECT n, 0, 'u' || n FROM generate_series(2, {size // load.EACH}) AS n""")
    cluster.sql(SEED, "VACUUM (ANALYZE)")


def as_numbers(path, features):
    """The same rows in the same order, as the table has them and in COPY's own form."""
    expires = {text: seconds(text) for text in load.EXPIRES}
    to = path.with_suffix(".copy")
    with path.open() as rows, to.open("w") as file:
        next(rows)
        for line in rows:
            subject, feature, _, reason, ends = line.rstrip("\n").split(",")
            user = subject.removeprefix("user:u")
            words = [user, features[feature], "1", "\\N", reason or "\\N", "\\N", expires[ends], "1"]
            file.write("\t".join(words) + "\n")
    return to


def seconds(text):
    if not text:
        return "\\N"
    moment = datetime.datetime.fromisoformat(text)
    return str(int(moment.replace(tzinfo=datetime.UTC).timestamp()))


def race(place, cluster, spawner, ways, size, rounds):
    """Each begins with a copy of the same database; returns the bytes of the program's history."""
    history, digests = 0, set()
    for number in range(rounds):
        for way in measure.shuffled(ways, number):
            cluster.sql("postgres", f"CREATE DATABASE {RUN} TEMPLATE {SEED} STRATEGY FILE_COPY")
            if way.table:
                cluster.sql(RUN, way.table)
            cluster.sql(RUN, "CHECKPOINT")
            before = cluster.processor()
            way.samples.append(measured(place, spawner, way.process))
            way.database.append(cluster.processor() - before)
            digests |= written(cluster, way, size)
            if len(digests) > 1:
                raise SystemExit(f"bench: {way.process.name} has written other rows than the rest")
            if not way.table:
                sizes = "pg_total_relation_size('flags.change')"
                history = int(cluster.single(RUN, f"SELECT {sizes}"))
            cluster.sql("postgres", f"DROP DATABASE {RUN}")
    return history


def measured(place, spawner, process):
    """A run of a client that has a core to itself; PostgreSQL has the other."""
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {int(place.server)})
    try:
        return measure.run_once(process, spawner, place.environment)
    finally:
        os.sched_setaffinity(0, allowed)


def written(cluster, way, size):
    """A digest of the rows, which have to be the same whoever wrote them; none of mere texts."""
    table = "bare" if way.table else 'flags."override"'
    if int(cluster.single(RUN, f"SELECT count(*) FROM {table}")) != size:
        raise SystemExit(f"bench: {way.process.name} has not written {size} rows")
    if way.table == TEXTS:
        return set()
    row = f"concat_ws('|', {COLUMNS})"
    return {cluster.single(RUN, f"SELECT sum(hashtextextended({row}, 0)) FROM {table}")}


def section(ways, size, history):
    base = {way.process.name.rpartition(", ")[2]: way.wall() for way in ways[2:4]}
    rows = []
    for way in ways:
        name = way.process.name
        against = base[name.rpartition(", ")[2].removeprefix("rows ")]
        rows.append([
            name,
            f"{way.wall():.2f} s",
            f"{way.wall() / against:.2f}",
            f"{way.processor():.2f} s",
            f"{way.of_database():.2f} s",
            f"{way.peak():.0f} MiB",
        ])
    headings = [f"{size:,} rows", "wall, median", "times psql's COPY", "client", "PostgreSQL",
                "client's peak memory"]
    about = (
        f"Five rows for each of {size // load.EACH:,} users who were known beforehand. The ratio is to "
        f"psql's COPY of the rows in the same order into a table with the same columns and primary "
        f"key. An override takes {history / size:.0f} bytes of history."
    )
    return f"### A bulk import\n\n{report.table(headings, rows)}\n\n{about}"
