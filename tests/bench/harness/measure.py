"""Runs whole processes in turn and keeps what each run cost."""

import contextlib
import os
import random
import re
import statistics
import subprocess
from dataclasses import dataclass, field

# No run of any contestant comes near this, not even a million tokens in Python on a busy machine;
# a hanging one must not hold the benchmark.
LIMIT_SECONDS = 600


@dataclass
class Process:
    """One contestant that is a command."""

    name: str
    command: list
    # Added to the clean environment.
    environment: dict = field(default_factory=dict)
    # What must stand in its output: a command that prints something else is not in the race.
    proof: str = ""
    # A slow contestant runs in every nth round only.
    every: int = 1
    # Valgrind runs no just-in-time compiler at a speed or count that means anything.
    count_instructions: bool = True
    # The floor is no peer: it gets no ratio.
    is_peer: bool = True
    # The exit status of a right answer.
    status: int = 0


@dataclass
class Sample:
    wall: float
    processor: float
    peak: float


def capture(command, environment):
    """Runs a command to its end, whatever its end, and keeps what it said."""
    return subprocess.run(
        list(map(str, command)),
        check=False,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=LIMIT_SECONDS,
    )


def prove(process, environment):
    """Runs a contestant once and looks at its answer before anybody looks at its time."""
    done = capture(process.command, environment | process.environment)
    if done.returncode != process.status or process.proof not in done.stdout:
        raise SystemExit(
            f"bench: {process.name} does not answer as it must (status {done.returncode}, "
            f"wanted {process.proof!r} in its output):\n{done.stdout}{done.stderr}"
        )


@contextlib.contextmanager
def one_core():
    """Keeps what is started meanwhile on one core: some contestants have helping threads."""
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(allowed)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, allowed)


def shuffled(contestants, number):
    """The order of one round: who runs after a large program finds cold caches, and that must not
    always be the same contestant. Seeded, so that a run can be repeated."""
    return random.Random(number).sample(contestants, len(contestants))


def race(processes, rounds, spawner, environment):
    """Measures every contestant in every round; returns a list of (round, sample) for each."""
    samples = {process.name: [] for process in processes}
    for number in range(rounds):
        for process in shuffled(processes, number):
            if number % process.every == 0:
                sample = run_once(process, spawner, environment)
                samples[process.name].append((number, sample))
    return samples


def run_once(process, spawner, environment):
    done = capture([spawner, *process.command], environment | process.environment)
    if done.returncode != 0:
        raise SystemExit(f"bench: could not run {process.name}: {done.stderr}")
    wall, processor, peak, status = map(int, done.stdout.split())
    if status != process.status:
        raise SystemExit(f"bench: {process.name} failed in the race (status {status})")
    return Sample(wall / 1e6, processor / 1e6, peak / 2**20)


def instructions(process, environment):
    """How many instructions one run executes in user space, by Valgrind's count."""
    if not process.count_instructions:
        return None
    valgrind = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"]
    done = capture([*valgrind, *process.command], environment | process.environment)
    counted = re.search(r"Collected : (\d+)", done.stderr)
    if not counted:
        raise SystemExit(f"bench: Valgrind could not run {process.name}:\n{done.stderr}")
    return int(counted[1])


@dataclass
class Ratio:
    """How many times dearer a peer was, three ways: no single one tells enough on a busy machine."""

    of_medians: float
    of_best: float
    # A quarter of the rounds, each compared within itself, went worse for us than this.
    lower_quartile: float


def ratio(ours, peers):
    """Compares two lists of (round, cost), less being better."""
    by_round = dict(ours)
    each = [cost / by_round[number] for number, cost in peers if number in by_round]
    ours, peers = [cost for _, cost in ours], [cost for _, cost in peers]
    return Ratio(
        statistics.median(peers) / statistics.median(ours),
        min(peers) / min(ours),
        statistics.quantiles(each, n=4)[0] if len(each) > 1 else each[0],
    )
