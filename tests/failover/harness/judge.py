"""What became of the writes: each acknowledged one is there once, nothing is there twice.

The history is read through the program, the tables of each host through psql, so that a fault of
the one is not hidden by the same fault of the other.
"""

import hashlib
import json
import subprocess
import time
from collections import Counter, defaultdict

from .network import FRONT

REPLAY = 60


class Judge:
    def __init__(self, cluster, program, load):
        self.cluster, self.program, self.load = cluster, program, load
        self.faults = list(load.faults)
        self.told = {}

    def fault(self, what):
        self.faults.append(what)

    def judge(self):
        leader = self.cluster.wait_for_leader(60)
        store = self.cluster.url([leader])
        writes = self.history(store)
        self.acknowledged(writes)
        self.numbers(writes)
        self.state(store)
        self.program_says(store)
        self.hosts(leader)
        return self.faults

    def history(self, store):
        """Every write of the history, oldest first; the revisions are 1, 2, 3 … without a gap."""
        lines = self.program.must("log", "--limit", "0", "--lines", store=store).splitlines()
        writes = sorted((json.loads(line) for line in lines), key=lambda write: write["revision"])
        self.gaps(writes)
        return writes

    def gaps(self, writes):
        revisions = [write["revision"] for write in writes]
        if revisions != list(range(1, len(writes) + 1)):
            gaps = sorted(set(range(1, max(revisions, default=0) + 1)) - set(revisions))
            twice = [revision for revision, times in Counter(revisions).items() if times > 1]
            self.fault(f"the history has gaps at {gaps[:5]} and doubles at {twice[:5]}")
        self.told["revisions"] = len(writes)

    def acknowledged(self, writes):
        made = defaultdict(list)
        for write in writes:
            if write["reason"] is not None:
                made[write["reason"]].append(write["revision"])
        lost, twice, elsewhere, unanswered = [], [], [], 0
        for write in self.load.writes:
            revisions = made.pop(write.name, [])
            if len(revisions) > 1:
                twice.append((write.name, revisions))
            if write.acknowledged is None:
                unanswered += 1
            elif not revisions:
                lost.append(write.name)
            elif revisions[0] != write.revision:
                elsewhere.append((write.name, write.revision, revisions))
        if made:
            self.fault(f"{len(made)} writes of the history were never asked for: {list(made)[:3]}")
        for what, found in (
            ("acknowledged writes are lost", lost),
            ("writes were carried out twice", twice),
            ("writes are not at the revision that was acknowledged", elsewhere),
        ):
            if found:
                self.fault(f"{len(found)} {what}: {found[:5]}")
        self.told.update(
            acknowledged=len(self.load.acknowledged()), lost=len(lost), twice=len(twice),
            misplaced=len(elsewhere), unanswered=unanswered,
            sent_again=sum(write.attempts > 1 for write in self.load.writes),
        )

    def numbers(self, writes):
        """The number of each writer only ever rises: nothing was carried out late, or again."""
        last = {}
        for write in writes:
            for change in write["changes"]:
                if change["change"] == "override" and change["feature"] == "seats":
                    subject, number = change["subject"], change["after"]["grant"]
                    if number <= last.get(subject, 0):
                        self.fault(f"{subject} went from {last[subject]} to {number} at {write['revision']}")
                    last[subject] = number
        self.last = last

    def state(self, store):
        """The overrides that stand, against what was acknowledged."""
        told = self.program.must("override", "list", "--limit", "0", "--json", store=store)
        told = json.loads(told)
        rows = told if isinstance(told, list) else told["items"]
        standing = {(row["subject"], row["feature"]): row for row in rows}
        missing = [
            write.name for write in self.load.acknowledged()
            if write.number is None
            and standing.get((f"user:{write.user}", "load"), {}).get("reason") != write.name
        ]
        if missing:
            self.fault(f"{len(missing)} acknowledged overrides do not stand: {missing[:5]}")
        for subject, number in self.last.items():
            kept = standing.get((subject, "seats"), {}).get("value")
            if kept != number:
                self.fault(f"{subject} stands at {kept}, the history says {number}")

    def program_says(self, store):
        verified = self.program.run("log", "verify", "--json", store=store)
        if verified.returncode != 0:
            self.fault(f"flags log verify: {verified.returncode}: {verified.stdout} {verified.stderr}")
        examined = self.program.run("doctor", "--json", store=store)
        self.told["doctor"] = examined.returncode
        if examined.returncode != 0:
            self.fault(f"flags doctor: {examined.returncode}: {examined.stdout} {examined.stderr}")

    def hosts(self, leader):
        """The tables of every host, row by row, are those of the leader."""
        position = self.cluster.sql(leader, "SELECT pg_current_wal_lsn()").strip()
        want = self.tables(leader)
        if not want:
            self.fault("the leader has no tables to compare")
        for host in self.cluster.databases():
            if host is leader:
                continue
            self.wait_for_replay(host, position)
            if self.tables(host) != want:
                self.fault(f"the tables of {host.name} are not those of {leader.name}")
        self.told["tables"] = len(want)

    def wait_for_replay(self, host, position):
        until = time.monotonic() + REPLAY
        question = f"SELECT pg_last_wal_replay_lsn() >= '{position}'"
        while self.cluster.sql(host, question).strip() != "t":
            if time.monotonic() > until:
                self.fault(f"{host.name} has not come to {position} within {REPLAY} s")
                return
            time.sleep(0.5)

    def tables(self, host):
        names = self.cluster.sql(host, """
            SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
            WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1
        """).split()
        return {name: self.digest(host, name) for name in names}

    def digest(self, host, name):
        psql = subprocess.Popen(
            [self.cluster.programs / "psql", "-XAtq", "-h", host.address(FRONT), "-U", "postgres",
             "-d", "flags", "-c", f"COPY (SELECT t.* FROM {name} t ORDER BY t::text) TO STDOUT"],
            env={"PGPASSWORD": self.cluster.secrets["postgres"]}, stdout=subprocess.PIPE)
        hashed = hashlib.sha256()
        for line in psql.stdout:
            hashed.update(line)
        if psql.wait() != 0:
            self.fault(f"{name} of {host.name} could not be read")
        return hashed.hexdigest()
