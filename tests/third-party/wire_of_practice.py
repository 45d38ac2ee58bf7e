"""Every raw answer of the practice account against botocore's models, judged by validate_wire.py."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from ledger import Ledger
from served import Served

VALIDATOR = Path(__file__).with_name("validate_wire.py")
SERVICES = "iam,sts,account,cloudtrail"
# Calls that the validator makes and the practice account does not offer. Whatever else is not there is a finding; what is
# on this list and offered all the same is judged like any other.
NOT_OFFERED = {"AssumeRoot"}
LEAST = 100  # answers that are judged, at the least: else it was not the whole


def run(binary: str, ledger: Ledger) -> None:
    """No findings, signed with root's own key."""
    with ledger.story("the validation of the wire"):
        with Served(binary, "fresh") as served:
            keys = served.keys("root")
            command = [sys.executable, str(VALIDATOR), served.url, "--root", "--mfa-codes", "--auth", "--unsupported-ok"]
            command += ["--services", SERVICES, "--access-key", keys.id, "--secret", keys.secret]
            ended = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=300)
        lines = ended.stdout.splitlines()
        findings = [line for line in lines if line.startswith("FAIL")]
        ledger.equal("the validator has no findings", (findings, ended.returncode), ([], 0))
        absent = {name for line in lines for name in re.findall(r"^note \w+:(\w+).*: not implemented by the endpoint", line)}
        ledger.equal("no call is absent but those on the list", absent - NOT_OFFERED, set())
        passed = int(lines[-1].split()[0]) if lines else 0
        ledger.holds(f"the validator judged {passed} answers", passed >= LEAST, ended.stdout + ended.stderr)
