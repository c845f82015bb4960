"""PyJWT on a file of tokens: `ALGORITHM KEY TOKENS`, checks and output as `../tokens/src/verify.rs`.

The key is read once into the object that PyJWT takes without reading it again.
"""

import hashlib
import json
import sys

import jwt
from cryptography.hazmat.primitives.serialization import load_pem_public_key

ISSUER = "https://auth.example.com"
AUDIENCE = "app.example.com"


def main(algorithm, key_file, tokens):
    with open(key_file, "rb") as file:
        key = file.read()
    if algorithm != "HS256":
        key = load_pem_public_key(key)
    verdicts = bytearray()
    with open(tokens, encoding="ascii") as file:
        for line in file:
            verdicts.append(ord("1") if is_genuine(line.rstrip(), key, algorithm) else ord("0"))
    digest = hashlib.sha256(verdicts).hexdigest()
    print(json.dumps({"all": len(verdicts), "genuine": verdicts.count(b"1"), "digest": digest}))


def is_genuine(token, key, algorithm):
    try:
        jwt.decode(token, key, algorithms=[algorithm], audience=AUDIENCE, issuer=ISSUER)
    except jwt.InvalidTokenError:
        return False
    return True


if __name__ == "__main__":
    main(*sys.argv[1:])
