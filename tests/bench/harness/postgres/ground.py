"""The same project in SQLite and in PostgreSQL, as large as it is asked for.

`flags` makes the tables, the definitions and the first user. The other users are put in by the
databases themselves, since only what comes later is measured: one override each, so that a project of
ten million says how a look-up grows and not how rows do.
"""

import json
import shutil
import sqlite3
import subprocess

from .. import build, store

# What a subject and its override take in tables, indexes and the log that they pass through.
BYTES_EACH = 350
# The log, the base system, and something to spare.
BYTES_BESIDE = 2 << 30


def feature_of(number):
    """The place in `store.FEATURES` of the one that this user has an override of."""
    return 7 * (number - 1) % len(store.FEATURES)


def is_granted(number):
    return number // len(store.FEATURES) % 2 == 0


def has_analytics(number):
    """What must be answered, worked out without a store."""
    if feature_of(number) == 0:
        return is_granted(number)
    return store.grants_analytics(store.plan(number))


def witnesses(size):
    """Users whose answers are looked at: both of an override and of a plan, and the last one."""
    few = [1, 2, 3, 4, 5, 51, 101, size // 2, size - 1, size]
    return sorted({number for number in few if 1 <= number <= size})


def catalog():
    """The definitions as a document, with the first user, who has an override of its own."""
    features = {key: {"type": "boolean", "enabled": True} for key in store.FEATURES}
    plans = {f"plan-{number}": {"grants": {}} for number in range(1, store.PLANS + 1)}
    for number, feature in store.grants():
        plans[f"plan-{number}"]["grants"][store.FEATURES[feature - 1]] = True
    return {
        "format": "flags.catalog/1",
        "features": features,
        "plans": plans,
        "users": {"u1": {"plan": f"plan-{store.plan(1)}"}},
        "overrides": {"user:u1": {store.FEATURES[feature_of(1)]: {"grant": True}}},
    }


def sqlite(directory, flags, size):
    """A new store of so many users; returns its path."""
    path = directory / f"one-override-{size}.db"
    for beside in ("", "-wal", "-shm"):
        path.with_name(path.name + beside).unlink(missing_ok=True)
    begin(directory, flags, path)
    database = sqlite3.connect(path)
    database.execute("PRAGMA synchronous = OFF")
    with database:
        features, plans, revision = numbers(lambda text: database.execute(text).fetchall(), "")
        rest = range(2, size + 1)
        rows = ((number, f"u{number}", plans[store.plan(number) - 1]) for number in rest)
        database.executemany("INSERT INTO subject VALUES (?, 0, ?, NULL, ?)", rows)
        rows = (
            (number, features[feature_of(number)], int(is_granted(number)), revision)
            for number in rest
        )
        put = 'INSERT INTO "override" VALUES (?, ?, ?, NULL, NULL, NULL, NULL, ?)'
        database.executemany(put, rows)
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return path


def postgres(cluster, directory, flags, size):
    """A new database of so many users; returns its name. Refuses where there is no room for it."""
    require_room(cluster, size)
    name = f"users_{size}"
    cluster.sql("postgres", f"CREATE DATABASE {name}")
    begin(directory, flags, cluster.url(name))
    features, plans, revision = numbers(lambda text: cluster.sql(name, text), "flags.")
    features, plans = (f"ARRAY[{','.join(map(str, each))}]" for each in (features, plans))
    count, users = len(store.FEATURES), f"generate_series(2, {size}) AS n"
    cluster.sql(
        name,
        f"""SET search_path = flags;
        INSERT INTO subject(id, kind, name, plan_id)
         SELECT n, 0, 'u' || n, ({plans})[n % {store.PLANS} + 1] FROM {users};
        INSERT INTO "override"(subject_id, feature_id, granted, revision)
         SELECT n, ({features})[7::INT8 * (n - 1) % {count} + 1], 1 - n / {count} % 2, {revision}
         FROM {users}""",
    )
    cluster.sql(name, "VACUUM (ANALYZE)")
    cluster.sql(name, "CHECKPOINT")
    return name


def begin(directory, flags, place):
    """Has `flags` make the tables, the definitions and the first user."""
    file = directory / "definitions.json"
    file.write_text(json.dumps(catalog()))
    told = {"check": True, "stdout": subprocess.DEVNULL}
    environment = build.clean_environment(directory)
    for words in (["init", "--no-profile"], ["apply", file, "--yes"]):
        subprocess.run([flags, "--store", place, *words], env=environment, **told)


def numbers(ask, schema):
    """The numbers of features and plans, as the program gave them out, and the latest revision."""
    features = dict(ask(f"SELECT key, id FROM {schema}feature"))
    plans = dict(ask(f"SELECT key, id FROM {schema}plan"))
    ((first,),) = ask(f"SELECT id FROM {schema}subject")
    ((revision,),) = ask(f"SELECT max(id) FROM {schema}revision")
    if int(first) != 1:
        raise SystemExit(f"bench: the first subject has the number {first}: rows cannot be added")
    plans = [plans[f"plan-{number}"] for number in range(1, store.PLANS + 1)]
    return [features[key] for key in store.FEATURES], plans, revision


def require_room(cluster, size):
    free = shutil.disk_usage(cluster.home).free
    needed = size * BYTES_EACH + BYTES_BESIDE
    if free < needed:
        raise SystemExit(
            f"bench: {size:,} subjects in PostgreSQL need {needed >> 30} GiB and {free >> 30} are "
            f"free below {cluster.home}: --build-dir names another place, --subjects fewer"
        )
