"""Makes random WorkOS configuration payloads and contexts to ask them about.

Half of the payloads are clean. The others hold what a newer server or a damaged answer might:
unknown kinds and operators, values that are not booleans, fields that are missing or of another
type, identifiers that no context can have. The same seed makes the same questions.

Left out, because the two sides do not mean the same by the question: a context that names an
identifier our `Id` refuses where the Node SDK's older form takes any text; a context whose custom
type is called `org` (ours: short for organization); a version 1 payload in which no entry, or not
the one called `version` or `format`, is an object (the SDK takes what is there for disabled flags,
ours says that this is another document).
"""

import json
import random

SLUGS = [
    "new-checkout", "beta_search", "sso", "dark-mode", "f1",
    "constructor", "__proto__", "version", "flags", "format",
]  # fmt: skip
DECIDING = ["version", "format"]  # of these two names a scalar tells other documents apart
ODD_SLUGS = ["Upper", "a.b", "two words", "", "é", "k" * 65]
UNKNOWN_SLUG = "no-such-flag"

# The same texts stand for users, organizations and custom targets, so that types are told apart.
IDS = ["user_1", "user_2", "org_1", "org_2", "ws_1", "x", "X", "a.b:c-d", "n" * 255]
UNNAMEABLE = ["user 1", "", ".", "..", "n" * 256, "é", "a\n"]
SLASHED = "a/b"  # an identifier here, none to WorkOS
TYPES = ["workspace", "account", "t" * 64]
NEVER_TYPES = ["Bad", "1x", "", "t" * 65, "org", "work space"]

NOT_BOOLEAN = [None, "yes", "", "false", 0, 1, -1, 0.0, 2.5, [], {}, [0]]
NOT_OBJECT = [None, "x", 5, [], True]
NOT_LIST = [None, "x", 5, {}, True]
MISSING = object()


class Maker:
    def __init__(self, seed, version):
        self.random = random.Random(f"{seed}/{version}")
        self.corrupt = False

    def chance(self, share):
        return self.random.random() < share

    def pick(self, choices):
        return self.random.choice(choices)

    def boolean(self):
        return self.chance(0.5)

    def some(self, choices, most):
        return [self.pick(choices) for _ in range(self.random.randint(0, most))]

    def oddly(self, value, odd, share=0.12):
        """Mostly the value; in a corrupt payload sometimes something odd, or nothing."""
        if not self.corrupt or not self.chance(share):
            return value
        return self.pick([*odd, MISSING])

    def object(self, **fields):
        return {name: value for name, value in fields.items() if value is not MISSING}

    def slugs(self):
        slugs = self.random.sample(SLUGS, self.random.randint(2, 5))
        if self.chance(0.2):
            slugs.append(self.pick(ODD_SLUGS))
        return slugs

    def identifier(self):
        odd = self.corrupt and self.chance(0.15)
        return self.odd_identifier() if odd else self.pick(IDS)

    def odd_identifier(self):
        return SLASHED if self.chance(0.5) else self.pick(UNNAMEABLE)


class Version1(Maker):
    def target(self, typed):
        fields = {
            "id": self.oddly(self.identifier(), [None, 5, {}], 0.05),
            "enabled": self.oddly(self.chance(0.8), NOT_BOOLEAN),
        }
        if typed:
            kind = self.pick([*TYPES, *TYPES, "user", "organization", *NEVER_TYPES])
            fields["type"] = self.oddly(kind, [None, 5], 0.05)
        target = self.object(**fields)
        return self.oddly(target, ["user_1", 5, True, []], 0.03)

    def targets(self, typed=False):
        found = [self.target(typed) for _ in range(self.random.randint(0, 4))]
        found = [target for target in found if target is not MISSING]
        if self.corrupt and self.chance(0.03):
            found.insert(self.random.randint(0, len(found)), None)
        return found

    def flag(self, slug):
        custom = self.oddly(self.targets(typed=True), [None, *NOT_LIST], 0.1)
        targets = self.object(
            users=self.oddly(self.targets(), NOT_LIST, 0.05),
            organizations=self.oddly(self.targets(), NOT_LIST, 0.05),
            custom_targets=MISSING if self.chance(0.3) else custom,
        )
        return self.object(
            slug=self.oddly(slug, [None, "other"]),
            enabled=self.oddly(self.chance(0.75), NOT_BOOLEAN),
            default_value=self.oddly(self.chance(0.3), NOT_BOOLEAN),
            targets=self.oddly(targets, NOT_OBJECT, 0.04),
        )

    def payload(self, slugs):
        flags = {slug: self.flag(slug) for slug in slugs}
        for slug in slugs[1:]:  # one stays an object
            if slug not in DECIDING and self.corrupt and self.chance(0.05):
                flags[slug] = self.pick([None, False, 0, "", 5, "on", True, []])
        return flags

    def context(self):
        """A context, and whether it is to be put in the SDK's older form."""
        legacy = self.chance(0.4)
        context = {}
        if self.chance(0.7):
            context["user"] = self.pick([*IDS, SLASHED, ""] if legacy else IDS)
        if self.chance(0.5):
            context["organization"] = self.pick(IDS)
        if not legacy:
            for kind in self.some([*TYPES, "Bad"], 3):
                odd = self.pick([self.odd_identifier(), None, 5])
                context[kind] = odd if self.chance(0.3) else self.pick(IDS)
        return context, legacy


