"""Three hosts with PostgreSQL under Patroni, one with etcd, one for clients.

etcd is one process on a host that nothing happens to. What is tried here is what becomes of writes
when database hosts are lost; that three etcds outlive the loss of one is etcd's own promise, and
they would be three more programs that compete for this machine.
"""

import http.client
import json
import os
import secrets
import shutil
import time
from pathlib import Path

from .host import ROOM, VENV, Host
from .network import BACK, FRONT, Network, call

ROOT = Path(__file__).resolve().parents[3]
DATABASES = ["db1", "db2", "db3"]
DATABASE, USER = "flags", "flags"
# The lowest time to live that Patroni takes. Twice a retry and a wait have to fit into it.
TIMES = {"ttl": 20, "loop_wait": 5, "retry_timeout": 5}


def programs():
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"),
                   key=lambda path: int(path.parts[4]))
    if not found:
        raise RuntimeError("PostgreSQL is missing: tests/failover/setup")
    return found[-1].parent


def virtual_environment():
    target = Path(os.environ.get("CARGO_TARGET_DIR") or "target")
    venv = ROOT / target / "failover" / "venv"
    if not (venv / "stamp").is_file():
        raise RuntimeError("Patroni is missing: tests/failover/setup")
    return venv


class Cluster:
    """`synchronous` off is for seeing that the judge finds what is lost then."""

    def __init__(self, directory, synchronous=True, commit="remote_apply"):
        self.directory, self.synchronous, self.commit = directory, synchronous, commit
        self.programs, self.venv = programs(), virtual_environment()
        self.secrets = {name: secrets.token_urlsafe(18)
                        for name in ("postgres", "replicator", "rewind", USER)}
        self.hosts, self.network = {}, None

    def __enter__(self):
        os.makedirs(self.directory)
        try:
            self.network = Network()
            self._hosts()
            self.network.enter(self.client.namespace)
            self._start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        for host in [*self.hosts.values()]:
            host.kill()
        if self.network is not None:
            self.network.stop()

    def _hosts(self):
        self.etcd = Host(self.network, "etcd", 10, [BACK], self.directory)
        for number, name in enumerate(DATABASES, 11):
            self.hosts[name] = Host(self.network, name, number, [FRONT, BACK], self.directory)
        self.hosts["etcd"] = self.etcd
        self.client = Host(self.network, "client", 20, [FRONT], self.directory)

    def databases(self):
        return [self.hosts[name] for name in DATABASES]

    def _start(self):
        address = f"http://{self.etcd.address(BACK)}:2379"
        # In memory: the disk of a busy machine would make leases late that are not lost.
        self.etcd.start(
            ["etcd", "--name", "etcd", "--data-dir", "/mnt/memory/etcd",
             "--listen-client-urls", address, "--advertise-client-urls", address,
             "--listen-peer-urls", "http://127.0.0.1:2380",
             "--initial-advertise-peer-urls", "http://127.0.0.1:2380",
             "--initial-cluster", "etcd=http://127.0.0.1:2380"],
            self.venv, "postgres")
        for host in self.databases():
            shutil.chown(host.directory, "postgres", "postgres")
            settings = host.directory / "patroni.json"
            settings.touch(mode=0o600)
            settings.write_text(json.dumps(self._settings(host), indent=1))
            shutil.chown(settings, "postgres", "postgres")
            self.start(host)
        self.wait_until_whole(120)
        self._database()

    def start(self, host):
        host.start([f"{VENV}/bin/python", "-m", "patroni", f"{ROOM}/patroni.json"],
                   self.venv, "postgres")

    def _settings(self, host):
        def login(name):
            return {"username": name, "password": self.secrets[name]}

        return {
            "scope": "flags",
            "name": host.name,
            "restapi": {"listen": "0.0.0.0:8008", "connect_address": f"{host.address(BACK)}:8008"},
            "etcd3": {"hosts": f"{self.etcd.address(BACK)}:2379"},
            "bootstrap": {
                "dcs": {
                    **TIMES,
                    "synchronous_mode": self.synchronous,
                    # Without a second copy nothing is acknowledged, whatever has failed before.
                    "synchronous_mode_strict": self.synchronous,
                    # A leader whose PostgreSQL died is not waited for: others have everything.
                    "primary_start_timeout": 0 if self.synchronous else 300,
                    "postgresql": {"use_pg_rewind": True, "parameters": self._parameters()},
                },
                "initdb": [{"encoding": "UTF8"}, {"locale": "C.UTF-8"}, "data-checksums"],
            },
            "postgresql": {
                "listen": "0.0.0.0:5432",
                "connect_address": f"{host.address(BACK)}:5432",
                "data_dir": f"{ROOM}/data",
                "bin_dir": str(self.programs),
                "parameters": {"unix_socket_directories": ROOM},
                "authentication": {
                    "superuser": login("postgres"),
                    "replication": login("replicator"),
                    "rewind": login("rewind"),
                },
                "pg_hba": ["local all all trust", "host all all 127.0.0.1/32 scram-sha-256",
                           "host all all 10.90.0.0/16 scram-sha-256",
                           "host replication all 127.0.0.1/32 scram-sha-256",
                           "host replication all 10.90.2.0/24 scram-sha-256"],
            },
        }

    def _parameters(self):
        return {
            "synchronous_commit": self.commit if self.synchronous else "local",
            "max_connections": 60,
            "shared_buffers": "64MB",
            "wal_keep_size": "256MB",
            "max_wal_size": "512MB",
            # A peer that says nothing for so long is gone; the default is a minute.
            "wal_sender_timeout": "5s",
            "wal_receiver_timeout": "5s",
            "password_encryption": "scram-sha-256",
            "log_min_messages": "warning",
        }

    def _database(self):
        leader = self.leader()
        self.sql(leader, f"CREATE ROLE {USER} LOGIN PASSWORD '{self.secrets[USER]}'", "postgres")
        self.sql(leader, f"CREATE DATABASE {DATABASE} OWNER {USER}", "postgres")

    # What clients are told.

    def url(self, hosts=None):
        named = ",".join(f"{host.address(FRONT)}:5432" for host in hosts or self.databases())
        return f"postgres://{USER}@{named}/{DATABASE}?sslmode=disable"

    def password_file(self):
        path = self.directory / "pgpass"
        path.touch(mode=0o600)
        path.write_text(f"*:*:*:{USER}:{self.secrets[USER]}\n")
        return path

    # What is going on.

    def sql(self, host, statement, database=DATABASE, user="postgres"):
        """The rows of a statement on that very host, as psql writes them unaligned."""
        environment = {"PGPASSWORD": self.secrets[user], "PGCONNECT_TIMEOUT": "3"}
        return call(self.programs / "psql", "-XAtq", "-v", "ON_ERROR_STOP=1",
                    "-h", host.address(FRONT), "-U", user, "-d", database, "-c", statement,
                    env=environment)

    def members(self):
        """What Patroni's first host within reach says of all, by name; empty if none says it."""
        for host in self.databases():
            try:
                wire = http.client.HTTPConnection(host.address(FRONT), 8008, timeout=1.5)
                wire.request("GET", "/cluster")
                told = json.loads(wire.getresponse().read())
                return {member["name"]: member for member in told["members"]}
            except (OSError, http.client.HTTPException, ValueError):
                continue
        return {}

    def takes_writes(self, host):
        """Whether that host says by itself that it is the leader."""
        try:
            wire = http.client.HTTPConnection(host.address(FRONT), 8008, timeout=1.5)
            wire.request("GET", "/primary")
            return wire.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False

    def leader(self):
        for host in self.databases():
            if self.takes_writes(host):
                return host
        return None

    def wait_for_leader(self, seconds, other_than=None):
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            for host in self.databases():
                if host is not other_than and self.takes_writes(host):
                    return host
            time.sleep(0.3)
        raise RuntimeError(f"no leader within {seconds} s: {self.members()}")

    def whole(self):
        """A leader, two hosts that stream from it, one of them synchronously."""
        members = self.members()
        roles = [member["role"] for member in members.values()]
        states = [member["state"] for member in members.values()]
        timelines = {member.get("timeline") for member in members.values()}
        return (
            sorted(members) == DATABASES
            and roles.count("leader") == 1
            and states.count("running") == 1
            and states.count("streaming") == 2
            and len(timelines) == 1
            and ("sync_standby" in roles or not self.synchronous)
        )

    def wait_until_whole(self, seconds):
        until = time.monotonic() + seconds
        while not self.whole():
            for host in self.hosts.values():
                if not host.runs():
                    raise RuntimeError(f"{host.name} ended; see {host.directory}")
            if time.monotonic() > until:
                raise RuntimeError(f"not whole within {seconds} s: {self.members()}")
            time.sleep(0.5)

