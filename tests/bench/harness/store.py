"""The store `check` is measured on: a million subjects with 4.8 million overrides.

A stand-in until `flags` writes its own: the shape its design expects (integer keys, overrides in
key order without rowids), which `../bare` reads. Python's SQLite only writes the file; who reads
it brings a SQLite of its own.
"""

import sqlite3

SUBJECTS = 1_000_000
FEATURES = ["analytics"] + [f"feature-{number:02}" for number in range(1, 50)]
PLANS = 5
# Enough rows to touch the file's far end, both answers among them.
WITNESSES = [*range(1, 13), SUBJECTS // 2, SUBJECTS - 1, SUBJECTS]

SCHEMA = """
    CREATE TABLE feature (
        id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, enabled INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE grants (
        plan INTEGER NOT NULL, feature INTEGER NOT NULL, value INTEGER NOT NULL,
        PRIMARY KEY (plan, feature)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE subject (
        id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, plan INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE overrides (
        subject INTEGER NOT NULL, feature INTEGER NOT NULL, value INTEGER NOT NULL,
        PRIMARY KEY (subject, feature)
    ) STRICT, WITHOUT ROWID;
"""


def build(directory):
    """Returns the store's path; a store already complete is used again."""
    path = directory / f"store-{SUBJECTS}.db"
    if path.exists():
        return path
    # Renamed when complete, so that an interrupted run leaves nothing that looks like a store.
    unfinished = directory / "store.unfinished"
    unfinished.unlink(missing_ok=True)
    database = sqlite3.connect(unfinished)
    database.execute("PRAGMA journal_mode = OFF")
    database.execute("PRAGMA synchronous = OFF")
    database.executescript(SCHEMA)
    fill(database)
    database.execute("ANALYZE")
    database.execute("PRAGMA journal_mode = WAL")
    database.close()
    unfinished.rename(path)
    return path


def fill(database):
    subjects = range(1, SUBJECTS + 1)
    with database:
        features = ((number, key) for number, key in enumerate(FEATURES, 1))
        database.executemany("INSERT INTO feature VALUES (?, ?, 1)", features)
        database.executemany("INSERT INTO grants VALUES (?, ?, 1)", grants())
        rows = ((number, f"u{number}", plan(number)) for number in subjects)
        database.executemany("INSERT INTO subject VALUES (?, ?, ?)", rows)
        rows = (row for number in subjects for row in overrides(number))
        database.executemany("INSERT INTO overrides VALUES (?, ?, ?)", rows)


def plan(subject):
    return subject % PLANS + 1


def grants():
    """Each plan grants ten features more than the one before; `analytics` starts at the third."""
    for number in range(1, PLANS + 1):
        for feature in range(1, 10 * number + 1):
            if feature > 1 or grants_analytics(number):
                yield number, feature


def grants_analytics(number):
    return number >= 3


def overrides(subject):
    """Four for every fifth subject and five for the rest, in key order; `u1` has `analytics`."""
    count = 4 if subject % 5 == 0 else 5
    features = ((7 * (subject - 1) + 11 * nth) % len(FEATURES) + 1 for nth in range(count))
    return sorted((subject, feature, (subject + feature + 1) % 2) for feature in features)


def has_analytics(subject):
    """What every contestant must answer, worked out without the store."""
    for _, feature, value in overrides(subject):
        if feature == 1:
            return value == 1
    return grants_analytics(plan(subject))
