"""The store `check` is measured on: a million subjects with 4.8 million overrides.

`flags init` makes it, so its tables are the program's own; the rows are put in by Python's SQLite,
since only reading is measured here.
"""

import json
import subprocess
import sqlite3

SUBJECTS = 1_000_000
FEATURES = ["analytics"] + [f"feature-{number:02}" for number in range(1, 50)]
PLANS = 5
# Enough rows to touch the file's far end, both answers among them.
WITNESSES = [*range(1, 13), SUBJECTS // 2, SUBJECTS - 1, SUBJECTS]



def build(directory, flags):
    """Returns the store's path; a store already complete is used again."""
    path = directory / f"store-{SUBJECTS}-format-3.db"
    if path.exists():
        return path
    # Renamed when complete, so that an interrupted run leaves nothing that looks like a store.
    unfinished = directory / "store.unfinished"
    unfinished.unlink(missing_ok=True)
    init = [flags, "--store", unfinished, "init", "--no-profile"]
    subprocess.run(init, check=True, stdout=subprocess.DEVNULL)
    database = sqlite3.connect(unfinished)
    database.execute("PRAGMA journal_mode = OFF")
    database.execute("PRAGMA synchronous = OFF")
    database.execute("PRAGMA foreign_keys = OFF")
    fill(database)
    database.execute("PRAGMA journal_mode = WAL")
    database.close()
    unfinished.rename(path)
    return path


def fill(database):
    subjects = range(1, SUBJECTS + 1)
    definition = json.dumps({"type": "boolean", "enabled": True})
    audience = json.dumps({"default": False, "rules": []})
    with database:
        database.execute("INSERT INTO revision(id, at, actor, command) VALUES (1, 0, 'bench', 'bench')")
        rows = ((number, key, definition, audience) for number, key in enumerate(FEATURES, 1))
        database.executemany("INSERT INTO feature VALUES (?, ?, ?, ?, 1, 1)", rows)
        rows = ((number, f"plan-{number}") for number in range(1, PLANS + 1))
        database.executemany("INSERT INTO plan VALUES (?, ?, '{}', 1)", rows)
        database.executemany("INSERT INTO plan_grant VALUES (?, ?, NULL, 1)", grants())
        rows = ((number, f"u{number}", plan(number)) for number in subjects)
        database.executemany("INSERT INTO subject VALUES (?, 0, ?, NULL, ?)", rows)
        rows = (row for number in subjects for row in overrides(number))
        put = 'INSERT INTO "override" VALUES (?, ?, ?, NULL, NULL, NULL, NULL, 1)'
        database.executemany(put, rows)


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
