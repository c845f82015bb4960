"""PyJWT, asked one question a line.

    {"do": "algorithms"}                                  -> {"algorithms": [...]}
    {"do": "mint", "alg", "key", "claims"}                -> {"token": "..."}
    {"do": "verify", "alg", "key", "token", "at", "for"}  -> {"claims": {...}} or {"refused": "..."}

`key` is a PEM or a JWK (an object), `at` the moment in seconds, `for` the audience.
"""

import datetime
import json
import sys

import jwt
from jwt import api_jwt


class Clock(datetime.datetime):
    """The library asks `datetime.now` for the moment."""

    moment = 0

    @classmethod
    def now(cls, tz=None):
        return datetime.datetime.fromtimestamp(cls.moment, tz)


api_jwt.datetime = Clock


def answer(question):
    key = question.get("key")
    if isinstance(key, dict):
        key = jwt.PyJWK(key)
    match question["do"]:
        case "algorithms":
            return {"algorithms": sorted(jwt.algorithms.get_default_algorithms())}
        case "mint":
            return {"token": jwt.encode(question["claims"], key, question["alg"])}
        case "verify":
            Clock.moment = question["at"]
            try:
                claims = jwt.decode(
                    question["token"], key, [question["alg"]], audience=question["for"]
                )
            except jwt.InvalidTokenError as error:
                return {"refused": str(error)}
            return {"claims": claims}


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
