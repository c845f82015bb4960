"""Random projects whose subjects an application can name to WorkOS's SDKs: identifiers of their
form, a user in at most one organization, one target of a type."""

import random

PLANS = ["free", "pro", "team"]
FEATURES = [f"f{n}" for n in range(7)]
USERS = [f"user_{n}" for n in range(6)]
ORGANIZATIONS = [f"org_{n}" for n in range(3)]
WORKSPACES = ["w0", "w1"]
LATER, EARLIER = "2090-01-01T00:00:00Z", "2020-01-01T00:00:00Z"


def some(rng, of, most=3):
    return sorted(rng.sample(of, rng.randrange(1, most + 1)))


def condition(rng):
    kind, ids = rng.choice(
        [("user", USERS), ("organization", ORGANIZATIONS), ("workspace", WORKSPACES)]
    )
    return {"one_of": {"type": kind, "ids": some(rng, ids, min(3, len(ids)))}}


def audience(rng):
    rules = [
        {
            "id": f"r{n}", "serve": rng.random() < 0.65,
            "when": [condition(rng) for _ in range(rng.choice([1, 1, 1, 2]))],
        }
        for n in range(rng.choice([0, 0, 1, 2]))
    ]
    if rng.random() < 0.1:
        rules.append({"id": "share", "serve": True, "when": [{"percent": 50}]})
    return {"default": rng.random() < 0.15, "rules": rules}


def override(rng):
    over = {"grant": True} if rng.random() < 0.6 else {"revoke": True}
    when = rng.random()
    if when < 0.1:
        return {**over, "expires": EARLIER}
    if when < 0.2:
        return {**over, "expires": LATER}
    if when < 0.3:
        return {**over, "starts": LATER}
    return over


def overrides(rng, subjects, often):
    return {
        subject: held
        for subject in subjects
        if (held := {f: override(rng) for f in FEATURES if rng.random() < often})
    }


def subject(rng):
    return {
        **({"plan": rng.choice(PLANS)} if rng.random() < 0.6 else {}),
        **({"targets": [f"workspace:{rng.choice(WORKSPACES)}"]} if rng.random() < 0.3 else {}),
    }


def project(seed):
    rng = random.Random(seed)
    features = {
        key: {
            "type": "boolean", "enabled": rng.random() < 0.9, "targeting": audience(rng),
            "description": f"What {key} does", "owner": "Jane Doe <jane@example.com>",
        }
        for key in FEATURES
    }
    features["seats"] = {"type": "limit"}
    # One that nothing but a target gives.
    features["open"] = {"type": "boolean"}
    grants = lambda: {
        **{key: True for key in FEATURES if rng.random() < 0.35}, "seats": rng.randrange(0, 3)
    }
    organizations = {key: subject(rng) for key in ORGANIZATIONS}
    users = {key: subject(rng) for key in USERS}
    for user in users.values():
        if rng.random() < 0.7:
            organization = rng.choice(ORGANIZATIONS)
            user["organizations"] = [organization]
            if "targets" in organizations[organization]:
                user.pop("targets", None)
            # One plan can be named: the user's own is, and an organization's is not beside it.
            if "plan" in organizations[organization]:
                user.pop("plan", None)
    held = overrides(rng, [f"user:{u}" for u in USERS], 0.12)
    held |= overrides(rng, [f"org:{o}" for o in ORGANIZATIONS], 0.12)
    return {
        "format": "flags.catalog/1",
        "settings": {"default_plan": "free", "max_features": 50} if rng.random() < 0.5
        else {"max_features": 50},
        "features": features, "plans": {key: {"grants": grants()} for key in PLANS},
        "organizations": organizations, "users": users, "overrides": held,
    }


def questions(document):
    """Each subject: how the command line names it, and how an application does."""
    for key, organization in document["organizations"].items():
        yield ["--org", key], named({"organization": key}, organization)
    for key, user in document["users"].items():
        context, arguments = named({"user": key}, user), ["--user", key]
        for organization in user.get("organizations", []):
            context |= named({"organization": organization}, document["organizations"][organization])
            arguments += ["--org", organization]
        yield arguments, context


def named(context, subject):
    if "plan" in subject:
        context["plan"] = subject["plan"]
    for target in subject.get("targets", []):
        kind, identifier = target.split(":")
        context[kind] = identifier
    return context
