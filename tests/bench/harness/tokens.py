"""Tokens: verified by the million, minted, decoded, and one alone.

The contestants of a file read it line by line and are whole processes, start included. Only what
has no process of its own, minting and decoding in a library, is timed inside one.
"""

import hashlib
import json
import os
import re
import statistics

from . import build, measure, report
from .measure import Process

COUNT = 1_000_000
# How many times fewer tokens than of HS256: these are slower by about as much.
FEWER = {"HS256": 1, "RS256": 10, "ES256": 10, "EdDSA": 10}
# Long enough to be compared verdict by verdict and under Valgrind.
FEW = 10_000
ROUNDS = 5
SINGLE_ROUNDS = 100
# How long each clock inside a process runs in one round, after half as long to warm up.
SECONDS = 1
CLAIMS = ["--audience", "app.example.com", "--issuer", "https://auth.example.com"]


def run(directory, rounds, peers_only, count=COUNT):
    contestants = Contestants(directory, peers_only)
    with measure.one_core():
        sections = [
            verifying(contestants, count, rounds or ROUNDS),
            minting(contestants, rounds or ROUNDS),
            decoding(contestants, rounds or ROUNDS),
            single(contestants, rounds or SINGLE_ROUNDS),
        ]
    return "\n\n".join(sections)


class Contestants:
    """Their programs, and the files they all read."""

    def __init__(self, directory, peers_only):
        self.spawner = build.cargo(directory, build.BENCH / "spawn", "bench-spawn")
        # The tokens are made by our signer even where only peers are measured.
        self.tool = build.cargo(directory, build.BENCH / "tokens", "bench-tokens")
        self.flags = None if peers_only else build.cargo(directory, build.ROOT, "flags")
        self.jwt = build.jwt_cli(directory)
        self.npm, self.node = build.npm(directory)
        self.python = build.python(directory)
        self.files = directory / "tokens-format-1"
        self.environment = build.clean_environment(directory)

    def key(self, algorithm, private=False):
        ending = "secret" if algorithm == "HS256" else "private.pem" if private else "pem"
        return self.files / f"{algorithm}.{ending}"

    def tokens(self, algorithm, count):
        path = self.files / f"{algorithm}-{count}.tokens"
        if not path.exists():
            build.output(str(self.tool), "make", str(self.files), algorithm, str(count))
        return path

    def loops(self, algorithm, count, every):
        """Every contestant that verifies a file; the first is the one ratios are taken against."""
        path = self.tokens(algorithm, count)
        what = [algorithm, self.key(algorithm), path]
        crate = build.locked(build.BENCH / "tokens", "jsonwebtoken")
        loop = [self.tool, "verify", *what]
        processes = [Process(f"crate jsonwebtoken {crate}, bare loop", loop)]
        script = build.BENCH / "python" / "verify.py"
        pyjwt = [self.python, script, *what]
        processes.append(Process("PyJWT", pyjwt, every=every, count_instructions=False))
        # npm's jsonwebtoken has no EdDSA.
        if algorithm != "EdDSA":
            npm = [self.node, self.npm / "verify.mjs", *what]
            processes.append(
                Process("npm jsonwebtoken", npm, every=every, count_instructions=False)
            )
        if self.flags:
            processes.insert(0, self.ours(algorithm, path))
        return processes

    def ours(self, algorithm, path):
        lines = ["token", "verify", "--lines", "--key-file", self.key(algorithm), "--file", path]
        # 1: some of the tokens are refused, as they must be.
        return Process("flags token verify --lines", [self.flags, *lines, *CLAIMS], status=1)


