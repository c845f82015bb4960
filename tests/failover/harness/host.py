"""A host: a network namespace with a file system and processes of its own.

Its processes have their own numbers, and the first of them takes all others with it. So a kill of
that one is what the loss of a host is to the rest: no process gets to say farewell.
"""

import os
import shlex
import signal
import subprocess

from .network import call, die_with_parent, kill_all

# Each host sees its own directory here, wherever the test keeps it, and the virtual environment.
# So neither has to lie where the user `postgres` may go.
ROOM = "/mnt/host"
VENV = "/mnt/venv"


class Host:
    def __init__(self, network, name, number, networks, directory):
        self.network, self.name, self.number, self.networks = network, name, number, networks
        self.namespace = network.host(name, number, networks)
        self.directory = directory / name
        self.directory.mkdir(parents=True)
        os.chmod(self.directory, 0o755)
        self.process = None

    def address(self, network):
        return f"10.90.{1 if network == 'front' else 2}.{self.number}"

    def start(self, words, venv, user):
        """Starts the host's first process; its output is in `output` of the host's directory.

        It dies with `unshare`, and that with the test. The kernel forgets such a wish when a
        process becomes another user's, hence the second one.
        """
        place, venv = shlex.quote(str(self.directory)), shlex.quote(str(venv))
        script = f"""
            set -e
            mount -t tmpfs -o mode=755 tmpfs /mnt
            mkdir {ROOM} {VENV} /mnt/memory
            chown {user}: /mnt/memory
            mount --bind {place} {ROOM}
            mount --bind {venv} {VENV}
            cd {ROOM}
            export HOME={ROOM} PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8
            exec setpriv --reuid {user} --regid {user} --init-groups --pdeathsig KILL -- {shlex.join(words)}
        """
        with open(self.directory / "output", "ab") as output:
            self.process = subprocess.Popen(
                ["ip", "netns", "exec", self.namespace, "unshare", "--pid", "--ipc", "--mount",
                 "--fork", "--kill-child=SIGKILL", "--mount-proc", "bash", "-c", script],
                stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                preexec_fn=die_with_parent,
            )

    def runs(self):
        return self.process is not None and self.process.poll() is None

    def kill(self):
        """The host is gone from one moment to the next."""
        if self.process is not None:
            # The first process of the host; `unshare` waits for it, and ends with it.
            for first in children(self.process.pid):
                os.kill(first, signal.SIGKILL)
            self.process.wait()
            self.process = None
        kill_all(self.namespace)

    def kill_one(self, pid):
        """Kills one process by the number that it has on the host."""
        for first in children(self.process.pid):
            call("nsenter", "--target", first, "--pid", "--mount", "--", "kill", "-KILL", pid)

    def cut(self, networks=None):
        self.network.cable(self.name, networks or self.networks, "down")

    def heal(self):
        self.network.cable(self.name, self.networks, "up")


def children(pid):
    try:
        with open(f"/proc/{pid}/task/{pid}/children") as told:
            return [int(child) for child in told.read().split()]
    except OSError:
        return []
