"""Reading one token, whole process: `flags token decode` beside jwt-cli."""

import base64
import json
import random

from . import build, measure, report
from .measure import Process

ROUNDS = 200
LAST_FLAG = "feature-49"


def run(directory, rounds, peers_only):
    spawner = build.cargo(directory, build.BENCH / "spawn", "bench-spawn")
    jwt = build.jwt_cli(directory)
    environment = build.clean_environment(directory)
    processes = [
        Process("jwt decode", [jwt, "decode", token()], proof=LAST_FLAG),
        Process("/bin/true (floor)", ["/bin/true"], is_peer=False),
    ]
    if not peers_only:
        flags = build.cargo(directory, build.ROOT, "flags")
        # From a file: of an argument it warns, and jwt-cli does not.
        path = directory / "token.jwt"
        path.write_text(token())
        command = [flags, "token", "decode", "--file", path]
        ours = Process("flags token decode", command, proof=LAST_FLAG)
        processes.insert(0, ours)
    for process in processes:
        measure.prove(process, environment)
    samples = measure.race(processes, rounds or ROUNDS, spawner, environment)
    counted = {process.name: measure.instructions(process, environment) for process in processes}
    tables = report.process_tables(processes, samples, counted)
    note = (
        f"A WorkOS access token with fifty flags, {len(token())} bytes, not verified; "
        f"jwt-cli {build.JWT_CLI}; {rounds or ROUNDS} rounds."
    )
    return f"## Reading a token, whole process\n\n{tables}\n\n{note}"


def token():
    """WorkOS's claims. Nobody verifies here, so random bytes do for the RS256 signature."""
    header = {"alg": "RS256", "kid": "sso_oidc_key_pair_01BENCH", "typ": "JWT"}
    claims = {
        "iss": "https://api.workos.com",
        "sub": "user_01E4ZCR3C56J083X43JQXF3JK5",
        "sid": "session_01E4ZCR3C56J083X43JQXF3JK5",
        "org_id": "org_01E4ZCR3C56J083X43JQXF3JK5",
        "role": "member",
        "permissions": ["posts:read", "posts:write"],
        "feature_flags": [f"feature-{number:02}" for number in range(50)],
        "iat": 1_700_000_000,
        # In 2100: jwt-cli looks at the date even of a token it does not verify.
        "exp": 4_102_444_800,
    }
    signature = random.Random(1).randbytes(256)
    parts = [json.dumps(header).encode(), json.dumps(claims).encode(), signature]
    return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts)
