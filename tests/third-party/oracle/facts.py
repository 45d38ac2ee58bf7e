"""The facts of the JSON report against what boto3 reads: the account, the caller, and the table of users."""

from __future__ import annotations

from oracle.definitions import Definitions
from oracle.reads import Denied, Reads

FINDINGS = {
    "console-users-mfa": "lacks_mfa",
    "unused-credentials": "lies_unused",
    "key-age": "has_old_key",
    "two-active-keys": "has_two_keys",
    "set-up-key-never-used": "has_key_from_set_up",
}
IN_ANY_ORDER = ("groups", "attached_policies", "inline_policies", "findings")


def differences(report: dict, reads: Reads, definitions: Definitions) -> tuple[int, list[str]]:
    """How many facts were compared, and those that are not the same."""
    wanted = {("caller", "arn"): reads.caller["Arn"], ("account", "id"): reads.caller["Account"], ("account", "partition"): "aws"}
    wanted["caller", "kind"] = "root" if reads.is_root else "iam-user"
    try:
        wanted["account", "alias"] = reads.aliases[0] if reads.aliases else None
    except Denied:
        wanted["account", "alias"] = None
    seen = {(part, name): report[part][name] for part, name in wanted}
    try:
        listed = {user["UserName"]: user for user in reads.users}
    except Denied:
        listed = None
    try:
        rows = {row["user"]: user_of(row, listed, definitions) for row in reads.report}
    except Denied:
        rows = {}
    for user in report["users"]:
        row = rows.pop(user["name"], None)
        if row is None:
            seen["user", user["name"]] = "in the table" if reads_report(reads) else None
            wanted["user", user["name"]] = None
            continue
        for name, value in row.items():
            own = user[name]
            if name == "findings":
                own = [id for id in own if id in FINDINGS]
            if name in IN_ANY_ORDER:
                own = sorted(own)
            seen[user["name"], name], wanted[user["name"], name] = own, value
    for name in rows:
        seen[name, "row"], wanted[name, "row"] = None, "in the table"
    wrong = [f"{' '.join(where)}: {seen[where]!r} instead of {wanted[where]!r}" for where in wanted if seen[where] != wanted[where]]
    return len(wanted), wrong


def reads_report(reads: Reads) -> bool:
    try:
        return bool(reads.report)
    except Denied:
        return False


def told(text: str) -> object:
    return {"true": True, "false": False}.get(text, text.replace("+00:00", "Z") if text[:1].isdigit() else text)


def user_of(row: dict, listed: dict | None, definitions: Definitions) -> dict:
    """A row of the table as the report's definition says it must be."""
    wanted: dict = {"arn": row["arn"], "created": told(row["user_creation_time"]), "mfa": told(row["mfa_active"])}
    wanted |= {"password": told(row["password_enabled"]), "password_last_used": told(row["password_last_used"])}
    keys = [n for n in (1, 2) if row[f"access_key_{n}_last_rotated"] != "N/A"]
    wanted["keys"] = [
        {
            "number": n,
            "active": told(row[f"access_key_{n}_active"]),
            "made": told(row[f"access_key_{n}_last_rotated"]),
            "last_used": told(row[f"access_key_{n}_last_used_date"]),
            "last_used_service": told(row[f"access_key_{n}_last_used_service"]),
            "last_used_region": told(row[f"access_key_{n}_last_used_region"]),
        }
        for n in keys
    ]
    if user := (listed or {}).get(row["user"]):
        wanted["groups"] = sorted(user["GroupList"])
        wanted["attached_policies"] = sorted(policy["PolicyArn"] for policy in user["AttachedManagedPolicies"])
        wanted["inline_policies"] = sorted(policy["PolicyName"] for policy in user.get("UserPolicyList", []))
    if row["user"] != "<root_account>":
        people = definitions.people
        wanted["findings"] = sorted(id for id, broken in FINDINGS.items() if getattr(people, broken)(row))
    return wanted
