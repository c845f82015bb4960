"""Hosts that are network namespaces, cabled to two switches as a database's hosts are in a rack.

The machine's own network is not touched: the switches are a namespace, too. There are two networks
so that a host can lose its peers while clients still reach it, which is the harder failure: all
that a leader acknowledges then has to be known elsewhere, or it is lost.

Names begin with this process's id, so that several tests can run side by side and what a killed one
left behind is known as such.
"""

import ctypes
import os
import re
import signal
import subprocess
import time

FRONT, BACK = "front", "back"
SUBNETS = {FRONT: "10.90.1", BACK: "10.90.2"}
LIBC = ctypes.CDLL(None, use_errno=True)
CLONE_NEWNET = 0x40000000
PR_SET_PDEATHSIG = 1


def call(*words, quiet=False, env=None):
    words = [str(word) for word in words]
    done = subprocess.run(words, capture_output=True, text=True, env=env)
    if done.returncode != 0 and not quiet:
        raise RuntimeError(f"`{' '.join(words)}` ended with {done.returncode}: {done.stderr.strip()}")
    return done.stdout


class Network:
    """The switches and what is cabled to them."""

    def __init__(self):
        sweep()
        self.prefix = f"flags-{os.getpid()}-"
        self.switch = self.prefix + "switch"
        self.made = []
        self._namespace(self.switch)
        for name in SUBNETS:
            call("ip", "-n", self.switch, "link", "add", name, "type", "bridge")
            call("ip", "-n", self.switch, "link", "set", name, "up")

    def _namespace(self, name):
        call("ip", "netns", "add", name)
        self.made.append(name)
        call("ip", "-n", name, "link", "set", "lo", "up")

    def host(self, name, number, networks):
        """A host with one cable to each of the networks; its addresses end with the number."""
        namespace = self.prefix + name
        self._namespace(namespace)
        for network in networks:
            port = f"{name}-{network}"
            call("ip", "-n", self.switch, "link", "add", port, "type", "veth",
                 "peer", "name", network, "netns", namespace)
            call("ip", "-n", self.switch, "link", "set", port, "master", network, "up")
            address = f"{SUBNETS[network]}.{number}"
            call("ip", "-n", namespace, "address", "add", f"{address}/24", "dev", network)
            call("ip", "-n", namespace, "link", "set", network, "up")
        return namespace

    def cable(self, name, networks, state):
        """Pulls cables out at the switch (`down`), or puts them back (`up`)."""
        for network in networks:
            call("ip", "-n", self.switch, "link", "set", f"{name}-{network}", state)

    def enter(self, namespace):
        """Moves this process to a host; programs and threads that it starts are there, too."""
        with open(f"/run/netns/{namespace}") as place:
            if LIBC.setns(place.fileno(), CLONE_NEWNET) != 0:
                raise OSError(ctypes.get_errno(), f"cannot enter {namespace}")

    def stop(self):
        while self.made:
            remove(self.made.pop())


def remove(namespace):
    kill_all(namespace)
    call("ip", "netns", "del", namespace, quiet=True)


def kill_all(namespace):
    """Ends everything that runs there, at once and without a farewell; not this process."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        pids = [int(pid) for pid in call("ip", "netns", "pids", namespace, quiet=True).split()]
        pids = [pid for pid in pids if pid != os.getpid() and not dead(pid)]
        if not pids:
            return
        for pid in pids:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        time.sleep(0.02)
    raise RuntimeError(f"processes in {namespace} outlive SIGKILL")


def dead(pid):
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def sweep():
    """Removes what a test left behind that was killed itself."""
    for line in call("ip", "netns", "list").splitlines():
        name = line.split()[0] if line.split() else ""
        found = re.match(r"flags-(\d+)-", name)
        if found and not os.path.exists(f"/proc/{found[1]}"):
            remove(name)


def die_with_parent():
    """For a child before it begins: nothing may outlive the test, however that ends."""
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
