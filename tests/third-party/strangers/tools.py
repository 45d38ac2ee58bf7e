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

from ledger import Ledger
from served import Served
from terminal import bare_environment

HERE = Path(__file__).parent
VENVS = HERE.parents[2] / "target" / "strangers"
PATIENCE = 600


class Absent(Exception):
    """It can't be had here, and why."""


def installed(name: str) -> Path:
    """The folder with its commands."""
    wanted, alone, venv = HERE / f"{name}.txt", HERE / f"{name}.alone.txt", VENVS / name
    mark = venv / "requirement.txt"
    if not (mark.exists() and mark.read_text() == wanted.read_text()):
        print(f"installing {wanted.read_text().split()[0]} into {venv}", flush=True)
        for command in (
            [sys.executable, "-m", "venv", "--clear", "--without-pip", str(venv)],
            [sys.executable, "-m", "pip", "--python", str(venv / "bin/python"), "install", "--quiet",
             "--disable-pip-version-check", "--requirement", str(wanted)],
            # What asks for other clouds' libraries is installed without them.
            *([[sys.executable, "-m", "pip", "--python", str(venv / "bin/python"), "install", "--quiet", "--no-deps",
                "--disable-pip-version-check", "--requirement", str(alone)]] if alone.exists() else []),
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


Verdicts = dict[tuple[str, str], tuple[str, str]]  # by account and control: ours, theirs
Why = tuple[tuple[str, str, str, str], ...]  # a control, our verdict, theirs, and why they differ; "*" is any


def beside(ledger: Ledger, who: str, verdicts: Verdicts, reasons: Why) -> None:
    """Leaves both in a table under target/strangers; each difference must have a published reason."""

    def why(control: str, both: tuple[str, str]) -> str:
        fits = lambda pattern: all(one in (word, "*") for one, word in zip(pattern, (control, *both)))  # noqa: E731
        return next((reason for *pattern, reason in reasons if both[0] != both[1] and fits(pattern)), "")

    rows = [f"| {account} | {control} | {' | '.join(both)} | {why(control, both)} |" for (account, control), both in verdicts.items()]
    head = f"| Account | Control | lockroot | {who} | Why |\n|---|---|---|---|---|\n"
    (VENVS / f"{who.lower()}.md").write_text(head + "\n".join(rows) + "\n")
    unexplained = {where: both for where, both in verdicts.items() if both[0] != both[1] and not why(where[1], both)}
    ledger.equal(f"each difference from {who} is explained, in {len(rows)} verdicts", unexplained, {})


@contextmanager
def work(binary: str, scenario: str, who: str = "root") -> Iterator[Work]:
    """A scenario, with the credentials of somebody in it."""
    with tempfile.TemporaryDirectory(prefix="lockroot-stranger-") as folder, Served(binary, scenario) as served:
        yield Work(served, folder, who)
