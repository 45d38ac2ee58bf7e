"""Random accounts: practice scenarios as TOML, the same one for the same number."""

from __future__ import annotations

import json
import random

DAY = 86_400
# Seconds around a limit: enough that the check, which takes a moment, judges on the side that was meant.
NEAR = (-7200, -90, 90, 7200)
LIMITS = (1, 7, 45, 90, 365, 400)
ACCOUNT = "345678901234"
AWS_POLICIES = ("AdministratorAccess", "PowerUserAccess", "ReadOnlyAccess", "SecurityAudit", "IAMFullAccess", "AWSSupportAccess")
CLOUDSHELL = "AWSCloudShellFullAccess"
SERVICES = ("bedrock.amazonaws.com", "codecommit.amazonaws.com", "cassandra.amazonaws.com")
MANAGEMENT = {"Field": "eventCategory", "Equals": ["Management"]}
# What a trail records: classic selectors, and advanced ones.
RECORDED = (
    {}, {}, {}, {"management_events": "WriteOnly"}, {"management_events": "ReadOnly"}, {"management_events": "None"},
    {"excluded_sources": ["kms.amazonaws.com"]}, {"excluded_sources": ["rdsdata.amazonaws.com"], "management_events": "WriteOnly"},
    {"advanced_selectors": json.dumps([{"Name": "all", "FieldSelectors": [MANAGEMENT]}])},
    {"advanced_selectors": json.dumps([{"Name": "writes", "FieldSelectors": [MANAGEMENT, {"Field": "readOnly", "Equals": ["false"]}]}])},
    {"advanced_selectors": json.dumps([{"Name": "no keys", "FieldSelectors": [MANAGEMENT, {"Field": "eventSource", "NotEquals": ["kms.amazonaws.com"]}]}])},
    {"advanced_selectors": json.dumps([{"Name": "data", "FieldSelectors": [{"Field": "eventCategory", "Equals": ["Data"]}, {"Field": "resources.type", "Equals": ["AWS::S3::Object"]}]}])},
    {"advanced_selectors": json.dumps([{"FieldSelectors": [MANAGEMENT, {"Field": "readOnly", "Equals": [word]}]} for word in ("true", "false")])},
)  # fmt: skip
CIS_FILTER = '{$.userIdentity.type="Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType !="AwsServiceEvent"}'
FILTERS = (
    CIS_FILTER,
    '{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent" }',
    '{ $.userIdentity.type = "Root" }',
    '{ $.userIdentity.type = "IAMUser" }',
    '{ $.eventName = "ConsoleLogin" }',
)
SIGN_IN = {"detail-type": ["AWS Console Sign In via CloudTrail"]}
RULES = (
    SIGN_IN | {"detail": {"userIdentity": {"type": ["Root"]}}},
    {"detail-type": ["AWS API Call via CloudTrail", "AWS Console Sign In via CloudTrail"], "detail": {"userIdentity": {"type": ["Root"]}}},
    SIGN_IN,
    SIGN_IN | {"detail": {"userIdentity": {"type": ["IAMUser"]}}},
    SIGN_IN | {"detail": {"userIdentity": {"type": [{"anything-but": "IAMUser"}]}}},
    SIGN_IN | {"detail": {"userIdentity": {"type": [{"prefix": "Ro"}]}}},
    {"source": ["aws.ec2"]},
)
ALLOW_ALL = {"Effect": "Allow", "Action": "*", "Resource": "*"}
STATEMENTS = (
    ALLOW_ALL,
    {"Effect": "Allow", "Action": ["s3:Get*", "*"], "Resource": ["*"]},
    {"Effect": "Allow", "Action": "*:*", "Resource": "*"},
    {"Effect": "Allow", "Action": "*", "Resource": "arn:aws:s3:::acme/*"},
    {"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"},
    {"Effect": "Allow", "NotAction": ["organizations:*", "account:*"], "Resource": "*"},
    {"Effect": "Allow", "Action": "s3:*", "Resource": "*"},
    ALLOW_ALL | {"Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}},
    {"Effect": "Deny", "Action": "*", "Resource": "*"},
    {"Effect": "Deny", "Action": "iam:Delete*", "Resource": "*"},
)
DENIABLE = (
    "iam:GetAccountSummary", "iam:GetAccountPasswordPolicy", "iam:ListAccountAliases", "iam:ListVirtualMFADevices",
    "iam:ListOrganizationsFeatures", "iam:ListEntitiesForPolicy", "iam:*CredentialReport", "account:GetAlternateContact",
    "account:GetContactInformation", "cloudtrail:DescribeTrails", "cloudtrail:LookupEvents", "guardduty:ListDetectors",
    "securityhub:DescribeHub", "access-analyzer:ListAnalyzers", "iam:GetAccountAuthorizationDetails",
    "iam:ListServerCertificates", "iam:ListServiceSpecificCredentials", "cloudtrail:GetEventSelectors",
)  # fmt: skip


def toml(value: object) -> str:
    """A value as TOML writes it on one line."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(key)} = {toml(inside)}" for key, inside in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(toml(inside) for inside in value) + "]"
    return json.dumps(value)


class Dice:
    """One account."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.seed = seed
        self.age = self.random.choice((100, 500, 800, 3000)) * DAY

    def maybe(self, chance: float) -> bool:
        return self.random.random() < chance

    def some(self, of: tuple, most: int = 2) -> list:
        return self.random.sample(of, self.random.randint(0, min(most, len(of))))

    def seconds(self, most: int) -> int:
        """An age of `most` seconds at the most, often near one of the limits."""
        near = [limit * DAY + off for limit in LIMITS for off in NEAR if 0 < limit * DAY + off < most]
        return self.random.choice(near) if near and self.maybe(0.6) else self.random.randint(120, max(121, most - 1))

    def last(self, most: int, never: float = 0.3) -> str:
        return "never" if self.maybe(never) else f"{self.seconds(most)}s"

    def mfa(self, none: float = 0.4) -> list[str]:
        return [] if self.maybe(none) else [self.random.choice(("virtual", "hardware", "passkey")) for _ in range(self.random.choice((1, 1, 2)))]

    def key(self, most: int, **more: object) -> dict:
        age = self.seconds(most)
        return {"age": f"{age}s", "last_used": self.last(age), "active": self.maybe(0.8), **more}

    def keys(self, most: int) -> list[dict]:
        return [self.key(most) for _ in range(self.random.choice((0, 0, 1, 1, 2)))]

    def document(self) -> str:
        statements = self.random.sample(STATEMENTS, self.random.choice((1, 1, 2)))
        return json.dumps({"Version": "2012-10-17", "Statement": statements})

    def user(self, name: str, groups: tuple[str, ...]) -> dict:
        age = self.seconds(self.age)
        table = {"name": name, "age": f"{age}s", "groups": self.some(groups), "password": self.maybe(0.6)}
        table |= {"last_sign_in": self.last(age), "mfa": self.mfa(), "keys": self.keys(age)}
        if table["keys"] and self.maybe(0.2):
            table["keys"][0]["age"] = f"{max(age - self.random.choice((60, 3500, 3700)), 0)}s"
            table["keys"][0]["last_used"] = "never"
        if self.maybe(0.25):
            table["policies"] = self.some(AWS_POLICIES)
        if self.maybe(0.15):
            table["boundary"] = self.random.choice(("AdministratorAccess", "ReadOnlyAccess"))
        if self.maybe(0.2):
            table["inline_policies"] = {"own": self.document()}
        if self.maybe(0.1):
            table["service_credentials"] = [self.credential(age)]
        return table

    def credential(self, most: int) -> dict:
        made = self.seconds(most)
        ends = {"lasts": f"{max(made + self.random.choice((*NEAR, -DAY, 30 * DAY)), DAY)}s"} if self.maybe(0.6) else {}
        return {"service": self.random.choice(SERVICES), "age": f"{made}s", "active": self.maybe(0.7)} | ends

    def certificate(self, name: str) -> dict:
        made = self.seconds(self.age)
        return {"name": name, "age": f"{made}s", "lasts": f"{max(made + self.random.choice((*NEAR, -DAY, DAY, 365 * DAY)), DAY)}s"}

    def role(self, name: str) -> dict:
        """What anybody in the account may assume, with policies attached and written into it."""
        table: dict = {"name": name, "age": f"{self.seconds(self.age)}s", "policies": self.some((*AWS_POLICIES, CLOUDSHELL), 1)}
        return table | ({"inline_policies": {"own": self.document()}} if self.maybe(0.4) else {})

    def contact(self) -> dict:
        box = self.random.choice(("one@acme.example", "two@acme.example", "Two@acme.example", "three@acme.example"))
        return {"name": "Desk", "title": "Desk", "email": box, "phone": "+41 44 000 00 01"}

    def regions(self, of: list[str]) -> list[str]:
        return ["*"] if self.maybe(0.6) else self.random.sample(["us-east-1", "eu-west-1", *of], 1)


def people(dice: Dice, account: dict) -> None:
    groups = ("Administrators", "Developers", "Support")
    policies = (["AdministratorAccess"] if dice.maybe(0.8) else [], dice.some(AWS_POLICIES[1:]), ["AWSSupportAccess"] if dice.maybe(0.5) else [])
    account["groups"] = [{"name": name, "age": "90d", "policies": own} for name, own in zip(groups, policies)]
    if dice.maybe(0.15):
        account["groups"][1]["policies"].append(CLOUDSHELL)
    if dice.maybe(0.2):
        account["groups"][2]["inline_policies"] = {"own": dice.document()}
    account["roles"] = [dice.role(f"role-{n}") for n in range(dice.random.choice((0, 0, 1, 2)))]
    account["server_certificates"] = [dice.certificate(f"www-{n}") for n in range(dice.random.choice((0, 0, 1, 2)))]
    names = dice.some(("alice", "bob", "carol", "dave.x@acme", "we,i", "o=o"), 6) if dice.maybe(0.85) else []
    account["users"] = [dice.user(name, groups) for name in names]
    if dice.maybe(0.7):  # most accounts are in good hands
        own = dice.user("admin", ())
        account["users"].append(own | {"groups": ["Administrators"], "password": True, "mfa": ["virtual"]})
    if dice.maybe(0.3):
        account["permission_sets"] = [{"name": "Admins", "policies": ["AdministratorAccess"], "last_used": dice.last(700 * DAY)}]
    account["devices"] = [{"name": "left-over"}] if dice.maybe(0.2) else []
    if dice.maybe(0.3):
        account["policies"] = {f"own-{n}": dice.document() for n in range(dice.random.choice((1, 2)))}


def watchers(dice: Dice, account: dict) -> None:
    account["regions"] = opted = ["eu-central-2"] if dice.maybe(0.2) else []
    account["trails"] = [
        {"name": f"trail-{n}", "multi_region": dice.maybe(0.8), "logging": dice.maybe(0.8), "validation": dice.maybe(0.7)}
        | ({"log_group": "trail"} if dice.maybe(0.6) else {})
        | dice.random.choice(RECORDED)
        for n in range(dice.random.choice((0, 1, 1, 2)))
    ]
    account["guardduty"] = [{"regions": dice.regions(opted), "enabled": dice.maybe(0.8)}] if dice.maybe(0.8) else []
    if dice.maybe(0.7):
        account["security_hub"] = {"regions": dice.regions(opted)}
    account["access_analyzers"] = [
        {"name": f"a{n}", "regions": dice.regions(opted), "type": dice.random.choice(("ACCOUNT", "ORGANIZATION", "ACCOUNT_UNUSED_ACCESS")), "status": dice.random.choice(("ACTIVE", "ACTIVE", "FAILED"))}
        for n in range(dice.random.choice((0, 1, 2)))
    ]
    account["event_rules"] = [
        {"name": f"rule-{n}", "pattern": json.dumps(dice.random.choice(RULES)), "enabled": dice.maybe(0.8), "region": "us-east-1" if dice.maybe(0.9) else "eu-west-1"}
        | ({"targets": [f"arn:aws:sns:us-east-1:{ACCOUNT}:security"]} if dice.maybe(0.8) else {})
        for n in range(dice.random.choice((0, 0, 1, 2)))
    ]
    if dice.maybe(0.8):
        address = ["security@example.com"]
        account["topics"] = [{"name": "security", dice.random.choice(("confirmed", "confirmed", "pending")): address}]
    if dice.maybe(0.5):
        place = {"namespace": "CIS", "metric": "RootUsage"}
        account["metric_filters"] = [{"name": "root", "log_group": dice.random.choice(("trail", "trail", "other")), "pattern": dice.random.choice(FILTERS)} | place]
        account["alarms"] = [{"name": "root", "actions": [f"arn:aws:sns:us-east-1:{ACCOUNT}:security"] if dice.maybe(0.8) else [], "actions_enabled": dice.maybe(0.8)} | place] if dice.maybe(0.8) else []


def root(dice: Dice, account: dict) -> None:
    own = {"password": dice.maybe(0.85), "last_sign_in": dice.last(dice.age), "mfa": dice.mfa(0.3), "keys": []}
    for _ in range(dice.random.choice((0, 0, 0, 1, 2))):
        key = dice.key(dice.age)
        if dice.maybe(0.5):
            calls = {"service": "s3", "event": "ListBuckets", "region": dice.random.choice(("us-east-1", "eu-west-1")), "address": "198.51.100.7"}
            key["calls"] = [calls | {"agent": "boto3", "times": 1, "every": "1h", "last": f"{dice.seconds(60 * DAY)}s"}]
        own["keys"].append(key)
    account["root"] = own


def rest(dice: Dice, account: dict) -> None:
    account["contacts"] = {kind: dice.contact() for kind in ("billing", "operations", "security") if dice.maybe(0.7)}
    account["contact_information"] = {
        "full_name": "Acme", "address_line_1": "1 Street", "city": "Town", "postal_code": "8000", "country_code": "CH",
        "phone_number": "+41 44 000 00 01", "verification_status": dice.random.choice(("PENDING", "VERIFIED", "UNVERIFIED", "NOT_SUPPORTED")),
    }  # fmt: skip
    if dice.maybe(0.7):
        rules = ("require_symbols", "require_numbers", "require_uppercase", "require_lowercase")
        account["password_policy"] = {"minimum_length": dice.random.choice((6, 13, 14, 15, 128))} | {rule: dice.maybe(0.7) for rule in rules}
        account["password_policy"] |= {"reuse_prevention": dice.random.choice((1, 23, 24))} if dice.maybe(0.8) else {}
        account["password_policy"] |= {"max_age": dice.random.choice((1, 90, 91, 1095))} if dice.maybe(0.3) else {}
    if dice.maybe(0.4):
        features = dice.some(("RootCredentialsManagement", "RootSessions"))
        account["organization"] = {"id": "o-exampleorgid", "management": dice.maybe(0.6), "all_features": dice.maybe(0.9), "trusted_access": ["iam"] if dice.maybe(0.8) else [], "root_features": features}
    account["denied"] = dice.some(DENIABLE) if dice.maybe(0.3) else []


def scenario(seed: int) -> tuple[str, str]:
    """A scenario as TOML, and who reads it: `root` or a user's name."""
    dice = Dice(seed)
    account: dict = {"title": f"random account {seed}", "account": ACCOUNT, "age": f"{dice.age}s"}
    if dice.maybe(0.6):
        account["alias"] = "acme-random"
    for part in (root, people, watchers, rest):
        part(dice, account)
    # Somebody who reads must be able to sign in: an auditor with its own key, or root where it can.
    can = [key for key in account["root"]["keys"] if key["active"]]
    reader = "root" if (account["root"]["password"] or can) and dice.maybe(0.6) else "reader"
    if reader == "reader":
        policies = [dice.random.choice(("ReadOnlyAccess", "SecurityAudit", "AdministratorAccess", "AdministratorAccess"))]
        account["groups"].append({"name": "Readers", "age": "90d", "policies": policies})
        account["users"].append({"name": "reader", "age": "100d", "groups": ["Readers"], "keys": [{"age": "10d", "last_used": "1d"}]} if dice.age > 100 * DAY else {"name": "reader", "age": "99d", "groups": ["Readers"], "keys": [{"age": "10d"}]})
    elif not account["root"]["password"]:
        account["signed_in_as"] = "root-key"
    if reader == "reader":
        account["signed_in_as"] = "user:reader"
    return "\n".join(f"{key} = {toml(value)}" for key, value in account.items()) + "\n", reader
