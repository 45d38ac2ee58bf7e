"""Every raw answer of the practice account against botocore's models, judged by validate_wire.py."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from ledger import Ledger
from served import Served

VALIDATOR = Path(__file__).with_name("validate_wire.py")
WATCHERS = "guardduty,securityhub,accessanalyzer,events,logs,cloudwatch,sns"
SERVICES = f"iam,sts,account,cloudtrail,{WATCHERS}"
# Calls that the validator makes and the practice account does not offer. Whatever else is not there is a finding; what is
# on this list and offered all the same is judged like any other.
NOT_OFFERED = {"AssumeRoot"}
LEAST = 100  # of the first account, answers that are judged, at the least: else it was not the whole


def run(binary: str, ledger: Ledger) -> None:
    """No findings: signed with root's own key where nothing is on, and by a session where everything is."""
    whole = ["--root", "--mfa-codes", "--auth", "--unsupported-ok", "--services", SERVICES]
    validate(binary, ledger, "fresh", whole, LEAST)
    validate(binary, ledger, "hardened", ["--root", "--unsupported-ok", "--services", f"sts,cloudtrail,{WATCHERS}"], 12)


def validate(binary: str, ledger: Ledger, scenario: str, options: list[str], least: int) -> None:
    """Drives one scenario and judges what it answers."""
    with ledger.story(f"the validation of the wire of {scenario}"):
        with Served(binary, scenario) as served:
            keys = served.keys("root")
            command = [sys.executable, str(VALIDATOR), served.url, *options, "--access-key", keys.id, "--secret", keys.secret]
            command += ["--token", keys.token] if keys.token else []
            ended = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=300)
        lines = ended.stdout.splitlines()
        findings = [line for line in lines if line.startswith("FAIL")]
        ledger.equal(f"the validator has no findings on {scenario}", (findings, ended.returncode), ([], 0))
        absent = {name for line in lines for name in re.findall(r"^note \w+:(\w+).*: not implemented by the endpoint", line)}
        ledger.equal("no call is absent but those on the list", absent - NOT_OFFERED, set())
        passed = int(lines[-1].split()[0]) if lines else 0
        ledger.holds(f"the validator judged {passed} answers", passed >= least, ended.stdout + ended.stderr)
