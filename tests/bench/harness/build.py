"""Builds and installs every contestant into one directory that git ignores.

Whatever is missing ends the run with a sentence: a table without one of its contestants would
look like a comparison and be none.
"""

import json
import os
import platform
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

BENCH = Path(__file__).resolve().parent.parent
ROOT = BENCH.parent.parent
JWT_CLI = "6.2.0"
NPM_FILES = [
    "package.json", "package-lock.json", ".npmrc", "evaluator.mjs", "verify.mjs", "emulator.mjs",
]
# These packages depend on ours and follow its lock file.
FOLLOWERS = ["flags", "tokens"]
# Lowest version of Node.js that WorkOS's SDK accepts.
NODE = (22, 11)
SAME_CRATES = ["clap", "rusqlite", "libsqlite3-sys"]


def output(*command, cwd=None, settings=None):
    """Runs a command and returns what it printed; ends the run when it fails or is missing."""
    if shutil.which(command[0]) is None:
        raise SystemExit(f"bench: `{command[0]}` is needed and not installed")
    env = os.environ | (settings or {})
    done = subprocess.run(command, check=False, cwd=cwd, env=env, stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        raise SystemExit(f"bench: `{' '.join(map(str, command))}` failed ({done.returncode})")
    return done.stdout.strip()


def cargo(directory, package, program, target="cargo", settings=None):
    """Builds one package as users would get it and returns its program's path."""
    target = directory / target
    # `--locked` for what is ours alone; the packages that follow the root follow its lock file.
    follows = package.parent == BENCH and package.name in FOLLOWERS
    locked = [] if follows else ["--locked"]
    command = ["nice", "cargo", "build", "--release", "--quiet", *locked]
    command += ["--bin", program, "--target-dir", str(target)]
    output(*command, cwd=package, settings=settings)
    return target / "release" / program


def jwt_cli(directory):
    """Installs jwt-cli, once, and returns its path."""
    program = directory / "jwt" / "bin" / "jwt"
    if not program.exists():
        where = ["--root", str(directory / "jwt"), "--target-dir", str(directory / "cargo")]
        what = ["jwt-cli", "--version", JWT_CLI, "--locked"]
        output("nice", "cargo", "install", "--quiet", *what, *where)
    if output(str(program), "--version") != f"jwt {JWT_CLI}":
        raise SystemExit(f"bench: {program} is not jwt-cli {JWT_CLI}: remove it and run again")
    return program


def npm(directory):
    """Installs the packages as locked; returns their directory and a Node.js that runs them."""
    home = directory / "npm"
    home.mkdir(parents=True, exist_ok=True)
    installed = home / "installed-lock.json"
    lock = (BENCH / "npm" / "package-lock.json").read_text()
    for name in NPM_FILES:
        shutil.copyfile(BENCH / "npm" / name, home / name)
    if not installed.exists() or installed.read_text() != lock:
        options = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        output("nice", "npm", "ci", *options, cwd=home)
        installed.write_text(lock)
    return home, node(home / "node_modules")


def node(modules):
    """The Node.js from the lock file where it exists for this machine, else the installed one."""
    machine = {"x86_64": "x64", "aarch64": "arm64"}.get(platform.machine())
    bundled = modules / f"node-linux-{machine}" / "bin" / "node"
    found = str(bundled) if bundled.exists() else "node"
    version = output(found, "--version").removeprefix("v")
    if tuple(map(int, version.split(".")[:2])) < NODE:
        raise SystemExit(f"bench: Node.js {version} is too old for WorkOS's SDK")
    return found


def python(directory):
    """A virtual environment with PyJWT as pinned; returns its Python."""
    home = directory / "python"
    installed = home / "installed.txt"
    wanted = (BENCH / "python" / "requirements.txt").read_text()
    if not installed.exists() or installed.read_text() != wanted:
        output(sys.executable, "-m", "venv", "--clear", str(home))
        what = ["--no-deps", "--requirement", str(BENCH / "python" / "requirements.txt")]
        output(str(home / "bin" / "pip"), "install", "--quiet", *what)
        installed.write_text(wanted)
    return home / "bin" / "python"


def require_same_ground():
    """`bare` says what `flags` costs only while both stand on the same crates and profile."""
    ours, bare = manifest(ROOT), manifest(BENCH / "bare")
    if profile(ours) != profile(bare):
        raise SystemExit("bench: tests/bench/bare/Cargo.toml lacks the root's release profile")
    for name, wanted in bare["dependencies"].items():
        if ours["dependencies"].get(name) != wanted:
            raise SystemExit(f"bench: tests/bench/bare/Cargo.toml: `{name}` is not as in the root")
    for name in SAME_CRATES:
        if locked(ROOT, name) != locked(BENCH / "bare", name):
            raise SystemExit(f"bench: tests/bench/bare/Cargo.lock: `{name}` is not as in the root")


def manifest(package):
    return tomllib.loads((package / "Cargo.toml").read_text())


def profile(of):
    return of.get("profile", {}).get("release", {})


def locked(package, crate):
    """The version of a crate in a package's lock file."""
    lock = tomllib.loads((package / "Cargo.lock").read_text())
    versions = [entry["version"] for entry in lock["package"] if entry["name"] == crate]
    return versions[0] if len(versions) == 1 else None


def npm_version(home, package):
    return json.loads((home / "node_modules" / package / "package.json").read_text())["version"]


def clean_environment(directory):
    """What every measured process gets: nothing of the caller's settings, a home of its own."""
    home = directory / "home"
    home.mkdir(parents=True, exist_ok=True)
    return {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": str(home)}
