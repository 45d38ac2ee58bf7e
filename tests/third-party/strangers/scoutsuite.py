"""ScoutSuite: its rules for IAM beside ours, on every built-in account that root reads."""

from __future__ import annotations

import json
from pathlib import Path

from ledger import Ledger
from strangers.tools import Why, beside, installed, work

# Our control, and ScoutSuite's rule about the same thing.
SHARED = {
    "root-access-keys": "iam-root-account-with-active-keys",
    "root-mfa": "iam-root-account-no-mfa",
    "root-hardware-mfa": "iam-root-account-no-hardware-mfa",
    "root-signing-certificates": "iam-root-account-with-active-certs",
    "password-policy-length": "iam-password-policy-minimum-length",
    "password-policy-reuse": "iam-password-policy-reuse-enabled",
    "password-policy-expiry": "iam-password-policy-no-expiration",
    "console-users-mfa": "iam-user-without-mfa",
    "two-active-keys": "iam-user-with-multiple-access-keys",
    "key-age": "iam-user-no-Active-key-rotation",
    "unused-credentials": "iam-unused-credentials-not-disabled",
    "full-admin-policies": "iam-managed-policy-allows-full-privileges",
}
SCENARIOS = ("fresh", "hardened", "inherited", "leaky-startup")
WHY: Why = (
    ("password-policy-expiry", "not-applicable", "*", "applies here only where an expiry is asked for: docs/check.md"),
    ("full-admin-policies", "pass", "fail", "AWS's own AdministratorAccess counts there; IAM.1 and CIS are about customer managed policies"),
    ("root-hardware-mfa", "pass", "fail", "a second, virtual device does no harm here: docs/check.md"),
    ("full-admin-policies", "pass", "not-applicable", "where there is no policy none is too wide: a pass here"),
    ("key-age", "pass", "not-applicable", "where no user has a key none is too old: a pass here"),
    ("unused-credentials", "not-applicable", "pass", "root's row counts there; CIS asks it of IAM users"),
)


def run(binary: str, ledger: Ledger) -> None:
    """The table is left in target/strangers/scoutsuite.md."""
    folder = installed("scoutsuite")
    verdicts = {}
    for scenario in SCENARIOS:
        with work(binary, scenario) as at:
            ended = at.run(folder / "python", folder / "scout", "aws", "--services", "iam", "--no-browser", "--report-dir", "out", "--max-workers", "4")
            files = list(at.folder.glob("out/scoutsuite-results/scoutsuite_results_*.js"))
            ledger.holds(f"ScoutSuite judges {scenario}", ended.returncode == 0 and len(files) == 1, ended.stdout[-1000:] + ended.stderr[-2000:])
            ledger.equal(f"ScoutSuite was refused nothing on {scenario}", at.served.refusals() - EXPECTED, set())
            ours, theirs = at.verdicts(binary), found(files[0]) if files else {}
        verdicts |= {(scenario, control): (ours[control], theirs.get(rule, "none")) for control, rule in SHARED.items()}
    beside(ledger, "ScoutSuite", verdicts, WHY)


# That something is not there is an answer.
EXPECTED = {"iam:GetLoginProfile NoSuchEntity", "iam:GetAccountPasswordPolicy NoSuchEntity", "iam:GetCredentialReport ReportNotPresent"}


def found(file: Path) -> dict[str, str]:
    """What each rule came to. Where there is nothing to look at it is not about this account."""
    text = file.read_text()
    findings = json.loads(text[text.index("{") :])["services"]["iam"]["findings"]
    word = lambda one: "fail" if one["flagged_items"] else "pass" if one["checked_items"] else "not-applicable"  # noqa: E731
    return {rule: word(one) for rule, one in findings.items()}
