"""One check, whole process: `flags` beside the barest program and WorkOS's command line."""

import contextlib
import json
import select
import subprocess

from . import build, measure, report, store
from .measure import Process

ROUNDS = 200
# WorkOS's command line takes over a hundred times as long as the rest.
SLOW = 10
# The key its emulator accepts when none is configured.
EMULATOR_KEY = "sk_test_default"


def run(directory, rounds, peers_only):
    build.require_same_ground()
    spawner = build.cargo(directory, build.BENCH / "spawn", "bench-spawn")
    # Once with SQLite as rusqlite bundles it, once with it as `.cargo/config.toml` has it built.
    stock = {"LIBSQLITE3_FLAGS": ""}
    bare = build.cargo(directory, build.BENCH / "bare", "bare", target="stock", settings=stock)
    trimmed = build.cargo(directory, build.BENCH / "bare", "bare")
    # The store is made by `flags` even where only its peers are measured.
    program = build.cargo(directory, build.ROOT, "flags")
    flags = None if peers_only else program
    path = store.build(directory, program)
    environment = build.clean_environment(directory)
    checks = check_commands(path, flags, bare, trimmed)
    for process in checks:
        require_right_answers(process, environment)
    home, node = build.npm(directory)
    with workos(home, node, environment) as listing:
        processes = [*checks, listing, Process("/bin/true (floor)", ["/bin/true"], is_peer=False)]
        for process in processes:
            measure.prove(process, environment)
        samples = measure.race(processes, rounds or ROUNDS, spawner, environment)
    counted = {process.name: measure.instructions(process, environment) for process in processes}
    tables = report.process_tables(processes, samples, counted)
    note = about(home, node, path, rounds or ROUNDS)
    return f"## One check, whole process\n\n{tables}\n\n{note}"


def check_commands(path, flags, bare, trimmed):
    check = ["check", "analytics", "--user", "u1"]
    processes = [
        Process("bare", [bare, "--store", path, *check], proof="on"),
        Process("bare, SQLite built as ours", [trimmed, "--store", path, *check], proof="on"),
    ]
    if flags:
        stored = {"FLAGS_STORE": str(path)}
        processes.insert(0, Process("flags", [flags, *check], stored, proof="analytics"))
    return processes


def require_right_answers(process, environment):
    """Each witness's exit status must say what the store's generator says."""
    for number in store.WITNESSES:
        command = [*process.command[:-1], f"u{number}"]
        done = measure.capture(command, environment | process.environment)
        wanted = 0 if store.has_analytics(number) else 1
        if done.returncode != wanted:
            raise SystemExit(
                f"bench: {process.name} answers {done.returncode} for u{number}, not {wanted}:\n"
                f"{done.stdout}{done.stderr}"
            )


@contextlib.contextmanager
def workos(home, node, environment):
    """WorkOS's own emulator on a free port, and its command line pointed there.

    The command line is one process, started without npx, so its peak is the whole tree's. The
    emulator cannot be given flags: the list it serves is empty, which favours the peer.
    """
    program = [node, home / "node_modules" / "workos" / "dist" / "bin.js"]
    settings = {"WORKOS_TELEMETRY": "false"}
    emulator = subprocess.Popen(
        [*map(str, program), "emulate", "--port", "0", "--json"],
        env=environment | settings,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        url = wait_for_url(emulator)
        # A file in the clean home, where a keyring would be slower and is often absent.
        add = ["env", "add", "bench", EMULATOR_KEY, "--endpoint", url, "--insecure-storage"]
        measure.prove(Process("workos env add", [*program, *add], settings), environment)
        listing = [*program, "feature-flag", "list", "--insecure-storage"]
        yield Process(
            "workos feature-flag list", listing, settings, '"data"', SLOW, count_instructions=False
        )
    finally:
        emulator.terminate()
        emulator.wait()


def wait_for_url(emulator):
    """Its first line says where it listens."""
    ready, _, _ = select.select([emulator.stdout], [], [], measure.LIMIT_SECONDS)
    line = emulator.stdout.readline() if ready else ""
    if not line:
        raise SystemExit("bench: WorkOS's emulator did not start")
    return json.loads(line)["url"]


def about(home, node, path, rounds):
    version = build.npm_version(home, "workos")
    crates = ", ".join(
        f"{name} {build.locked(build.BENCH / 'bare', name)}" for name in build.SAME_CRATES
    )
    return (
        f"`check analytics --user u1` on {store.SUBJECTS:,} subjects with 4,800,000 overrides "
        f"({path.stat().st_size / 2**20:.0f} MiB, in the page cache); {crates}; npm workos {version} "
        f"on Node.js {build.output(node, '--version')}, against its own emulator on this machine; "
        f"{rounds} rounds, WorkOS in every {SLOW}th."
    )
