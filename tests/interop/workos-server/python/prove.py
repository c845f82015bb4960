"""Proves a token by the keys at the address that WorkOS's SDK names, with PyJWT's client, and has
the SDK fetch them itself."""

import json
import sys

import jwt
from workos import WorkOSClient

url, token = sys.argv[1:]
workos = WorkOSClient(api_key="sk_test_interop", client_id="client_interop", base_url=url)
address = workos.user_management.get_jwks_url()
key = jwt.PyJWKClient(address).get_signing_key_from_jwt(token)
claims = jwt.decode(token, key.key, algorithms=["RS256"], options={"verify_aud": False})
fetched = workos.user_management.get_jwks("client_interop").to_dict()
assert [key.key_id] == [published["kid"] for published in fetched["keys"]], fetched
print(json.dumps(claims))