def verifying(contestants, count, rounds):
    sections = [
        "## Tokens verified, one a line, whole process, one core\n\n"
        "Speeds and ratios by processor time, which other work on the machine disturbs least."
    ]
    for algorithm, fewer in FEWER.items():
        require_same_verdicts(contestants, algorithm)
        many = max(count // fewer, FEW)
        # The slow ones run once: they are many times slower than any noise.
        processes = contestants.loops(algorithm, many, every=rounds)
        if contestants.flags and algorithm == "HS256":
            processes[1:1] = other_outputs(processes[0])
        environment = contestants.environment
        samples = measure.race(processes, rounds, contestants.spawner, environment)
        rows = [loop_row(process, processes[0], samples, many) for process in processes]
        headings = [f"{many:,} {algorithm} tokens", "tokens a second", "best round", "wall"]
        headings += ["peak memory", f"times {processes[0].name}: medians"]
        headings += ["best runs", "lower quartile"]
        sections.append(report.table(headings, rows))
    sections.append(counted(contestants))
    if contestants.flags:
        sections.append(memory(contestants, count, samples_of=rounds))
    return "\n\n".join(sections)


def require_same_verdicts(contestants, algorithm):
    """Each contestant's verdict on each of a few tokens; two in a thousand are to be refused."""
    digests = {}
    for process in contestants.loops(algorithm, FEW, every=1):
        done = measure.capture(process.command, contestants.environment)
        if done.returncode != process.status:
            raise SystemExit(f"bench: {process.name} failed on {algorithm}:\n{done.stderr}")
        if process.command[0] == contestants.flags:
            verdicts = [line.split(maxsplit=1)[1] for line in done.stdout.splitlines()]
            bits = "".join("1" if verdict == "genuine" else "0" for verdict in verdicts)
            digests[process.name] = hashlib.sha256(bits.encode()).hexdigest()
        else:
            said = json.loads(done.stdout)
            digests[process.name] = said["digest"]
            if said["genuine"] != FEW - 2 * FEW // 1000:
                raise SystemExit(f"bench: {process.name} refuses the wrong tokens: {said}")
    if len(set(digests.values())) > 1:
        told = "\n".join(f"  {name}: {digest}" for name, digest in digests.items())
        raise SystemExit(f"bench: the contestants disagree on {algorithm}:\n{told}")


def other_outputs(ours):
    """The same work, written where a reader takes it, and as JSON. On the one core the reader's
    time counts too."""
    piped = ["sh", "-c", '"$@" | cat > /dev/null', "sh", *ours.command]
    return [
        Process("the same, into a pipe", piped, is_peer=False),
        Process("the same, --json", [*ours.command, "--json"], is_peer=False, status=1),
    ]


def loop_row(process, first, samples, count):
    spent = processor(samples[process.name])
    speeds = [count / milliseconds for _, milliseconds in spent]
    cells = [f"{statistics.median(speeds):.1f} k", f"{max(speeds):.1f} k"]
    wall = statistics.median(sample.wall for _, sample in samples[process.name])
    cells += [f"{wall / 1000:.2f} s", f"{report.peak(samples[process.name]):.1f} MiB"]
    ratio = measure.ratio(processor(samples[first.name]), spent)
    return [process.name, *cells, *report.ratio_cells(ratio)]


def processor(samples):
    """Each round's processor time: on one core it is the wall's, unless others use that core."""
    return [(number, sample.processor) for number, sample in samples]


def counted(contestants):
    processes = contestants.loops("HS256", FEW, every=1)
    each = [
        f"{process.name} {measure.instructions(process, contestants.environment) / FEW:,.0f}"
        for process in processes
        if process.count_instructions
    ]
    return (
        f"Instructions an HS256 token, of {FEW:,}, by Valgrind (whose processor has none made for "
        f"SHA-256): {'; '.join(each)}."
    )


def memory(contestants, count, samples_of):
    """Peak memory for few tokens and for many."""
    told = []
    for number in (FEW, count):
        ours = contestants.ours("HS256", contestants.tokens("HS256", number))
        peaks = [
            measure.run_once(ours, contestants.spawner, contestants.environment).peak
            for _ in range(samples_of)
        ]
        told.append(f"{number:,} tokens {statistics.median(peaks):.2f} MiB")
    return f"Peak memory of `flags token verify --lines`: {', '.join(told)}."


def minting(contestants, rounds):
    sections = ["## Tokens minted, in process, one core, by processor time"]
    for algorithm in ("RS256", "ES256", "EdDSA", "HS256"):
        contestants.tokens(algorithm, FEW)
        what = [algorithm, contestants.key(algorithm, private=True), SECONDS]
        ways = {"crate jsonwebtoken, `encode`": "crate"}
        if contestants.flags:
            ways = {"flags, `Signer::sign`": "library"} | ways
        clocks = {
            name: lambda way=way: clocked([contestants.tool, "mint", way, *what])
            for name, way in ways.items()
        }
        if algorithm == "RS256":
            clocks["openssl speed rsa2048"] = openssl_signatures
        sections.append(clock_table(f"{algorithm}, tokens a second", clocks, rounds))
    return "\n\n".join(sections)


def openssl_signatures():
    """Signatures a second of processor time, which is what `openssl speed` counts."""
    said = build.output("openssl", "speed", "-seconds", "3", "rsa2048")
    found = re.search(r"^rsa\s+2048 bits\s+\S+s\s+\S+s\s+(\S+)", said, re.MULTILINE)
    if not found:
        raise SystemExit(f"bench: `openssl speed` prints something else:\n{said}")
    return float(found[1])


def decoding(contestants, rounds):
    path = contestants.tokens("RS256", FEW)
    ways = {"crate jsonwebtoken, typed `insecure_decode`": "crate"}
    if contestants.flags:
        ours = {"flags, `decode`": "library", "flags, `decode` and `statement`": "statement"}
        ways = ours | ways
    sums = set()

    def clock(way):
        return clocked([contestants.tool, "decode", way, path, SECONDS], sums)

    clocks = {name: lambda way=way: clock(way) for name, way in ways.items()}
    table = clock_table("tokens a second", clocks, rounds)
    if len(sums) > 1:
        raise SystemExit("bench: the decoders disagree about who has which features")
    return f"## Tokens decoded, in process, one core, by processor time\n\n{table}"


def clocked(command, sums=None):
    done = measure.capture(command, os.environ)
    if done.returncode != 0:
        raise SystemExit(f"bench: {' '.join(map(str, command))} failed: {done.stderr.strip()}")
    score = json.loads(done.stdout)
    if sums is not None:
        sums.add(score["sum"])
    return score["per_second"]


def clock_table(heading, clocks, rounds):
    """Lets clocks take turns; the first is the one ratios are taken against."""
    speeds = {name: [] for name in clocks}
    for number in range(rounds):
        for name, clock in measure.shuffled(list(clocks.items()), number):
            speeds[name].append((number, clock()))
    first = next(iter(clocks))
    rows = []
    for name, measured in speeds.items():
        each = [speed for _, speed in measured]
        cells = [f"{statistics.median(each):,.0f}", f"{max(each):,.0f}"]
        ratio = measure.ratio(costs(speeds[first]), costs(measured))
        rows.append([name, *cells, *report.ratio_cells(ratio)])
    headings = [heading, "median round", "best round"]
    headings += [f"times {first}: medians", "best runs", "lower quartile"]
    return report.table(headings, rows)


def costs(measured):
    return [(number, 1 / speed) for number, speed in measured]


def single(contestants, rounds):
    sections = ["## One token verified, whole process"]
    for algorithm in FEWER:
        path = contestants.tokens(algorithm, FEW)
        with open(path, encoding="ascii") as lines:
            token = lines.readline().strip()
        alone = contestants.files / f"{algorithm}.token"
        alone.write_text(token)
        key = contestants.key(algorithm)
        theirs = [contestants.jwt, "decode", "--alg", algorithm.upper(), "--secret", f"@{key}"]
        processes = [Process("jwt decode", [*theirs, token], proof="app.example.com")]
        if contestants.flags:
            ours = ["token", "verify", "--key-file", key, "--file", alone, *CLAIMS]
            processes.insert(
                0, Process("flags token verify", [contestants.flags, *ours], proof="genuine")
            )
        environment = contestants.environment
        for process in processes:
            measure.prove(process, environment)
        samples = measure.race(processes, rounds, contestants.spawner, environment)
        said = {process.name: measure.instructions(process, environment) for process in processes}
        tables = report.process_tables(processes, samples, said)
        sections.append(f"{algorithm}, {len(token)} bytes:\n\n{tables}")
    return "\n\n".join(sections)