class Version2(Maker):
    def condition(self):
        values = [self.identifier() for _ in range(self.random.randint(0, 4))]
        if self.corrupt and self.chance(0.1):
            values.append(self.pick([None, 5, True, []]))
        kinds = ["user", "user", "organization", *TYPES]
        if self.corrupt and self.chance(0.1):
            kinds = [*NEVER_TYPES, None, MISSING]
        operator = "one_of"
        if self.corrupt and self.chance(0.1):
            operator, values = self.pick(["not_one_of", "starts_with", ""]), self.pick([values, 5])
        return self.object(
            target_type=self.fatally(self.pick(kinds), [5, {}]),
            operator=self.fatally(operator, [None, 5]),
            values=self.fatally(values, NOT_LIST) if operator == "one_of" else values,
            note=MISSING if self.chance(0.9) else "a field of a newer server",
        )

    def rule(self):
        kind = "conditions"
        conditions = [self.condition() for _ in range(self.random.randint(0, 3))]
        if self.corrupt and self.chance(0.15):
            kind = self.pick(["rollout", "Conditions", "all"])
            conditions = self.pick([conditions, MISSING, "x", [5]])
        elif self.corrupt and self.chance(0.1):
            conditions = self.pick([None, MISSING])
        elif self.corrupt:
            conditions = self.fatally(conditions, ["x", 5, {}, [5]])
        rule_id = self.pick(["rule_1", "rule_2", "rule_3", "r" * 300])
        return self.object(
            id=self.fatally(rule_id, ["", None, 5]),
            kind=self.fatally(kind, ["", None, 5]),
            value=self.oddly(self.boolean(), NOT_BOOLEAN, 0.2),
            conditions=conditions,
        )

    def flag(self, slug):
        rules = [self.rule() for _ in range(self.random.randint(0, 4))]
        return self.object(
            slug=self.fatally(slug, [None, 5], 0.01),
            enabled=self.fatally(self.chance(0.8), NOT_BOOLEAN, 0.01),
            default_value=self.oddly(self.boolean(), NOT_BOOLEAN, 0.2),
            off_value=self.oddly(self.chance(0.3), NOT_BOOLEAN, 0.2),
            rules=self.fatally(rules, NOT_LIST),
        )

    def fatally(self, value, odd, share=0.004):
        """Something that makes the SDK refuse the payload, and seldom: there are many of these."""
        return self.pick([*odd, MISSING]) if self.corrupt and self.chance(share) else value

    def payload(self, slugs):
        flags = {slug: self.flag(slug) for slug in slugs}
        if self.corrupt and self.chance(0.02):
            flags[slugs[0]] = self.pick(NOT_OBJECT)
        version = 2
        if self.corrupt and self.chance(0.03):
            version = self.pick([None, True, "2", 2.0, -2, 3, 1])
        return self.object(version=version, flags=self.fatally(flags, NOT_LIST))

    def context(self):
        context = {}
        for kind in ["user", "organization", *self.some([*TYPES, "Bad"], 3)]:
            if self.chance(0.75):
                odd = self.pick([self.odd_identifier(), self.odd_identifier(), None, 5])
                context[kind] = odd if self.chance(0.2) else self.pick(IDS)
        return context, False


def questions(version, payloads, contexts, seed=1):
    """Lines for the evaluators (see ours/src/main.rs), each a JSON text."""
    maker = {1: Version1, 2: Version2}[version](seed, version)
    for number in range(payloads):
        maker.corrupt = number % 2 == 1
        slugs = maker.slugs()
        payload = json.dumps(maker.payload(slugs))
        asked = [maker.context() for _ in range(contexts)]
        question = {
            "payload": payload,
            "contexts": [context for context, _ in asked],
            "legacy": [legacy for _, legacy in asked],
            "slugs": [*slugs, UNKNOWN_SLUG],
        }
        yield json.dumps(question)
