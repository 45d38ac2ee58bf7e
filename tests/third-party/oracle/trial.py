"""One random account: served, checked by the program, read by boto3, and judged by the definitions."""

from __future__ import annotations

import json
import subprocess
import tempfile
import traceback
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from oracle.definitions import Definitions
from oracle.facts import differences
from oracle.reads import Hands, Reads
from oracle.scenarios import scenario
from served import Served
from terminal import bare_environment

OWN = "lockroot"  # as the check's user agent begins


@dataclass
class Trial:
    """What came of one account."""

    seed: int
    verdicts: int = 0
    facts: int = 0
    seen: set[str] = field(default_factory=set)  # control and verdict
    unjudged: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)


HANDS: list[Hands] = []  # one for each process: clients are slow to make


def run(binary: str, seed: int) -> Trial:
    """Judges the account of that number; what broke is wrong too."""
    trial = Trial(seed)
    try:
        play(trial, binary)
    except Exception:
        trial.wrong.append(traceback.format_exc())
    return trial


def play(trial: Trial, binary: str) -> None:
    """Serves, checks, reads and judges."""
    text, reader = scenario(trial.seed)
    with tempfile.TemporaryDirectory(prefix="lockroot-oracle-") as folder:
        file, output = Path(folder, "account.toml"), Path(folder, "report.json")
        file.write_text(text)
        with Served(binary, "--scenario", str(file)) as served:
            keys = served.keys(reader)
            environment = bare_environment(folder) | keys.environment()
            command = [binary, "check", "--endpoint-url", served.url, "--users", "--quiet", "-o", str(output)]
            begun = datetime.now(UTC)
            ended = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120)
            now = datetime.now(UTC)
            if not output.exists():
                trial.wrong.append(f"exit {ended.returncode}, no report: {ended.stderr}")
                return
            HANDS or HANDS.append(Hands())
            HANDS[0].take(served.url, keys)
            judge(trial, json.loads(output.read_text()), ended.returncode, Reads(HANDS[0]), (begun, now))


def judge(trial: Trial, report: dict, code: int, reads: Reads, span: tuple[datetime, datetime]) -> None:
    """Verdicts, exit code and facts. Where the definition changes its mind while the check runs, both are right."""
    reads.look_back()
    early, late = (Definitions(reads, moment, OWN) for moment in span)
    for check in report["checks"] + [rule for check in report["checks"] for rule in check.get("rules", [])]:
        if not early.knows(check["id"]):
            trial.unjudged.add(check["id"])
            continue
        wanted = {early.verdict(check["id"]), late.verdict(check["id"])}
        trial.verdicts += 1
        trial.seen.add(f"{check['id']} {check['verdict']}")
        if check["verdict"] not in wanted:
            trial.wrong.append(f"{check['id']}: {check['verdict']}, by definition {' or '.join(wanted)}: {check['why']}")
    verdicts = {check["verdict"] for check in report["checks"]}
    wanted = 1 if "fail" in verdicts else 3 if "unknown" in verdicts else 0
    if code != wanted:
        trial.wrong.append(f"exit code {code} instead of {wanted}")
    number, wrong = differences(report, reads, late)
    trial.facts += number
    trial.wrong += wrong
