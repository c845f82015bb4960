"""Part `load`: overrides from CSV, against a loop that inserts the same rows sorted."""

import hashlib
import math
import shutil
import sqlite3
import statistics
import subprocess

from . import build, measure, report, store
from .measure import Process

ROUNDS = 3
SIZES = [10_000, 100_000, 1_000_000, 10_000_000]
# So many overrides for each user.
EACH = 5
REASONS = ["", "spring trial", "beta group"]
EXPIRES = ["", "2027-01-01", "2028-01-01T00:00:00Z", ""]


def run(directory, rounds, peers_only, largest=SIZES[-1]):
    flags = build.cargo(directory, build.ROOT, "flags")
    bare = build.cargo(directory, build.BENCH / "load", "load")
    spawner = build.cargo(directory, build.BENCH / "spawn", "bench-spawn")
    require_same_ground()
    environment = build.clean_environment(directory)
    place = directory / "load"
    place.mkdir(exist_ok=True)
    rows, times = [], []
    for size in (size for size in SIZES if size <= largest):
        shuffled, ordered = inputs(place, size)
        seed = seeded(place, flags, size)
        contestants = [
            contestant("`flags`, rows shuffled", flags, place, shuffled),
            contestant("`flags`, rows sorted", flags, place, ordered),
            Process("the loop, sorted", [bare, place / "store.db", size, EACH], proof="rows"),
        ]
        if peers_only:
            contestants = contestants[2:]
        found = race(contestants, size, rounds or ROUNDS, spawner, environment, seed)
        rows += table_rows(contestants, found, size)
        first = found[contestants[0].name]
        times.append((size, first.seconds(), first.processor() / 1e3))
        for path in (shuffled, ordered, seed):
            path.unlink()
    text = report.table(["rows", "contestant", *Found.HEADINGS], rows)
    return f"## Importing overrides, whole process, one core\n\n{text}\n\n{exponent(times)}"


def contestant(name, flags, place, rows):
    command = [flags, "--store", place / "store.db", "override", "import", rows]
    return Process(name, command, proof="added")


def require_same_ground():
    """The loop says what `flags` costs only while both stand on the same crate and profile."""
    ours, bare = build.manifest(build.ROOT), build.manifest(build.BENCH / "load")
    if build.profile(ours) != build.profile(bare):
        raise SystemExit("bench: tests/bench/load/Cargo.toml lacks the root's release profile")
    for name in ("rusqlite", "libsqlite3-sys"):
        if build.locked(build.ROOT, name) != build.locked(build.BENCH / "load", name):
            raise SystemExit(f"bench: tests/bench/load/Cargo.lock: `{name}` is not as in the root")


def row(number):
    """The row of this number, in the order of the table."""
    subject, nth = number // EACH + 1, number % EACH
    count = len(store.FEATURES)
    features = sorted((7 * (subject - 1) + 11 * other) % count + 1 for other in range(EACH))
    feature = features[nth]
    reason, expires = REASONS[(subject + feature) % 3], EXPIRES[(subject + feature) % 4]
    return f"user:u{subject},{store.FEATURES[feature - 1]},on,{reason},{expires}\n"


def inputs(place, size):
    """The same rows twice: all over the place, and in order."""
    # Any step that has no divisor in common with the size visits every row once.
    step = int(size * 0.6180339887) | 1
    while math.gcd(step, size) > 1:
        step += 2
    orders = {
        "shuffled.csv": (number * step % size for number in range(size)),
        "sorted.csv": range(size),
    }
    for name, numbers in orders.items():
        with (place / name).open("w") as file:
            file.write("subject,feature,value,reason,expires\n")
            file.writelines(map(row, numbers))
    return place / "shuffled.csv", place / "sorted.csv"


def seeded(place, flags, size):
    """A store with the users and features, and no overrides yet."""
    path = place / "seed.db"
    path.unlink(missing_ok=True)
    init = [flags, "--store", path, "init", "--no-profile"]
    subprocess.run(init, check=True, stdout=subprocess.DEVNULL)
    for key in store.FEATURES:
        define = [flags, "--store", path, "feature", "define", key]
        subprocess.run(define, check=True, stdout=subprocess.DEVNULL)
    database = sqlite3.connect(path)
    with database:
        users = ((number, f"u{number}") for number in range(1, size // EACH + 1))
        database.executemany("INSERT INTO subject VALUES (?, 0, ?, NULL, NULL)", users)
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return path


class Found:
    """What the runs of one contestant cost."""

    HEADINGS = ["wall, median", "processor", "wall / loop", "processor / loop",
                "peak memory", "bytes a row", "with history"]

    def __init__(self):
        self.samples = []
        self.bytes = 0
        self.history = 0
        self.digest = None

    def seconds(self):
        return statistics.median(sample.wall for sample in self.samples) / 1e3

    def processor(self):
        return statistics.median(sample.processor for sample in self.samples)

    def peak(self):
        return statistics.median(sample.peak for sample in self.samples)


def race(contestants, size, rounds, spawner, environment, seed):
    found = {contestant.name: Found() for contestant in contestants}
    with measure.one_core():
        for number in range(rounds):
            for contestant in measure.shuffled(contestants, number):
                target = seed.with_name("store.db")
                for beside in ("", "-wal", "-shm"):
                    target.with_name(target.name + beside).unlink(missing_ok=True)
                shutil.copyfile(seed, target)
                target.chmod(0o600)
                sample = measure.run_once(contestant, spawner, environment)
                found[contestant.name].samples.append(sample)
                look(found[contestant.name], target, size)
                target.unlink()
    digests = {each.digest for each in found.values()}
    if len(digests) != 1:
        raise SystemExit(f"bench: {size} rows: the contestants have written different overrides")
    return found


def look(found, path, size):
    """What was written, and how much room it takes."""
    database = sqlite3.connect(path)
    columns = "subject_id, feature_id, granted, value, reason, starts, expires"
    digest = hashlib.sha256()
    count = 0
    for line in database.execute(f'SELECT {columns} FROM "override"'):
        digest.update(repr(line).encode())
        count += 1
    if count != size:
        raise SystemExit(f"bench: {count} overrides were written instead of {size}")
    pages = "SELECT sum(pgsize) FROM dbstat WHERE name = ?"
    (found.bytes,) = database.execute(pages, ["override"]).fetchone()
    (found.history,) = database.execute(pages, ["change"]).fetchone()
    found.digest = digest.hexdigest()
    database.close()


def table_rows(contestants, found, size):
    loop = found[contestants[-1].name]
    for contestant in contestants:
        each = found[contestant.name]
        yield [
            f"{size:,}",
            contestant.name,
            f"{each.seconds():.3f} s",
            f"{each.processor() / 1e3:.3f} s",
            f"{each.seconds() / loop.seconds():.2f}",
            f"{each.processor() / loop.processor():.2f}",
            f"{each.peak():.1f} MiB",
            f"{each.bytes / size:.1f}",
            f"{(each.bytes + each.history) / size:.1f}",
        ]


def exponent(times):
    """How time grows with the rows: 1 is linear. The slope of the logarithms."""
    if len(times) < 2:
        return ""
    sizes, wall, processor = ([math.log(value) for value in column] for column in zip(*times))
    return (
        f"`flags`, rows shuffled: wall time grows with the rows to the power of "
        f"{slope(sizes, wall):.2f}, processor time to that of {slope(sizes, processor):.2f}."
    )


def slope(x, y):
    middle, height = statistics.mean(x), statistics.mean(y)
    pairs = list(zip(x, y))
    return sum((a - middle) * (b - height) for a, b in pairs) / sum((a - middle) ** 2 for a in x)
