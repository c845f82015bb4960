"""One check of a project at a server, whole process: `flags` beside curl with the same request."""

import json
import os
import secrets
import subprocess

from . import build, measure, report, store
from .measure import Process
from .serve import Place

ROUNDS = 200
CHECK = ["check", "analytics", "--user", "u1"]
# A server of this machine is a connection and an answer; what takes longer is ours.
PROFILE = "bench-remote"


def run(directory, rounds, peers_only):
    del peers_only  # Without `flags` there is no server to ask.
    flags = build.cargo(directory, build.ROOT, "flags")
    spawner = build.cargo(directory, build.BENCH / "spawn", "bench-spawn")
    path = store.build(directory, flags)
    place = Place(directory, flags, sorted(os.sched_getaffinity(0)))
    key = place.key(path)
    home = directory / f"home-{secrets.token_hex(4)}"
    home.mkdir()
    environment = place.environment | {"HOME": str(home), "FLAGS_API_KEY": key}
    header = directory / f"header-{secrets.token_hex(4)}"
    header.touch(mode=0o600)
    header.write_text(f"Authorization: Bearer {key}\n")
    try:
        with place.ours(path) as (_, url):
            add = ["profile", "add", PROFILE, "--kind", "http", "--url", url]
            command = [flags, *add]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)
            ours = [flags, "--profile", PROFILE, *CHECK]
            processes = [
                Process("flags", ours, proof="analytics"),
                Process("curl", curl(ours, url, header, environment), proof='{"end":1}'),
                Process("/bin/true (floor)", ["/bin/true"], is_peer=False),
            ]
            for process in processes:
                measure.prove(process, environment)
            samples = measure.race(processes, rounds or ROUNDS, spawner, environment)
            counted = {
                process.name: measure.instructions(process, environment) for process in processes
            }
    finally:
        header.unlink()
        subprocess.run(["rm", "-r", home], check=True)
    tables = report.process_tables(processes, samples, counted)
    version = build.output("curl", "--version").splitlines()[0].split()[1]
    note = (
        f"The request of one check with a key, one connection each, to `flags serve` over "
        f"{store.SUBJECTS:,} subjects on this machine; curl {version}; {rounds or ROUNDS} rounds."
    )
    return f"## One check at a server, whole process\n\n{tables}\n\n{note}"


def curl(ours, url, header, environment):
    """What `flags` sends, sent by curl. There must be one request, or they would not be the same."""
    said = measure.capture([*ours, "--verbose"], environment).stderr.splitlines()
    sent = [line.removeprefix("> ") for line in said if line.startswith("> ")]
    requests = [line for line in sent if line.startswith(("GET ", "POST "))]
    bodies = [line for line in sent if line.startswith("{")]
    if requests != [f"POST {url}/v1/store/look"] or len(bodies) != 1:
        raise SystemExit(f"bench: one check is not one request: {sent}")
    json.loads(bodies[0])
    words = ["--silent", "--fail", "--header", f"@{header}", "--json", bodies[0]]
    return ["curl", *words, f"{url}/v1/store/look"]
