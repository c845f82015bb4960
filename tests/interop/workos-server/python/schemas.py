"""Holds every answer of the server against WorkOS's own OpenAPI document.

    schemas.py DOCUMENT URL KEY

Prints a line of JSON: how many answers there were, and what is wrong with them.
"""

import json
import sys
import urllib.error
import urllib.request

import yaml
from jsonschema import Draft202012Validator, FormatChecker

path, url, key = sys.argv[1:]
with open(path) as file:
    document = yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def ask(method, target):
    headers = {"Authorization": f"Bearer {key}"}
    request = urllib.request.Request(url + target, method=method, headers=headers)
    try:
        with opener.open(request) as response:
            return response.status, response.headers.get("content-type"), response.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers.get("content-type"), error.read()


def faults(method, template, target, expected):
    status, kind, body = ask(method, target)
    what = f"{method} {target}"
    if status != expected:
        return [f"{what}: {status} instead of {expected}: {body[:200]}"]
    operation = document["paths"][template][method.lower()]
    described = operation["responses"].get(str(status))
    if described is None:
        return [f"{what}: WorkOS does not answer {status}"]
    content = described.get("content")
    if content is None:
        return [f"{what}: a body where WorkOS has none: {body[:200]}"] if body else []
    if kind != "application/json":
        return [f"{what}: content type {kind}"]
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **content["application/json"]["schema"], "components": document["components"],
    }
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    said = json.loads(body)
    found = [f"{what}: {error.message}" for error in validator.iter_errors(said)]
    if status >= 400 and not (said.get("message") and said.get("code")):
        found.append(f"{what}: an error without message or code: {said}")
    return found


FLAGS, FLAG = "/feature-flags", "/feature-flags/{slug}"
TARGET = "/feature-flags/{slug}/targets/{resourceId}"
ORGANIZATION = "/organizations/{organizationId}/feature-flags"
USER = "/user_management/users/{userId}/feature-flags"
JWKS = "/sso/jwks/{clientId}"
CALLS = [
    ("GET", FLAGS, "/feature-flags", 200),
    ("GET", FLAGS, "/feature-flags?limit=2&order=asc", 200),
    ("GET", FLAGS, "/feature-flags?limit=0", 400),
    ("GET", FLAGS, "/feature-flags?after=flag_unknown", 400),
    ("GET", FLAG, "/feature-flags/f0", 200),
    ("GET", FLAG, "/feature-flags/nosuch", 404),
    ("PUT", f"{FLAG}/disable", "/feature-flags/f0/disable", 200),
    ("PUT", f"{FLAG}/enable", "/feature-flags/f0/enable", 200),
    ("PUT", f"{FLAG}/enable", "/feature-flags/nosuch/enable", 404),
    ("PUT", f"{FLAG}/disable", "/feature-flags/nosuch/disable", 404),
    ("POST", TARGET, "/feature-flags/f0/targets/user_0", 204),
    ("POST", TARGET, "/feature-flags/f0/targets/org_0", 204),
    ("POST", TARGET, "/feature-flags/f0/targets/group_0", 400),
    ("POST", TARGET, "/feature-flags/f0/targets/user_nobody", 404),
    ("POST", TARGET, "/feature-flags/nosuch/targets/user_0", 404),
    ("DELETE", TARGET, "/feature-flags/f0/targets/user_0", 204),
    ("DELETE", TARGET, "/feature-flags/f0/targets/org_0", 204),
    ("DELETE", TARGET, "/feature-flags/f0/targets/group_0", 400),
    ("DELETE", TARGET, "/feature-flags/f0/targets/org_none", 404),
    ("GET", ORGANIZATION, "/organizations/org_0/feature-flags", 200),
    ("GET", ORGANIZATION, "/organizations/org_none/feature-flags", 404),
    ("GET", USER, "/user_management/users/user_0/feature-flags?limit=1", 200),
    ("GET", USER, "/user_management/users/user_nobody/feature-flags", 404),
    ("GET", JWKS, "/sso/jwks/client_interop", 200),
    ("GET", JWKS, "/sso/jwks/nobody", 404),
]
print(json.dumps({"asked": len(CALLS), "faults": [f for call in CALLS for f in faults(*call)]}))
