"""The server: requests a second of `flags serve` beside a bare axum handler that answers a constant
of the same size, and beside WorkOS's own emulator. The server has one core, the client another."""

import contextlib
import json
import os
import re
import secrets
import shutil
import statistics
import subprocess
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from . import build, measure, report, store

ROUNDS = 5
SECONDS = 5
CONNECTIONS = 32
# On a busy machine an answer may be late; it is a failure only where none comes.
LATE = "30s"
TARGETS = [0, 100]
FLAGS = 50
# Its emulator takes a thousand requests a minute with one key.
EMULATOR_KEYS = 2000
USER = "user_01E4ZCR3C56J083X43JQXF3JK5"

# Each request is another one: another user where `%d` stands, another key where there are several.
SCRIPT = """
local keys, path, most, body = {%(keys)s}, "%(path)s", %(most)d, %(body)s
local number = 0
math.randomseed(20261122)
request = function()
  number = number + 1
  local headers = {["Authorization"] = "Bearer " .. keys[number %% #keys + 1]}
  local user = math.random(1, most)
  if body then
    headers["Content-Type"] = "application/json"
    return wrk.format("POST", path, headers, (string.format(body, user)))
  end
  return wrk.format("GET", (string.format(path, user)), headers)
end
done = function(summary, latency)
  local failed = summary.errors.status + summary.errors.connect + summary.errors.read
  failed = failed + summary.errors.write + summary.errors.timeout
  print(string.format("FAILED %%d", failed))
end
"""


@dataclass
class Contestant:
    """A server that is up, and what it is asked."""

    name: str
    url: str
    path: str
    keys: list
    most: int = 1
    body: str = ""


@dataclass
class Score:
    rate: float
    late: float
    requests: int = 0


def run(directory, rounds, peers_only):
    del peers_only  # Without `flags` there is nothing to compare.
    if shutil.which("wrk") is None:
        raise SystemExit("bench: `wrk` is needed and not installed")
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) < 2:
        raise SystemExit("bench: the server and its client need a core each")
    place = Place(directory, build.cargo(directory, build.ROOT, "flags"), cores)
    sections = [check(place, rounds or ROUNDS)]
    sections += [everything(place, targets, rounds or ROUNDS) for targets in TARGETS]
    return "## The server\n\n" + "\n\n".join(sections)


class Place:
    """Where servers run: one core for them, another for the client."""

    def __init__(self, directory, flags, cores):
        self.directory, self.flags = directory, flags
        self.server, self.client = str(cores[0]), str(cores[-1])
        self.environment = build.clean_environment(directory)

    def key(self, path, scope="read"):
        """A key of the store, of which nobody else knows."""
        file = self.directory / f"key-{secrets.token_hex(4)}"
        name = f"bench-{secrets.token_hex(4)}"
        create = ["serve", "keys", "create", name, "--scope", scope, "--output", file]
        command = [self.flags, "--store", path, *create]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=self.environment)
        key = file.read_text().strip()
        file.unlink()
        return key

    @contextlib.contextmanager
    def up(self, command, settings=None):
        """A server on its core. Its address is in its first line, alone or in JSON."""
        pinned = ["taskset", "-c", self.server, *map(str, command)]
        environment = self.environment | (settings or {})
        server = subprocess.Popen(pinned, env=environment, stdout=subprocess.PIPE, text=True)
        try:
            line = server.stdout.readline().strip()
            if not line:
                raise SystemExit(f"bench: {command[0]} does not serve")
            if line.startswith("{"):
                said = json.loads(line)
                line = said.get("listening") or said["url"]
            yield server.pid, line
        finally:
            server.terminate()
            server.wait()

    def ours(self, path, *options):
        return self.up([self.flags, "--store", path, "serve", "--listen", "127.0.0.1:0", "--json",
                        "--log", "error", *options])

    def ask(self, contestant, seconds, connections=CONNECTIONS):
        """What a client sees who asks as fast as it can."""
        keys = ",".join(f'"{key}"' for key in contestant.keys)
        body = f"[[{contestant.body}]]" if contestant.body else "nil"
        words = {"keys": keys, "path": contestant.path, "most": contestant.most, "body": body}
        return self.drive(contestant, SCRIPT % words, seconds, connections)

    def drive(self, contestant, script, seconds, connections):
        """The same with requests as a script makes them. Several may ask at once."""
        file = self.directory / f"ask-{secrets.token_hex(4)}.lua"
        file.write_text(script)
        command = ["taskset", "-c", self.client, "wrk", "-t1", f"-c{connections}",
                   f"-d{seconds}s", "--timeout", LATE, "--latency", "-s", str(file), contestant.url]
        said = build.output(*command, settings=self.environment)
        file.unlink()
        failed = re.search(r"^FAILED (\d+)$", said, re.MULTILINE)
        if not failed or int(failed[1]):
            raise SystemExit(f"bench: {contestant.name} did not answer everything:\n{said}")
        rate = re.search(r"^Requests/sec:\s+([\d.]+)", said, re.MULTILINE)
        late = re.search(r"^\s+99%\s+([\d.]+)(us|ms|s)", said, re.MULTILINE)
        requests = re.search(r"^\s+(\d+) requests in", said, re.MULTILINE)
        unit = {"us": 1e-3, "ms": 1, "s": 1e3}[late[2]]
        return Score(float(rate[1]), float(late[1]) * unit, int(requests[1]))


