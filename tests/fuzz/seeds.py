"""The inputs that fuzzing begins with: our own small cases, and the rows of the shared vectors
where they lie (`FLAGS_VECTORS`, else `../shared/vectors` beside the project), copied nowhere but
into the build directory.
"""

import base64
import hashlib
import json
import os
import pathlib

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
KEYS = ROOT / "tests" / "it" / "keys"
DOCUMENTS = [
    "{}", "[]", "null", '"a"', "-0.5e-3", "18446744073709551615", '{"a":1,"a":2}',
    '{"a":{"b c":[0,{"x":1,"x":1}]}}', '{"exp":1,"\\u0065xp":2}', '{"a":"\\ud83d\\ude00\\n"}',
    '{"a":"\\ud800"}', '{"a":1,}', "{}{}", "[1e999]", '{"aud":["q",{"":[]}],"exp":1.5}',
    "[" * 99 + "]" * 99, "[" * 101 + "]" * 101, '{"a":' * 60 + "1" + "}" * 60,
]
HEADERS = [
    {"alg": "HS256"}, {"alg": "none"}, {"alg": "HS256", "crit": ["b64"], "b64": False},
    {"alg": "HS256", "kid": "../../etc/passwd", "jku": "https://keys.example/"},
    {"alg": "RS256", "kid": "k1", "typ": "at+jwt"}, {"alg": ["HS256"]}, {"kid": 1, "alg": "HS256"},
]
CLAIMS = {
    "iss": "issuer", "sub": "u1", "jti": "id", "aud": ["audience"], "iat": 1789999990.5,
    "nbf": 1789999990, "exp": 1790000100, "features": {"analytics": True, "max_seats": 5},
    "custom_claims": {"plan": "pro"}, "org_id": "acme", "feature_flags": ["beta"],
}


def encoded(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def token(header, claims, signature=b"signature"):
    parts = (json.dumps(part, separators=(",", ":")).encode() for part in (header, claims))
    return ".".join([*map(encoded, parts), encoded(signature)])


def rows(name):
    folder = pathlib.Path(os.environ.get("FLAGS_VECTORS") or ROOT / "../shared/vectors")
    path = folder / name
    if not path.is_file():
        print(f"fuzz: {name} of the shared vectors is absent: only our own cases", flush=True)
        return []
    return [json.loads(line) for line in path.read_text().splitlines()]


def key_bytes(key):
    value = key["value"]
    if not isinstance(value, str):
        return json.dumps(value).encode()
    return base64.b64decode(value) if key.get("encoding") == "base64" else value.encode()


def of_tokens():
    for line in (KEYS / "tokens.txt").read_text().splitlines():
        yield line.split()[2].encode()
    for header in HEADERS:
        yield token(header, CLAIMS).encode()
    for document in DOCUMENTS:
        yield f"e30.{encoded(document.encode())}.YQ".encode()
    yield from [b"", b"a.b", b"e30.e30.", b"e30....e30", b"Bearer e30.e30.YQ", b'"e30.e30.YQ"']
    yield from [b'{"access_token":"e30.e30.YQ"}', b"Authorization: Bearer e30.e30.YQ\r\n", b"'e30.e30.'"]


def of_keys():
    for path in KEYS.iterdir():
        if path.name in ("README.md", "tokens.txt"):
            continue
        yield path.read_bytes()
        lines = path.read_text().splitlines()
        if lines[0].startswith("-----BEGIN") and ":" not in path.read_text():
            yield base64.b64decode("".join(lines[1:-1]))
    for key in jwks():
        yield json.dumps(key).encode()


def jwks():
    secret = encoded((KEYS / "secret.txt").read_bytes())
    # RFC 7515 §A.1 and §A.3, RFC 8037 §A.1: published with their private halves.
    yield {
        "kty": "oct",
        "k": "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow",
    }
    yield {"kty": "oct", "k": secret, "kid": "k1", "alg": "HS256", "use": "sig"}
    yield {
        "kty": "EC", "crv": "P-256", "kid": "k1", "key_ops": ["sign"],
        "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
        "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
        "d": "jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI",
    }
    yield {
        "kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA",
        "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
        "d": "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",
    }
    yield {"kty": "EC", "crv": "P-256", "use": "enc", "x": "AA", "y": "AA"}


def of_key_sets():
    several = [{**key, "kid": f"k{number}"} for number, key in enumerate(jwks())]
    secrets = [key for key in several if key["kty"] == "oct"]
    public = [key for key in several if key["kty"] != "oct"]
    for keys in (several, secrets, public, secrets * 2, [], [*secrets, {"kty": "new", "kid": "k9"}]):
        for first in ("", "k1", "k9", token(HEADERS[4], CLAIMS)):
            yield f"{first}\n{json.dumps({'keys': keys})}".encode()
    for key in jwks():
        yield f"k1\n{json.dumps(key)}".encode()


def of_documents():
    yield from (document.encode() for document in DOCUMENTS)
    yield from (json.dumps(each).encode() for each in [*HEADERS, CLAIMS])


def of_vectors(target):
    verify = rows("jwt_verify.jsonl")
    for row in [*verify, *rows("jwt_json_payloads.jsonl")]:
        if target == "token":
            yield row["token"].encode()
        elif target == "json" and "document_b64" in row:
            yield base64.b64decode(row["document_b64"])
        elif target == "json":
            yield from payloads(row["token"])
        elif target == "key" and row.get("key"):
            yield key_bytes(row["key"])
        elif target == "key_set" and row.get("key"):
            yield row["token"].encode() + b"\n" + key_bytes(row["key"])


def payloads(text):
    for part in text.split(".")[:2]:
        try:
            yield base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
        except ValueError:
            continue


OURS = {"token": of_tokens, "key": of_keys, "key_set": of_key_sets, "json": of_documents}


def write(target, folder):
    """Fills the folder and says how many inputs there are."""
    folder.mkdir(parents=True, exist_ok=True)
    if target not in OURS:
        # Its bytes stand for choices, and the fuzzer finds those.
        return 0
    inputs = {*OURS[target](), *of_vectors(target)}
    for data in inputs:
        (folder / hashlib.sha1(data).hexdigest()).write_bytes(data)
    return len(inputs)
