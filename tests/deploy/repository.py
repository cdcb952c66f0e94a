"""Where things are in the repository, and how its programs are called."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"


def program(name: str) -> str:
    """The path of a program: beside this Python, in LATCHLINE_TEST_PROGRAMS, or installed."""
    places = [str(Path(sys.executable).parent), os.environ.get("LATCHLINE_TEST_PROGRAMS", "")]
    found = shutil.which(name, path=os.pathsep.join([*places, os.environ["PATH"], "/usr/sbin", "/sbin"]))
    if found is None:
        raise AssertionError(f"{name} is missing; tests/run deploy brings it")
    return found


def run(*command: str | Path, **options) -> subprocess.CompletedProcess:
    """Runs a program to its end and keeps what it said, both streams together."""
    options.setdefault("timeout", 60)
    return subprocess.run(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, **options,
    )


def manifest(path: str = "Cargo.toml") -> dict:
    """A TOML file of the repository."""
    return tomllib.loads((ROOT / path).read_text())
