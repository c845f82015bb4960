"""A PostgreSQL server of the benchmark's own: made for one run, ended and removed with it.

It is Debian's package as it is installed, durable as it comes (`fsync`, `synchronous_commit`), with
the memory that its manual advises. Its processor time is read from the kernel, whatever its processes
were started for: what a query costs there is as much a cost of an answer as what it costs here.
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

from .. import build

USER = "bench"
# It refuses to run as root; the package brings a user for it.
SYSTEM_USER = "postgres"
TICKS = os.sysconf("SC_CLK_TCK")
# A quarter of the machine's memory is what PostgreSQL's manual begins with; more is of no use here.
MOST_BUFFERS = 4 << 30
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "max_connections": "400",
    "max_wal_size": "1GB",
    "logging_collector": "off",
}
PATIENCE = 60


class Cluster:
    """One server, listening on this machine alone."""

    def __init__(self, directory, core):
        self.programs = programs()
        self.home = directory / "postgres"
        self.data = self.home / "data"
        self.core = core
        self.port = free_port()
        self.environment = build.clean_environment(directory)
        self.server = None

    def url(self, database):
        return f"postgres://{USER}@127.0.0.1:{self.port}/{database}"

    def make(self):
        """Makes the data directory, in place of what a run that was killed has left."""
        if self.home.exists():
            self.stop()
            shutil.rmtree(self.home)
        self.home.mkdir()
        if os.geteuid() == 0:
            shutil.chown(self.home, SYSTEM_USER)
        initdb = [self.programs / "initdb", "-D", self.data, "-U", USER, "-A", "trust"]
        done = self.as_its_user([*initdb, "-E", "UTF8", "--locale=C.UTF-8"])
        if done.returncode != 0:
            raise SystemExit(f"bench: PostgreSQL makes no cluster below {self.home}:\n{done.stderr}")

    def start(self):
        settings = SETTINGS | {
            "port": self.port,
            "unix_socket_directories": self.home,
            "shared_buffers": f"{buffers() >> 20}MB",
        }
        words = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        command = [self.programs / "postgres", "-D", self.data, *words]
        with (self.home / "log").open("w") as log:
            pinned = ["taskset", "-c", self.core, *as_user(command)]
            self.server = subprocess.Popen(
                list(map(str, pinned)), cwd="/", env=self.environment, stdout=log, stderr=log
            )
        ready = [self.programs / "pg_isready", "-q", "-h", "127.0.0.1", "-p", self.port]
        end = time.monotonic() + PATIENCE
        while subprocess.run(list(map(str, ready)), check=False).returncode != 0:
            if time.monotonic() > end or self.server.poll() is not None:
                said = (self.home / "log").read_text()
                raise SystemExit(f"bench: PostgreSQL does not start:\n{said}")
            time.sleep(0.1)

    def stop(self):
        stop = [self.programs / "pg_ctl", "stop", "-D", self.data, "-m", "fast", "-t", PATIENCE]
        self.as_its_user(stop)
        if self.server:
            self.server.wait(PATIENCE)

    def as_its_user(self, command):
        return subprocess.run(
            list(map(str, as_user(command))),
            check=False,
            cwd="/",
            env=self.environment,
            capture_output=True,
            text=True,
        )

    def sql(self, database, text):
        """Has statements carried out; returns the rows of the last one, each a list of texts."""
        command = [*self.psql(database), "-F", "\t", "-c", text]
        said = build.output(*command, settings=self.environment)
        return [line.split("\t") for line in said.splitlines()]

    def psql(self, database):
        """psql, which says no more than it is asked."""
        quiet = ["-X", "-A", "-t", "-q", "-v", "ON_ERROR_STOP=1"]
        return [str(self.programs / "psql"), self.url(database), *quiet]

    def single(self, database, text):
        """The one value that a statement has."""
        return self.sql(database, text)[0][0]

    def version(self):
        return self.single("postgres", "SHOW server_version").split(" ")[0]

    def processor(self):
        """The seconds that all of its processes took so far, those that are gone among them."""
        master = int((self.data / "postmaster.pid").read_text().splitlines()[0])
        while True:
            own = stat(master)[11:15]
            ticks = sum(map(int, own))
            for process in Path("/proc").glob("[0-9]*"):
                # One that has ended is counted with the first; if it was not yet, it all begins anew.
                with contextlib.suppress(OSError):
                    fields = stat(process.name)
                    if int(fields[1]) == master:
                        ticks += sum(map(int, fields[11:13]))
            if stat(master)[13:15] == own[2:]:
                return ticks / TICKS


@contextlib.contextmanager
def running(directory, core):
    """A server while the block lasts, also where the run is told to end."""

    def end(*_):
        raise SystemExit("bench: ended by a signal")

    cluster = Cluster(directory, core)
    before = signal.signal(signal.SIGTERM, end)
    try:
        cluster.make()
        cluster.start()
        yield cluster
    finally:
        if cluster.server:
            cluster.stop()
        shutil.rmtree(cluster.home, ignore_errors=True)
        signal.signal(signal.SIGTERM, before)


def programs():
    """Where the newest installed PostgreSQL has its programs."""
    found = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    found = sorted(found, key=lambda path: int(path.parts[-3]))
    if not found:
        raise SystemExit("bench: PostgreSQL is needed and not installed (Debian: `postgresql`)")
    return found[-1].parent


def as_user(command):
    return ["runuser", "-u", SYSTEM_USER, "--", *command] if os.geteuid() == 0 else command


def buffers():
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return min(memory // 4, MOST_BUFFERS)


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def stat(process):
    """The fields of a process from its state on: its name may have spaces in it."""
    return Path(f"/proc/{process}/stat").read_text().rpartition(") ")[2].split()


def processor(process):
    """The seconds that a process took so far."""
    return sum(map(int, stat(process)[11:13])) / TICKS
