"""Reading a whole store: every subject's entitlements, and the effect of a change, beside bare loops."""

import hashlib
import re
import subprocess

from . import build, measure, report, store
from .measure import Process

ROUNDS = 7
# Each plan's subjects are a fifth of all; an override of the feature stands for some of them.
FEATURE, PLAN = "feature-05", "plan-2"


def resolve_all(directory, rounds, peers_only):
    spawner, program, walk, path = prepared(directory)
    environment = build.clean_environment(directory)
    stored = {"FLAGS_STORE": str(path)}
    flags = Process("flags resolve --all", [program, "resolve", "--all"], stored)
    bare = Process("bare loop: two cursors merged", [walk, "--store", path, "resolve-all"])
    processes = [bare] if peers_only else [flags, bare]
    digests = {process.name: digest(process, environment) for process in processes}
    if len(set(digests.values())) != 1:
        raise SystemExit(f"bench: the texts differ: {digests}")
    note = (
        f"{store.SUBJECTS:,} subjects x {len(store.FEATURES)} features, 4,800,000 overrides, as "
        f"NDJSON to /dev/null; equal texts."
    )
    return section("Everybody's entitlements", processes, rounds, spawner, environment, note)


def preview(directory, rounds, peers_only):
    spawner, program, walk, path = prepared(directory)
    environment = build.clean_environment(directory)
    stored = {"FLAGS_STORE": str(path)}
    unset = [program, "unset", FEATURE, "--plan", PLAN, "--dry-run"]
    flags = Process("flags unset --plan --dry-run", unset, stored)
    loop = [walk, "--store", path]
    merged = [*loop, "preview", FEATURE, "--plan", PLAN]
    bare = Process("bare loop: subjects, and the feature's overrides", merged)
    scan = Process("bare loop: subjects alone", [*loop, "scan"])
    processes = [bare, scan] if peers_only else [flags, bare, scan]
    lost = {count(process, environment) for process in processes if process is not scan}
    if len(lost) != 1 or not 0 < lost.pop() < store.SUBJECTS // 5:
        raise SystemExit(f"bench: the effects differ, or there are none: {lost}")
    note = f"What it would do to {store.SUBJECTS:,} subjects to take {FEATURE} from {PLAN}."
    return section("The effect of a plan's change", processes, rounds, spawner, environment, note)


def prepared(directory):
    build.require_same_ground()
    spawner = build.cargo(directory, build.BENCH / "spawn", "bench-spawn")
    walk = build.cargo(directory, build.BENCH / "bare", "walk")
    program = build.cargo(directory, build.ROOT, "flags")
    return spawner, program, walk, store.build(directory, program)


def digest(process, environment):
    """The SHA-256 of what a contestant prints, which is too much to hold."""
    command = list(map(str, process.command))
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=environment | process.environment, stdout=pipe) as child:
        return hashlib.file_digest(child.stdout, "sha256").hexdigest()


def count(process, environment):
    done = measure.capture(process.command, environment | process.environment)
    found = re.search(r"(\d+) lost", done.stdout)
    if not found:
        raise SystemExit(f"bench: {process.name} tells no effect:\n{done.stdout}{done.stderr}")
    return int(found[1])


def section(title, processes, rounds, spawner, environment, note):
    samples = measure.race(processes, rounds or ROUNDS, spawner, environment)
    # Valgrind would take minutes for each.
    counted = dict.fromkeys(samples)
    tables = report.process_tables(processes, samples, counted)
    return f"## {title}\n\n{tables}\n\n{note} {rounds or ROUNDS} rounds."
