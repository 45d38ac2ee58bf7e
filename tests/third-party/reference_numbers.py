"""The numbers of the CIS benchmark and the names of Prowler's checks, held to the compliance files that Prowler publishes."""

from __future__ import annotations

import importlib.util
import json
import subprocess
from pathlib import Path

from ledger import Ledger

NAME = "reference numbers are Prowler's"
VERSIONS = ("5.0", "6.0", "7.0")


def run(binary: str, ledger: Ledger) -> None:
    """Holds the references of every control and of every rule to Prowler's files, both ways."""
    folder = _prowler()
    if folder is None:
        ledger.not_run(NAME, "prowler is not installed; `run` installs it without what it depends on, as data")
        return
    with ledger.story(NAME):
        controls = _controls(binary)
        checks = _checks(folder)
        named = {check for control in controls for check in control["references"]["prowler"]}
        ledger.equal("every Prowler check that is named exists", sorted(named - checks), [])
        for version in VERSIONS:
            wrong = _differences(controls, _requirements(folder, version), version)
            ledger.equal(f"CIS {version} numbers are those of Prowler's file, none wrong and none missing", wrong, [])
        _shown_to_refuse(ledger, controls, _requirements(folder, "5.0"))


def _prowler() -> Path | None:
    """Its folder. It is not imported: what it depends on is not there."""
    found = importlib.util.find_spec("prowler")
    return Path(next(iter(found.submodule_search_locations))) if found and found.submodule_search_locations else None


def _controls(binary: str) -> list[dict]:
    report = subprocess.run(
        [binary, "check", "--practice", "fresh", "--format", "json"], capture_output=True, text=True, check=False
    )
    checks = json.loads(report.stdout)["checks"]
    return checks + [rule for check in checks for rule in check.get("rules", [])]


def _checks(folder: Path) -> set[str]:
    """The names of all its checks of AWS."""
    return {file.name.removesuffix(".metadata.json") for file in (folder / "providers/aws").rglob("*.metadata.json")}


def _requirements(folder: Path, version: str) -> dict[str, set[str]]:
    """The checks of each recommendation."""
    text = (folder / f"compliance/aws/cis_{version}_aws.json").read_text(encoding="utf-8")
    return {one["Id"]: set(one["Checks"]) for one in json.loads(text)["Requirements"]}


def _numbers(control: dict, version: str) -> set[str]:
    numbers = control["references"]["cis"].get(version, [])
    numbers = numbers.split(", ") if isinstance(numbers, str) else numbers
    return set(numbers)


def _differences(controls: list[dict], requirements: dict[str, set[str]], version: str) -> list[str]:
    """What a control names although Prowler maps none of its checks to it, and what it does not name although it does."""
    wrong = []
    for control in controls:
        own = set(control["references"]["prowler"])
        said = _numbers(control, version)
        meant = {number for number, checks in requirements.items() if own & checks}
        if said != meant:
            wrong.append(f"{control['id']}: {sorted(said)} instead of {sorted(meant)}")
    return wrong


def _shown_to_refuse(ledger: Ledger, controls: list[dict], requirements: dict[str, set[str]]) -> None:
    """The judge is one: a number that is off by one is found."""
    broken = json.loads(json.dumps(controls))
    mfa = next(control for control in broken if control["id"] == "root-mfa")
    mfa["references"]["cis"]["5.0"] = ["1.3"]
    wrong = _differences(broken, requirements, "5.0")
    ledger.holds("a wrong number would be found", any(line.startswith("root-mfa") for line in wrong), repr(wrong))
