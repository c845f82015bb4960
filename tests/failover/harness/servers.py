"""`flags` as an operator runs it over the cluster: one `init`, two `serve`, questions at the end."""

import json
import os
import signal
import subprocess
import sys

from .network import die_with_parent


class Program:
    """The command line, with a home of its own and the cluster as its store."""

    def __init__(self, path, cluster):
        self.path, self.cluster = path, cluster
        self.home = cluster.directory / "home"
        self.home.mkdir()
        self.environment = {
            "HOME": str(self.home),
            "TMPDIR": str(self.home),
            "PATH": os.environ["PATH"],
            "PGPASSFILE": str(cluster.password_file()),
            "FLAGS_STORE": cluster.url(),
            "FLAGS_ACTOR": "failover",
        }

    def run(self, *words, store=None):
        environment = self.environment if store is None else {**self.environment, "FLAGS_STORE": store}
        return subprocess.run([self.path, *words], env=environment, capture_output=True, text=True)

    def must(self, *words, store=None):
        done = self.run(*words, store=store)
        if done.returncode != 0:
            raise RuntimeError(f"flags {' '.join(words)}: {done.returncode}: {done.stderr.strip()}")
        return done.stdout

    def prepare(self):
        """A store with what the load writes about."""
        self.must("init", "--store", self.cluster.url(), "--no-profile")
        for words in (
            "feature define load", "feature define seats --type limit", "feature define asked",
            "plan create pro", "set asked --plan pro", "user assign reader --plan pro",
        ):
            self.must(*words.split())


class Server:
    def __init__(self, program, name, options=()):
        self.program, self.name = program, name
        self.log = program.cluster.directory / f"{name}.log"
        words = ["serve", "--listen", "127.0.0.1:0", "--insecure-no-auth", "--json",
                 "--protocol", "native", "--log", "warn", *options]
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [program.path, *words], env=program.environment, stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE, stderr=log, preexec_fn=die_with_parent)
        first = self.process.stdout.readline()
        if not first:
            raise RuntimeError(f"{name} did not start; see {self.log}")
        self.port = int(json.loads(first)["listening"].rsplit(":", 1)[1])

    def runs(self):
        return self.process.poll() is None

    def end(self):
        """Its exit code, or none where it had to be killed."""
        if self.runs():
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            print(f"{self.name} did not end on SIGTERM within 60 s", file=sys.stderr)
            return None
        finally:
            self.process.stdout.close()
