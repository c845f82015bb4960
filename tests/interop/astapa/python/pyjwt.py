"""PyJWT, asked one question a line.

    {"url", "token", "issuer"}  -> {"claims": {...}, "kid": "..."} or {"refused": "..."}

`url` is where the keys are. One client for each address, as an application has: it fetches the keys,
keeps them, and fetches them again for a key that it does not know. By default it would wait 30
seconds before that.
"""

import json
import sys

import jwt

CLIENTS = {}


def answer(question):
    url, token = question["url"], question["token"]
    client = CLIENTS.setdefault(url, jwt.PyJWKClient(url, cooldown_duration=0))
    try:
        key = client.get_signing_key_from_jwt(token)
        claims = jwt.decode(
            token, key, algorithms=["RS256"], issuer=question["issuer"],
            options={"require": ["sub", "exp", "iat"]},
        )
    except (jwt.InvalidTokenError, jwt.PyJWKClientError) as error:
        return {"refused": str(error)}
    return {"claims": claims, "kid": key.key_id}


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
