"""Each program in a virtual environment of its own, installed once for every change of its requirement, and its start."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from served import Served
from terminal import bare_environment

HERE = Path(__file__).parent
VENVS = HERE.parents[2] / "target" / "strangers"
PATIENCE = 600


class Absent(Exception):
    """It can't be had here, and why."""


def installed(name: str) -> Path:
    """The folder with its commands."""
    wanted, venv = HERE / f"{name}.txt", VENVS / name
    mark = venv / "requirement.txt"
    if not (mark.exists() and mark.read_text() == wanted.read_text()):
        print(f"installing {wanted.read_text().split()[0]} into {venv}", flush=True)
        for command in (
            [sys.executable, "-m", "venv", "--clear", "--without-pip", str(venv)],
            [sys.executable, "-m", "pip", "--python", str(venv / "bin/python"), "install", "--quiet",
             "--disable-pip-version-check", "--requirement", str(wanted)],
        ):  # fmt: skip
            ended = subprocess.run(pip(command), stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=PATIENCE)
            if ended.returncode:
                raise Absent(f"it can't be installed: {(ended.stderr.strip().splitlines() or ['no word'])[-1]}")
        mark.write_text(wanted.read_text())
    return venv / "bin"


def pip(command: list[str]) -> list[str]:
    """The checks' own environment has no pip; the Python that it was made with has."""
    base = str(Path(sys.base_prefix, "bin", "python3"))
    return [base if part == sys.executable else part for part in command]


class Work:
    """A served account, a folder, and what a program did there."""

    def __init__(self, served: Served, folder: str, who: str) -> None:
        self.served, self.folder, self._keys = served, Path(folder), served.keys(who)

    def run(self, *command: str | Path) -> subprocess.CompletedProcess[str]:
        """Lets it work on the account and nothing else."""
        environment = bare_environment(str(self.folder)) | self._keys.environment()
        environment |= {"AWS_ENDPOINT_URL": self.served.url, "AWS_DEFAULT_REGION": "us-east-1", "PATH": os.environ["PATH"]}
        environment |= {"AWS_EC2_METADATA_DISABLED": "true", "NO_COLOR": "1", "PYTHONDONTWRITEBYTECODE": "1"}
        return subprocess.run(
            [str(part) for part in command], env=environment, cwd=self.folder,
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=PATIENCE,
        )  # fmt: skip

    def verdicts(self, binary: str) -> dict[str, str]:
        """Our own, by control."""
        report = self.folder / "lockroot.json"
        ended = self.run(binary, "check", "--endpoint-url", self.served.url, "--quiet", "-o", report)
        if not report.exists():
            raise AssertionError(ended.stderr)
        checks = json.loads(report.read_text())["checks"]
        rules = [rule for check in checks for rule in check.get("rules", [])]
        return {one["id"]: one["verdict"] for one in checks + rules}


@contextmanager
def work(binary: str, scenario: str, who: str = "root") -> Iterator[Work]:
    """A scenario, with the credentials of somebody in it."""
    with tempfile.TemporaryDirectory(prefix="lockroot-stranger-") as folder, Served(binary, scenario) as served:
        yield Work(served, folder, who)
