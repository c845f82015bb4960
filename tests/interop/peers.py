"""Other people's programs, installed at pinned versions under the git-ignored target/interop."""

import hashlib
import os
import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]


class Peers:
    """The packages of one test: `node/package.json` and its lock file, `python/requirements.txt`."""

    def __init__(self, here):
        self.here = here
        self.name = here.name
        self.node = ROOT / "target" / "interop" / self.name / "node"
        self.python = ROOT / "target" / "interop" / self.name / "python"

    def fail(self, message):
        sys.exit(f"interop {self.name}: {message}")

    def call(self, command, **options):
        command = [str(part) for part in command]
        print("+", *command, flush=True)
        done = subprocess.run(command, **options)
        if done.returncode != 0:
            self.fail(f"`{command[0]}` ended with code {done.returncode}")
        return done

    def install(self):
        self.need_tools()
        self.installed(self.node, self.here / "node" / "package-lock.json", self.install_node)
        pins = self.here / "python" / "requirements.txt"
        if pins.is_file():
            self.installed(self.python, pins, self.install_python)
        for script in (self.here / "node").glob("*.mjs"):
            shutil.copy(script, self.node)

    def need_tools(self):
        if sys.version_info < (3, 10):
            self.fail(f"needs Python 3.10 or later, this is {sys.version.split()[0]}")
        for tool in ["cargo", "node", "npm"]:
            if shutil.which(tool) is None:
                self.fail(f"`{tool}` is missing")
        said = subprocess.run(["node", "--version"], capture_output=True, text=True).stdout.strip()
        if not said.startswith("v") or int(said[1:].split(".")[0]) < 20:
            self.fail(f"needs node 20 or later, this is {said or 'unreadable'}")

    @staticmethod
    def installed(place, pins, install):
        """Installs unless what is there came from the same pins and interpreter."""
        stamp = place / "stamp"
        want = hashlib.sha256(pins.read_bytes() + sys.version.encode()).hexdigest()
        if stamp.is_file() and stamp.read_text() == want:
            return
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        install(place, pins)
        stamp.write_text(want)

    def install_node(self, place, _pins):
        for name in ["package.json", "package-lock.json"]:
            shutil.copy(self.here / "node" / name, place)
        quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--engine-strict=false"]
        self.call(["npm", "ci", *quiet], cwd=place)

    def install_python(self, place, pins):
        # `--target` instead of a virtual environment: some systems ship Python without `ensurepip`.
        pip = [sys.executable, "-m", "pip"]
        if subprocess.run([*pip, "--version"], capture_output=True).returncode != 0:
            self.call([sys.executable, "-m", "venv", place / "venv"])
            pip = [place / "venv" / "bin" / "python", "-m", "pip"]
        quiet = {**os.environ, "PIP_ROOT_USER_ACTION": "ignore", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
        packages = ["--target", place / "packages", "-r", pins]
        self.call([*pip, "install", "--quiet", *packages], env=quiet)

    def python_environment(self):
        return {**os.environ, "PYTHONPATH": str(self.python / "packages")}