def check(place, rounds):
    """One feature of one user out of a million, in random order."""
    path = store.build(place.directory, place.flags)
    key = place.key(path)
    bare = build.cargo(place.directory, build.BENCH / "http", "bench-http")
    with place.ours(path) as (pid, url):
        path = "/v1/users/u%d/entitlements/analytics"
        ours = Contestant("flags, native", url, path, [key], store.SUBJECTS)
        require_right_answers(ours)
        settled = settle(pid)
        answer = fetch(ours, 1)
        body = '{"context":{"targetingKey":"u%d"}}'
        path = "/ofrep/v1/evaluate/flags/analytics"
        ofrep = Contestant("flags, OFREP", url, path, [key], store.SUBJECTS, body)
        with place.up([bare, answer]) as (_, url):
            constant = Contestant("axum, a constant", url, ours.path, [key], store.SUBJECTS)
            posted = Contestant("axum, a constant, POST", url, path, [key], store.SUBJECTS, body)
            contestants = [constant, ours, posted, ofrep]
            scores = race(place, contestants, rounds)
    about = (
        f"`analytics` of one of {store.SUBJECTS:,} users with 4,800,000 overrides, another one "
        f"each time; a constant of {len(answer)} bytes. The server had read all of them after "
        f"{settled[0]:.1f} s and then took {settled[1]:.0f} MiB."
    )
    return table(contestants, scores, "one check") + "\n\n" + about


def everything(place, targets, rounds):
    """All features of a user."""
    path = catalog(place, targets)
    key = place.key(path)
    home, node = build.npm(place.directory)
    emulator = [node, home / "emulator.mjs", FLAGS, targets, EMULATOR_KEYS, USER]
    listed = f"/user_management/users/{USER}/feature-flags?limit=100"
    body = json.dumps({"context": {"targetingKey": USER}})
    with place.ours(path) as (_, url), place.up(emulator) as (_, theirs):
        keys = [f"sk_test_{number}" for number in range(EMULATOR_KEYS)]
        contestants = [
            Contestant("npm workos, emulator", theirs, listed, keys),
            Contestant("flags, WorkOS", url, listed, [key]),
            Contestant("flags, native", url, f"/v1/users/{USER}/entitlements", [key]),
            Contestant("flags, OFREP", url, "/ofrep/v1/evaluate/flags", [key], 1, body),
        ]
        sizes = [len(require_everything(contestant)) for contestant in contestants]
        scores = race(place, contestants, rounds)
    version = build.npm_version(home, "workos")
    sizes = ", ".join(f"{size:,}" for size in sizes)
    about = (
        f"{FLAGS} flags, {targets} targets each, the user among them; npm workos {version}. Each "
        f"answer has all of the flags, and they are on; in bytes: {sizes}."
    )
    return table(contestants, scores, f"a user's {FLAGS} flags, {targets} targets") + "\n\n" + about


