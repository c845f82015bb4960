"""In-process resolution: every flag for every user, one thread, all contestants on one file."""

import json
import os
import statistics

from . import build, measure, report, workload

TARGETS = [100, 10_000]
ROUNDS = 5
# How long each contestant's clock runs in one round, after half as long to warm up.
SECONDS = 0.5


def run(directory, rounds, peers_only):
    contestants = build_contestants(directory, peers_only)
    sections = ["## Resolution in process"]
    for targets in TARGETS:
        path = directory / f"workload-{targets}.json"
        workload.write(path, targets)
        scores = race(contestants, path, rounds or ROUNDS)
        sections.append(section(targets, contestants, scores))
    return "\n\n".join(sections)


def build_contestants(directory, peers_only):
    """Name and command of each; the first is the one ratios are taken against."""
    yggdrasil = build.cargo(directory, build.BENCH / "yggdrasil", "bench-yggdrasil")
    home, node = build.npm(directory)
    evaluator = [node, home / "evaluator.mjs"]
    contestants = [
        ("unleash-yggdrasil, compiled flags", [yggdrasil], "compiled"),
        ("unleash-yggdrasil, check_enabled", [yggdrasil], "engine"),
        ("@workos-inc/node, getAllFlags", evaluator, "all"),
        ("@workos-inc/node, isEnabled", evaluator, "each"),
    ]
    if not peers_only:
        flags = build.cargo(directory, build.BENCH / "flags", "bench-flags")
        ways = {"by place": "slots", "by key": "keys", "every layer explained": "explained"}
        ours = [(f"flags, {name}", [flags], way) for name, way in ways.items()]
        contestants = [*ours, *contestants]
    return contestants


def race(contestants, path, rounds):
    """A list of scores for each contestant; ends the run when two answers differ."""
    scores = {name: [] for name, _, _ in contestants}
    for number in range(rounds):
        for name, command, way in measure.shuffled(contestants, number):
            scores[name].append(score(name, [*command, path, SECONDS, way]))
        require_same_answers(scores)
    return scores


def score(name, command):
    done = measure.capture(command, os.environ)
    if done.returncode != 0:
        raise SystemExit(f"bench: {name} failed: {done.stderr.strip()}")
    return json.loads(done.stdout)


def require_same_answers(scores):
    answers = {name: (of[-1]["digest"], of[-1]["on"]) for name, of in scores.items()}
    if len({digest for digest, _ in answers.values()}) > 1:
        told = "\n".join(f"  {name}: {answer}" for name, answer in answers.items())
        raise SystemExit(f"bench: the contestants disagree:\n{told}")


def section(targets, contestants, scores):
    ours = contestants[0][0]
    rows = []
    for name, _, _ in contestants:
        speeds = [score["evaluations_per_second"] for score in scores[name]]
        cells = [f"{statistics.median(speeds) / 1e6:.2f} M", f"{max(speeds) / 1e6:.2f} M"]
        ratio = measure.ratio(costs(scores[ours]), costs(scores[name]))
        rows.append([f"{name} {scores[name][0]['version']}", *cells, *report.ratio_cells(ratio)])
    digest = scores[ours][0]["digest"]
    headings = [f"{targets:,} targets a flag", "evaluations a second", "best round"]
    headings += [f"times {ours}: medians", "best runs", "lower quartile"]
    about = (
        f"{workload.FLAGS} flags, {workload.FLAGS // workload.TARGETED_EVERY} of them with targets, "
        f"for {workload.USERS:,} users; all answers equal (FNV-1a {digest}); "
        f"{len(scores[ours])} rounds."
    )
    return report.table(headings, rows) + "\n\n" + about


def costs(scores):
    """Seconds an evaluation, so that less is better here as it is for whole processes."""
    return [(number, 1 / score["evaluations_per_second"]) for number, score in enumerate(scores)]
