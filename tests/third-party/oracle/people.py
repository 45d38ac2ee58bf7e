"""Users and roles by their definitions: who is an administrator, whose credentials lie unused."""

from __future__ import annotations

from datetime import datetime, timedelta

from oracle import patterns
from oracle.reads import Reads

ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess"
IDENTITY_CENTER = "/aws-reserved/sso.amazonaws.com/"


class People:
    """Who is in the account, at one moment."""

    def __init__(self, reads: Reads, now: datetime) -> None:
        self.reads, self.now = reads, now
        self.own_key = reads.aws._credentials.access_key

    @staticmethod
    def moment(text: str) -> datetime | None:
        """A time as AWS writes it; none for N/A, no_information and not_supported."""
        return datetime.fromisoformat(text.replace("Z", "+00:00")) if text[:1].isdigit() else None

    def is_within(self, at: datetime | None, days: int) -> bool:
        return at is not None and self.now - at < timedelta(days=days)

    # Administrators

    def groups(self, user: dict) -> list[dict]:
        return [self.reads.groups[name] for name in user["GroupList"]]

    def is_free(self, user: dict) -> bool:
        """Neither a boundary nor a denial takes away what an administrator has."""
        boundary = user.get("PermissionsBoundary", {}).get("PermissionsBoundaryArn")
        return boundary in (None, ADMINISTRATOR) and not any(map(patterns.denies_everything, self.inline(user)))

    def inline(self, user: dict) -> list[dict]:
        of_groups = [policy for group in self.groups(user) for policy in group["GroupPolicyList"]]
        return [policy["PolicyDocument"] for policy in user.get("UserPolicyList", []) + of_groups]

    def carries(self, holder: dict, arn: str = ADMINISTRATOR) -> bool:
        return any(policy["PolicyArn"] == arn for policy in holder["AttachedManagedPolicies"])

    def holders(self) -> list[tuple[dict, str]]:
        """Users, groups and roles, each with its kind; not the roles that only AWS can change."""
        own = [role for role in self.reads.roles if not role["Path"].startswith(("/aws-service-role/", "/aws-reserved/"))]
        kinds = {"User": self.reads.users, "Group": self.reads.groups.values(), "Role": own}
        return [(holder, kind) for kind, holders in kinds.items() for holder in holders]

    def administrators_with_password(self) -> list[dict]:
        """Those that a group makes administrators and who can sign in to the console."""
        able = [user for user in self.reads.users if self.is_free(user) and any(map(self.carries, self.groups(user)))]
        return [user for user in able if self.reads.has_password(user["UserName"])]

    def all_powerful(self) -> list[dict]:
        """Whoever may do everything, by any path."""
        return [user for user in self.reads.users if self.is_free(user) and self.may_everything(user)]

    def may_everything(self, user: dict) -> bool:
        by_policy = any(map(self.carries, [user, *self.groups(user)]))
        return by_policy or any(map(patterns.gives_everything, self.inline(user)))

    def has_permission_set(self) -> bool:
        """A role of Identity Center with AdministratorAccess that AWS has seen used: it looks back 400 days."""
        for role in self.reads.roles:
            used = role.get("RoleLastUsed", {}).get("LastUsedDate")
            if role["Path"].startswith(IDENTITY_CENTER) and self.carries(role) and self.is_within(used, 400):
                return True
        return False

    # Rows of the credential report

    def keys(self, row: dict) -> list[tuple[datetime, datetime | None]]:
        """When each active key was made and last used."""
        active = [n for n in (1, 2) if row[f"access_key_{n}_active"] == "true"]
        return [(self.moment(row[f"access_key_{n}_last_rotated"]), self.moment(row[f"access_key_{n}_last_used_date"])) for n in active]

    def lacks_mfa(self, row: dict) -> bool:
        return row["password_enabled"] == "true" and row["mfa_active"] == "false"

    def lies_unused(self, row: dict) -> bool:
        """CIS: 45 days or more. What was never used counts from when it was made."""
        dates = [used or made for made, used in self.keys(row)]
        if row["password_enabled"] == "true":
            dates.append(self.moment(row["password_last_used"]) or self.moment(row["password_last_changed"]))
        return not all(self.is_within(date, 45) for date in dates)

    def has_old_key(self, row: dict) -> bool:
        return any(self.now - made > timedelta(days=90) for made, _ in self.keys(row))

    def has_two_keys(self, row: dict) -> bool:
        return len(self.keys(row)) == 2

    def has_key_from_set_up(self, row: dict) -> bool:
        """CIS and Prowler: any active key of a console user that was never used."""
        return row["password_enabled"] == "true" and None in [used for _, used in self.keys(row)]
