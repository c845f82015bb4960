"""Reads one report a line, and says what WorkOS's library makes of it, and its published schema."""

import json
import pathlib
import sys

import yaml
from jsonschema import Draft202012Validator
from workos import WorkOSClient

OPENAPI = pathlib.Path(sys.argv[1])


def schemas():
    """The schema of each event that WorkOS knows."""
    document = yaml.load(OPENAPI.read_text(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    variants = document["components"]["schemas"]["EventSchema"]["allOf"][1]["oneOf"]
    found = {}
    for variant in variants:
        name = variant["properties"]["event"].get("const", "")
        if name.startswith("flag."):
            found[name] = Draft202012Validator(variant)
    assert len(found) == 4, found
    return found


def main():
    known = schemas()
    client = WorkOSClient(api_key="sk_test_0123456789", client_id="client_0123456789")
    for line in sys.stdin:
        report = json.loads(line)
        body = report["body"].encode()
        try:
            event = client.webhooks.verify_event(
                event_body=body, event_signature=report["signature"], secret=report["secret"]
            )
            raw = getattr(event, "raw_data", None) or event.to_dict()
            answer = {"id": raw["id"], "event": raw["event"]}
            if "slug" in raw["data"]:
                answer["slug"] = raw["data"]["slug"]
            if answer["event"] in known:
                for misfit in known[answer["event"]].iter_errors(json.loads(body)):
                    answer["misfit"] = misfit.message
        except ValueError as error:
            answer = {"refused": str(error)}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
