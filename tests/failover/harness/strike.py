"""The blows: a leader's host is killed, cut off from everybody, or cut off from its peers alone; or
its PostgreSQL is killed while the host lives on.

After each the next leader is waited for, the lost host comes back, and the cluster has to be whole
again before the next one: what is asked is what one failure costs, over and over.
"""

import time
from dataclasses import dataclass

from .network import BACK

NEXT_LEADER = 90
WHOLE_AGAIN = 180


@dataclass
class Blow:
    kind: str
    host: str
    begun: float
    next_leader: str = ""
    led: float = 0.0
    returned: float = 0.0
    whole: float = 0.0
    until: float = 0.0


def kill(host):
    host.kill()


def cut(host):
    host.cut()


def split(host):
    # Clients still reach it, and it takes them for its own until its lease has run out.
    host.cut([BACK])


def crash(host):
    # Patroni lives, and gives the lead away at once.
    postmaster = (host.directory / "data" / "postmaster.pid").read_text().splitlines()[0]
    host.kill_one(int(postmaster))


KINDS = {"kill": kill, "cut": cut, "split": split, "crash": crash}


def order(counts, chance):
    kinds = [kind for kind, count in counts.items() for _ in range(count)]
    chance.shuffle(kinds)
    return kinds


def strike(cluster, kind, chance):
    leader = cluster.wait_for_leader(NEXT_LEADER)
    blow = Blow(kind, leader.name, time.monotonic())
    KINDS[kind](leader)
    found = cluster.wait_for_leader(NEXT_LEADER, other_than=leader)
    blow.next_leader, blow.led = found.name, time.monotonic()
    # A host may come back while the next leader still settles, or long after.
    time.sleep(chance.uniform(0.0, 8.0))
    if kind == "kill":
        cluster.start(leader)
    elif kind != "crash":
        leader.heal()
    blow.returned = time.monotonic()
    cluster.wait_until_whole(WHOLE_AGAIN)
    blow.whole = time.monotonic()
    return blow


def wait_for_writes(load, since, seconds):
    """Until each server has acknowledged a write that came after that moment; which ones have not."""
    until = time.monotonic() + seconds
    while True:
        done = {write.server for write in load.acknowledged() if write.acknowledged > since}
        missing = [server.name for server in load.servers if server.name not in done]
        if not missing or time.monotonic() > until:
            return missing
        time.sleep(0.5)
