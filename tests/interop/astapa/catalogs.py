"""Makes random catalogs with subjects, as `flags apply` takes them.

Every layer is in them: kill switches, overrides of users and organizations with and without an end,
rules, percentages, plans and a default plan. The same seed makes the same catalog.
"""

import random

FEATURES = ["analytics", "api_access", "beta-2", "sso", "dark_mode", "export", "audit"]
LIMITS = ["max_seats", "max_projects", "storage-gb"]
PLANS = ["free", "pro", "enterprise"]
ORGANIZATIONS = ["acme", "initech"]
USERS = ["ana", "ben@home", "user_01HXYZ", "x", "Zoe.O'Neil"]
LARGEST = 2**53 - 1


class Maker:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def chance(self, share):
        return self.random.random() < share

    def some(self, choices, share=0.5):
        return [choice for choice in choices if self.chance(share)]

    def value(self, feature):
        if feature not in LIMITS:
            return True
        return self.random.choice([0, 1, 5, 250, LARGEST])

    def grants(self):
        return {feature: self.value(feature) for feature in self.some(self.features)}

    def override(self, feature):
        over = {"grant": self.value(feature)} if self.chance(0.6) else {"revoke": True}
        if self.chance(0.3):
            over["expires"] = self.random.choice(["2020-01-01T00:00:00Z", "2120-01-01T00:00:00Z"])
        return over

    def overrides(self):
        return {feature: self.override(feature) for feature in self.some(self.features, 0.3)}

    def rule(self, number):
        when = self.random.choice([
            {"one_of": {"type": "user", "ids": self.some(USERS) or ["x"]}},
            {"one_of": {"type": "organization", "ids": self.some(ORGANIZATIONS) or ["acme"]}},
            {"percent": self.random.choice([0, 12.5, 50, 100])},
        ])
        return {"id": f"rule {number}", "serve": self.chance(0.7), "when": [when]}

    def feature(self, key):
        if key in LIMITS:
            return {"type": "limit"}
        feature = {"type": "boolean", "enabled": self.chance(0.85)}
        if self.chance(0.5):
            rules = [self.rule(number) for number in range(self.random.randint(0, 3))]
            feature["targeting"] = {"default": self.chance(0.2), "rules": rules}
        return feature

    def catalog(self):
        self.features = self.some(FEATURES + LIMITS, 0.7) or ["analytics"]
        plans = self.some(PLANS, 0.8) or ["free"]
        on_plan = lambda: {"plan": self.random.choice(plans)} if self.chance(0.7) else {}
        users = {user: on_plan() for user in USERS}
        for number, user in enumerate(users.values()):
            user["organizations"] = self.some(ORGANIZATIONS, 0.3)
            if self.chance(0.8):
                user["email"] = f"user{number}@example.com"
        document = {
            "format": "flags.catalog/1",
            "settings": {"default_plan": plans[0]} if self.chance(0.5) else {},
            "features": {key: self.feature(key) for key in self.features},
            "plans": {plan: {"grants": self.grants()} for plan in plans},
            "organizations": {organization: on_plan() for organization in ORGANIZATIONS},
            "users": users,
            "overrides": {},
        }
        subjects = [f"user:{user}" for user in USERS] + [f"org:{o}" for o in ORGANIZATIONS]
        for subject in subjects:
            if overrides := self.overrides():
                document["overrides"][subject] = overrides
        return document