def catalog(place, targets):
    """A store whose flags name as many users as the emulator's."""
    path = place.directory / f"flags-{targets}.db"
    for suffix in ["", "-wal", "-shm"]:
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    named = [f"user_{number:026}" for number in range(targets - 1)] + [USER]
    rule = {"id": "user", "serve": True, "when": [{"one_of": {"type": "user", "ids": named}}]}
    feature = {"type": "boolean", "enabled": True, "targeting": {
        "default": targets == 0, "rules": [rule] if targets else []}}
    features = {f"feature-{number:02}": feature for number in range(FLAGS)}
    document = {"format": "flags.catalog/1", "features": features, "users": {USER: {}}}
    file = place.directory / "catalog.json"
    file.write_text(json.dumps(document))
    for words in (["init", "--no-profile"], ["apply", file, "--yes"]):
        command = [place.flags, "--store", path, *words]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=place.environment)
    return path


def require_everything(contestant):
    """The user gets every flag, whoever says it."""
    answer = fetch(contestant, 1)
    said = json.loads(answer)
    flags = said.get("data") or said.get("flags") or said.get("features")
    on = {flag.get("slug") or flag.get("key") or flag.get("feature") for flag in flags
          if flag.get("value", flag.get("enabled")) is True}
    if on != {f"feature-{number:02}" for number in range(FLAGS)}:
        raise SystemExit(f"bench: {contestant.name} says otherwise: {answer}")
    return answer


def fetch(contestant, user):
    body = contestant.body % user if "%" in contestant.body else contestant.body
    request = urllib.request.Request(
        contestant.url + (contestant.path % user if "%" in contestant.path else contestant.path),
        data=body.encode() or None,
        headers={"Authorization": f"Bearer {contestant.keys[0]}",
                 "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request) as answer:
        return answer.read().decode()


def require_right_answers(contestant):
    """What the store's generator says of some of its users."""
    for number in store.WITNESSES:
        said = json.loads(fetch(contestant, number))["value"]
        if said != store.has_analytics(number):
            raise SystemExit(f"bench: {contestant.name} says {said} of u{number}")


def settle(pid):
    """Waits until the server takes no more memory: seconds, and the MiB that it takes then."""
    began, last, still = time.monotonic(), 0, 0
    while still < 4:
        time.sleep(0.5)
        status = Path(f"/proc/{pid}/status").read_text()
        now = int(re.search(r"^VmRSS:\s+(\d+)", status, re.MULTILINE)[1])
        still = still + 1 if abs(now - last) < 1024 else 0
        last = now
    return time.monotonic() - began - 2, last / 1024


def race(place, contestants, rounds):
    scores = {contestant.name: [] for contestant in contestants}
    for contestant in contestants:
        place.ask(contestant, 1)
    for number in range(rounds):
        for contestant in measure.shuffled(contestants, number):
            scores[contestant.name].append(place.ask(contestant, SECONDS))
    return scores


def table(contestants, scores, what):
    first = median(scores[contestants[0].name])
    rows = []
    for contestant in contestants:
        of = scores[contestant.name]
        late = statistics.median(score.late for score in of)
        cells = [f"{median(of):,.0f}", f"{max(score.rate for score in of):,.0f}"]
        rows.append([contestant.name, *cells, f"{median(of) / first:.2f}", f"{late:.2f} ms"])
    headings = [f"{what}, {CONNECTIONS} connections", "requests a second", "best round"]
    return report.table([*headings, f"times {contestants[0].name}", "p99"], rows)


def median(scores):
    return statistics.median(score.rate for score in scores)
