"""Markdown: what was measured, where, when and how."""

import datetime
import os
import platform
import statistics
from pathlib import Path

from . import measure
from .build import ROOT, output

METHOD = """\
- Contestants take turns, in another order each round. Answers are checked before times are read.
- A ratio is peer / ours: above 1 we are faster. By medians; by each one's best run; and the lower
  quartile of the rounds, each compared within itself."""


def header():
    """The machine, the date and the compiler: no figure means anything without them."""
    commit = output("git", "describe", "--always", "--dirty", cwd=ROOT)
    today = datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%d %H:%M UTC")
    system = f"{platform.system()} {platform.release()}, load {os.getloadavg()[0]:.1f} at the start"
    machine = f"{processor()}, {os.cpu_count()} cores, {memory()} GiB, {system}"
    tools = f"{output('rustc', '--version')}; Python {platform.python_version()}"
    return f"# Side by side\n\n- {today}, commit {commit}\n- {machine}\n- {tools}\n{METHOD}"


def processor():
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def memory():
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)


def table(headings, rows):
    lines = [headings, ["---"] + ["---:"] * (len(headings) - 1), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def process_tables(processes, samples, counted):
    """One table of costs and one of ratios against the first contestant."""
    costs = table(
        ["whole process", "wall, median", "wall, best", "processor", "peak memory", "instructions"],
        [process_row(process, samples[process.name], counted) for process in processes],
    )
    rows = [
        ratio_row(process.name, samples[process.name], samples[processes[0].name])
        for process in processes[1:]
        if process.is_peer
    ]
    if not rows:
        return costs
    headings = [f"peer / {processes[0].name}", "wall, medians", "best runs", "lower quartile"]
    return costs + "\n\n" + table([*headings, "peak memory"], rows)


def ratio_row(name, peers, ours):
    ratio = measure.ratio(walls(ours), walls(peers))
    return [name, *ratio_cells(ratio), f"{peak(peers) / peak(ours):.2f}"]


def walls(samples):
    return [(number, sample.wall) for number, sample in samples]


def process_row(process, samples, counted):
    wall = [sample.wall for _, sample in samples]
    spent = statistics.median(sample.processor for _, sample in samples)
    count = counted[process.name]
    return [
        process.name,
        f"{statistics.median(wall):.2f} ms",
        f"{min(wall):.2f} ms",
        f"{spent:.2f} ms",
        f"{peak(samples):.1f} MiB",
        f"{count / 1e6:.2f} M" if count else "not counted",
    ]


def peak(samples):
    return statistics.median(sample.peak for _, sample in samples)


def ratio_cells(ratio):
    return [f"{value:.2f}" for value in (ratio.of_medians, ratio.of_best, ratio.lower_quartile)]
