"""openfeature-sdk with openfeature-provider-ofrep, asked as node/server.mjs says."""

import json
import sys

from openfeature import api
from openfeature.contrib.provider.ofrep import OFREPProvider
from openfeature.evaluation_context import EvaluationContext

connected = None


def connect(url, key):
    global connected
    if connected != (url, key):
        headers = {"Authorization": f"Bearer {key}"}
        api.set_provider(OFREPProvider(url, headers_factory=lambda: headers))
        connected = (url, key)


def answer(question):
    connect(question["url"], question["key"])
    attributes = dict(question["context"])
    context = EvaluationContext(attributes.pop("targetingKey", None), attributes)
    client = api.get_client()
    answers = {}
    for name, kind in question["flags"].items():
        if kind == "boolean":
            found = client.get_boolean_details(name, question["fallback"], context)
        else:
            found = client.get_integer_details(name, -1, context)
        answers[name] = {
            "value": found.value,
            "reason": found.reason,
            "variant": found.variant,
            "errorCode": found.error_code,
        }
    return answers


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
