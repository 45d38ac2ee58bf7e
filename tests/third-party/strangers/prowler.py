"""Prowler: its audit of IAM, contacts and trails beside ours, and why they differ where they do."""

from __future__ import annotations

import csv
from pathlib import Path

from ledger import Ledger
from strangers.tools import Why, beside, installed, work

# Our control, and Prowler's check of the same thing: docs/check.md, "References".
SHARED = {
    "root-access-keys": "iam_no_root_access_key",
    "root-mfa": "iam_root_mfa_enabled",
    "root-hardware-mfa": "iam_root_hardware_mfa_enabled",
    "administrator-mfa": "iam_administrator_access_with_mfa",
    "permissions-through-groups": "iam_policy_attached_only_to_group_or_roles",
    "console-users-mfa": "iam_user_mfa_enabled_console_access",
    "key-age": "iam_rotate_access_key_90_days",
    "two-active-keys": "iam_user_two_active_access_key",
    "set-up-key-never-used": "iam_user_no_setup_initial_access_key",
    "password-policy-length": "iam_password_policy_minimum_length_14",
    "password-policy-reuse": "iam_password_policy_reuse_24",
    "password-policy-uppercase": "iam_password_policy_uppercase",
    "password-policy-lowercase": "iam_password_policy_lowercase",
    "password-policy-symbol": "iam_password_policy_symbol",
    "password-policy-number": "iam_password_policy_number",
    "password-policy-expiry": "iam_password_policy_expires_passwords_within_90_days_or_less",
    "support-role": "iam_support_role_created",
    "full-admin-policies": "iam_customer_unattached_policy_no_administrative_privileges",
    "security-contact": "account_security_contact_information_is_registered",
    "primary-contact": "account_maintain_current_contact_details",
    "cloudtrail-on": "cloudtrail_multi_region_enabled",
}
# The built-in accounts, and who reads where it is not root.
SCENARIOS = ("fresh", "hardened", "inherited", "leaky-startup", "member")
READERS = {"member": "robin"}
# A control, our verdict, Prowler's, and why they differ.
WHY: Why = (
    ("password-policy-expiry", "not-applicable", "*", "applies here only where an expiry is asked for: docs/check.md"),
    ("security-contact", "*", "manual", "Prowler leaves contacts to a person; account:GetAlternateContact tells"),
    ("primary-contact", "*", "manual", "Prowler leaves contacts to a person; account:GetContactInformation tells"),
    ("root-hardware-mfa", "pass", "fail", "a second, virtual device does no harm here: docs/check.md"),
    ("support-role", "pass", "fail", "Prowler asks for a role; Security Hub's IAM.18 takes a group or a user too"),
    ("full-admin-policies", "pass", "none", "where there is no policy none is too wide: a pass here"),
    ("root-access-keys", "pass", "none", "Prowler says nothing of a root without credentials"),
    ("administrator-mfa", "fail", "none", "Prowler looks at members of groups with AdministratorAccess only, and there are none"),
    ("*", "not-applicable", "none", "there is nothing to look at"),
    ("key-age", "not-applicable", "pass", "there is no user; Prowler judges root's row of the credential report"),
    ("two-active-keys", "not-applicable", "pass", "there is no user; Prowler judges root's row of the credential report"),
    ("set-up-key-never-used", "not-applicable", "pass", "there is no user; Prowler judges root's row of the credential report"),
)


def run(binary: str, ledger: Ledger) -> None:
    """Every built-in account; the table is left in target/strangers/prowler.md."""
    tool = installed("prowler") / "prowler"
    verdicts = {}
    for scenario in SCENARIOS:
        ours, theirs = both(binary, ledger, tool, scenario)
        verdicts |= {(scenario, control): (ours[control], theirs[control]) for control in SHARED}
    beside(ledger, "Prowler", verdicts, WHY)


def both(binary: str, ledger: Ledger, tool: Path, scenario: str) -> tuple[dict[str, str], dict[str, str]]:
    """Our verdicts on an account, and Prowler's."""
    services = ("iam", "account", "cloudtrail")
    with work(binary, scenario, READERS.get(scenario, "root")) as at:
        ours = at.verdicts(binary)
        at.run(tool, "aws", "--services", *services, "--region", "us-east-1", "-M", "csv", "-o", ".", "-F", "out", "--no-banner")
        with (at.folder / "out.csv").open() as file:
            rows = list(csv.DictReader(file, delimiter=";"))
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(row["CHECK_ID"], set()).add(row["STATUS"])
    ledger.holds(f"Prowler comes to {len(rows)} findings on {scenario}", len(rows) > 20, str(len(rows)))
    return ours, {control: worst(found.get(check, set())) for control, check in SHARED.items()}


def worst(statuses: set[str]) -> str:
    """Of all that one check found."""
    return next((status.lower() for status in ("FAIL", "MANUAL", "PASS") if status in statuses), "none")
