"""Writers that repeat until they are answered, and readers that ask all the time.

Each write is told apart in the history by its reason. Every other one makes a fact of its own, so
that the state shows what is lost; the others raise one number of the writer's, so that a write that
is carried out late or again shows as a number that goes back.
"""

import http.client
import itertools
import json
import random
import threading
import time
from collections import Counter
from dataclasses import dataclass, field

WRITE_LIMIT = 30.0
READ_LIMIT = 5.0


@dataclass
class Write:
    """A request, however often it was sent."""

    name: str
    user: str
    feature: str
    number: int | None
    attempts: int = 0
    server: str = ""
    acknowledged: float | None = None
    revision: int | None = None


@dataclass
class Read:
    server: str
    begun: float
    ended: float
    answered: bool
    said: str
    revision: int | None = None


class Wire:
    """A connection to one server, made anew whenever it failed."""

    def __init__(self, server, limit):
        self.server, self.limit, self.wire = server, limit, None

    def ask(self, method, path, body, headers=None):
        """The status and the document; OSError or HTTPException where no whole answer came."""
        try:
            if self.wire is None:
                self.wire = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=self.limit)
            sent = {"content-type": "application/json", **(headers or {})}
            self.wire.request(method, path, json.dumps(body), sent)
            answer = self.wire.getresponse()
            text = answer.read()
        except (OSError, http.client.HTTPException):
            if self.wire is not None:
                self.wire.close()
            self.wire = None
            raise
        try:
            return answer.status, json.loads(text)
        except ValueError:
            return answer.status, {}


def code(status, document):
    error = document.get("error") if isinstance(document, dict) else None
    named = error.get("code") if isinstance(error, dict) else None
    return f"{status} {named or ''}".strip()


@dataclass
class Load:
    """What the writers and readers share, and what they found."""

    servers: list
    writers: int
    pause: float
    stopping: threading.Event = field(default_factory=threading.Event)
    giving_up: threading.Event = field(default_factory=threading.Event)
    writes: list = field(default_factory=list)
    reads: list = field(default_factory=list)
    refusals: Counter = field(default_factory=Counter)
    faults: list = field(default_factory=list)
    threads: list = field(default_factory=list)
    reading: list = field(default_factory=list)

    def start(self):
        for number in range(self.writers):
            self.threads.append(Writer(self, number))
        for server in self.servers:
            self.reading.append(Reader(self, server))
        for thread in [*self.threads, *self.reading]:
            thread.start()

    def stop(self, seconds):
        """Every write that was begun is brought to an end, unless that takes longer."""
        self.stopping.set()
        until = time.monotonic() + seconds
        for thread in self.threads:
            thread.join(max(0.0, until - time.monotonic()))
        self.giving_up.set()
        for thread in [*self.threads, *self.reading]:
            thread.join(WRITE_LIMIT + 5)

    def acknowledged(self):
        return [write for write in list(self.writes) if write.acknowledged is not None]


class Writer(threading.Thread):
    def __init__(self, load, number):
        super().__init__(daemon=True)
        self.load, self.number = load, number
        self.chance = random.Random(number)
        order = load.servers[number % len(load.servers):] + load.servers[:number % len(load.servers)]
        self.wires = [Wire(server, WRITE_LIMIT) for server in order]
        self.turn = 0

    def run(self):
        for count in itertools.count(1):
            if self.load.stopping.is_set():
                return
            write = self.next(count)
            # Each write begins at the writer's own server: whether that recovers is asked, too.
            self.turn = 0
            self.load.writes.append(write)
            while not self.attempt(write):
                if self.load.giving_up.wait(self.chance.uniform(0.1, 0.4)):
                    return
            time.sleep(self.load.pause * self.chance.uniform(0.5, 1.5))

    def next(self, count):
        name = f"w{self.number}-{count}"
        if count % 2:
            return Write(name, name, "load", None)
        return Write(name, f"turner-{self.number}", "seats", count)

    def attempt(self, write):
        """Sends it; whether that is the end of it."""
        wire = self.wires[self.turn % len(self.wires)]
        write.attempts += 1
        body = {"create": True, "reason": write.name}
        if write.number is not None:
            body["value"] = write.number
        path = f"/v1/users/{write.user}/overrides/{write.feature}?reason={write.name}"
        try:
            status, document = wire.ask("PUT", path, body, {"idempotency-key": write.name})
        except (OSError, http.client.HTTPException) as error:
            return self.failed(type(error).__name__)
        if status >= 500 or status == 429:
            return self.failed(code(status, document))
        if status not in (200, 201) or not document.get("changed"):
            self.load.faults.append(f"{write.name}, attempt {write.attempts}: {status} {document}")
            return True
        write.server, write.revision = wire.server.name, document["revision"]
        write.acknowledged = time.monotonic()
        return True

    def failed(self, why):
        self.load.refusals[why] += 1
        self.turn += 1
        return False


class Reader(threading.Thread):
    """Asks one server without a rest what `flags check` asks."""

    def __init__(self, load, server):
        super().__init__(daemon=True)
        self.load, self.wire = load, Wire(server, READ_LIMIT)

    def run(self):
        while not (self.load.stopping.is_set() and self.load.giving_up.is_set()):
            begun = time.monotonic()
            answered, said, revision = self.ask()
            name = self.wire.server.name
            self.load.reads.append(Read(name, begun, time.monotonic(), answered, said, revision))
            time.sleep(0.05)

    def ask(self):
        question = {"user": "reader", "expectations": ["asked"]}
        try:
            status, document = self.wire.ask("POST", "/v1/check", question)
        except (OSError, http.client.HTTPException) as error:
            return False, type(error).__name__, None
        if status != 200:
            return False, code(status, document), None
        if document.get("ok") is not True:
            self.load.faults.append(f"a check was answered {document}")
        return True, "200", document.get("revision")
