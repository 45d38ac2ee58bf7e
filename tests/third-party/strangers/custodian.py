"""Cloud Custodian: filters on users and on the account find whom and what our own controls find."""

from __future__ import annotations

import json

from ledger import Ledger
from strangers.tools import installed, work

POLICIES = {
    "direct-administrators": ("aws.iam-user", {"type": "policy", "key": "PolicyName", "value": "IAMFullAccess"}),
    "without-mfa": ("aws.iam-user", {"and": [{"type": "credential", "key": "password_enabled", "value": True}, {"type": "credential", "key": "mfa_active", "value": False}]}),
    "unused-keys": ("aws.iam-user", {"type": "access-key", "key": "Status", "value": "Active"}),
    "with-inline": ("aws.iam-user", {"type": "has-inline-policy", "value": True}),
    "root-without-mfa": ("aws.account", {"type": "iam-summary", "key": "AccountMFAEnabled", "value": 0}),
    "short-passwords": ("aws.account", {"type": "password-policy", "key": "MinimumPasswordLength", "value": 14, "op": "lt"}),
    "no-trail": ("aws.account", {"type": "check-cloudtrail", "multi-region": True, "running": True}),
}  # fmt: skip
FOUND = {
    "direct-administrators": {"consultant-2019"},
    "without-mfa": {"gustavo", "olga", "sam", "consultant-2019"},
    "unused-keys": {"maria", "gustavo", "wei", "olga", "consultant-2019", "build-server"},
    "with-inline": {"build-server"},
    "root-without-mfa": {"456789012345"},
    "short-passwords": {"456789012345"},
    "no-trail": {"456789012345"},
}


def run(binary: str, ledger: Ledger) -> None:
    """One file of policies on the inherited account."""
    tool = installed("custodian") / "custodian"
    with work(binary, "inherited") as at:
        policies = [{"name": name, "resource": of, "filters": [filter]} for name, (of, filter) in POLICIES.items()]
        # JSON is YAML.
        (at.folder / "policies.yml").write_text(json.dumps({"policies": policies}))
        ended = at.run(tool, "run", "-s", "out", "--region", "us-east-1", "policies.yml")
        ledger.holds("Cloud Custodian runs all its policies", ended.returncode == 0, ended.stderr[-2000:])
        files = {name: json.loads((at.folder / "out" / name / "resources.json").read_text()) for name in POLICIES}
        refused = at.served.refusals() - {"iam:GetCredentialReport ReportNotPresent"}
    ledger.equal("Cloud Custodian was refused nothing", refused, set())
    names = lambda one: one.get("UserName") or one.get("account_id")  # noqa: E731
    ledger.equal("Cloud Custodian finds them", {name: set(map(names, found)) for name, found in files.items()}, FOUND)
