"""Answers the interop questions with the evaluator of WorkOS's Python SDK (payload version 2).

Lines in and out are those of ../ours/src/main.rs.
"""

import json
import logging
import sys

from workos import WorkOSClient
from workos.feature_flags.runtime import (
    FeatureFlagsConfiguration,
    FeatureFlagsConfigurationError,
)

quiet = logging.getLogger("interop")
quiet.setLevel(logging.CRITICAL)
workos = WorkOSClient(api_key="sk_test_interop", client_id="client_interop")

for line in sys.stdin:
    question = json.loads(line)
    try:
        configuration = FeatureFlagsConfiguration.from_json(question["payload"])
    except FeatureFlagsConfigurationError as error:
        print(json.dumps({"refused": str(error)}))
        continue
    # Never started: nothing is sent.
    client = workos.create_feature_flags_runtime_client(bootstrap=configuration, logger=quiet)
    answers = [
        [client.is_enabled(slug, context, default="default") for slug in question["slugs"]]
        for context in question["contexts"]
    ]
    print(json.dumps({"answers": answers}))
