"""cloudsplaining: what GetAccountAuthorizationDetails says is enough for it to find what is too wide."""

from __future__ import annotations

import json

from ledger import Ledger
from strangers.tools import installed, work


def run(binary: str, ledger: Ledger) -> None:
    """Downloads the inherited account and judges its policies."""
    tool = installed("cloudsplaining") / "cloudsplaining"
    with work(binary, "inherited") as at:
        ended = [at.run(tool, "download", "-o", "."), at.run(tool, "scan", "--input-file", "default.json", "-o", ".", "--skip-open-report")]
        ledger.equal("cloudsplaining downloads and scans", [one.returncode for one in ended], [0, 0])
        ledger.equal("cloudsplaining was refused nothing", at.served.refusals(), set())
        details = json.loads((at.folder / "default.json").read_text())
        found = json.loads(next(at.folder.glob("iam-results-*.json")).read_text())
    # It leaves out what nobody carries, and expects administrators to be administrators.
    judged = {policy["PolicyName"]: policy for policy in found["aws_managed_policies"].values()}
    wide = {name for name, policy in judged.items() if policy["PrivilegeEscalation"]["findings"]}
    ledger.equal("cloudsplaining finds the policies by which one can gain more", wide, {"PowerUserAccess", "IAMFullAccess"})
    ledger.equal("cloudsplaining reads all that are attached but AdministratorAccess, of which it knows", set(judged), {*wide, "SecurityAudit"})
    users = {user["name"] for user in found["users"].values()}
    ledger.equal("cloudsplaining sees every user", users, {user["UserName"] for user in details["UserDetailList"]})
