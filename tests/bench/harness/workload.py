"""The one generator of what every in-process contestant answers.

Fifty boolean flags in WorkOS's configuration payload (version 1) and ten thousand users: every
tenth flag has targets, the rest are on by default, off by default or disabled by turns.
The same numbers give the same file: nothing generated is committed.
"""

import json
import random

SEED = 20_261_122
FLAGS = 50
TARGETED_EVERY = 10
USERS = 10_000
# Targets and users are drawn from the same people, so a flag with 100 targets is on for about 25
# of the users asked about, and one with 10,000 for a quarter of them.
PEOPLE = 40_000
# Crockford's base 32, as in WorkOS's ids (`user_01E4ZCR3C56J083X43JQXF3JK5`).
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def write(path, targets):
    """Writes the workload with so many `targets` a targeted flag."""
    rng = random.Random(SEED)
    people = [user_id(rng) for _ in range(PEOPLE)]
    users = rng.sample(people, USERS)
    flags = {}
    for number in range(FLAGS):
        flag = make_flag(number, people, targets, rng)
        flags[flag["slug"]] = flag
    path.write_text(json.dumps({"flags": flags, "users": users}))


def user_id(rng):
    return "user_01" + "".join(ALPHABET[rng.getrandbits(5)] for _ in range(24))


def make_flag(number, people, targets, rng):
    # Two digits keep the slugs sorted as they are written: contestants in Rust sort them,
    # contestants in JavaScript do not.
    targeted = number % TARGETED_EVERY == 0
    enabled, default = True, False
    if not targeted:
        enabled, default = [(True, True), (True, False), (False, True)][number % 3]
    chosen = rng.sample(people, targets) if targeted else []
    return {
        "slug": f"feature-{number:02}",
        "enabled": enabled,
        "default_value": default,
        "targets": {
            "users": [{"id": person, "enabled": True} for person in chosen],
            "organizations": [],
            "custom_targets": [],
        },
    }
