"""The account from outside: boto3 as the other client, which reads what is true and changes what somebody else would."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import boto3
import pyotp
from botocore.config import Config
from botocore.exceptions import ClientError

from served import REGION, Keys

ACCOUNT = "123456789012"
ADMINISTRATOR_ACCESS = "arn:aws:iam::aws:policy/AdministratorAccess"
READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"
UPLOAD = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:PutObject","Resource":"*"}]}'
PASSWORD = "The-0ther-client's-password!"
ONCE = Config(retries={"total_max_attempts": 1}, read_timeout=20)
CERTIFICATE = """-----BEGIN CERTIFICATE-----
MIIBszCCARwCCQDkVtP0mG1u1jANBgkqhkiG9w0BAQsFADAeMQswCQYDVQQGEwJD
SDEPMA0GA1UEAwwGc2lnbmVyMB4XDTI2MDEwMTAwMDAwMFoXDTM2MDEwMTAwMDAw
-----END CERTIFICATE-----
"""
OTHER_CONTACT = {"Name": "Otto Other", "Title": "Meanwhile", "EmailAddress": "otto@example.net", "PhoneNumber": "+49 30 1"}
_SESSION = boto3.Session(region_name=REGION)


@dataclass
class World:
    """The account behind `url`, as root sees and changes it."""

    url: str
    keys: Keys
    phone: Callable[[], str]  # the code that came to the primary contact's phone last
    notes: dict[str, str] = field(default_factory=dict)
    signs: dict[str, str] | None = None  # with whose access key the wizard signs; none: root's session

    def __post_init__(self) -> None:
        self.iam, self.account = self._client("iam"), self._client("account")

    def regional(self, service: str):
        """A client of a service that is turned on Region by Region."""
        return self._client(service)

    def detectors(self) -> list[str]:
        """The states of GuardDuty's detectors in the Region."""
        client = self.regional("guardduty")
        return [client.get_detector(DetectorId=id)["Status"] for id in client.list_detectors()["DetectorIds"]]

    def analyzers(self) -> list[str]:
        """The states of the Region's analyzers."""
        return [one["status"] for one in self.regional("accessanalyzer").list_analyzers()["analyzers"]]

    def is_subscribed(self) -> bool:
        """Whether Security Hub is on in the Region."""
        try:
            return bool(self.regional("securityhub").describe_hub()["HubArn"])
        except ClientError as error:
            if error.response["Error"]["Code"] != "InvalidAccessException":
                raise
            return False

    def trail(self) -> dict:
        """The one trail there is."""
        return self.regional("cloudtrail").describe_trails(trailNameList=["old"])["trailList"][0]

    def update_trail(self, **asked: object) -> None:
        """Somebody else changes it."""
        self.regional("cloudtrail").update_trail(Name="old", **asked)

    def selectors(self) -> list[str]:
        """Which management events it records."""
        found = self.regional("cloudtrail").get_event_selectors(TrailName="old")["EventSelectors"]
        return [one["ReadWriteType"] for one in found if one["IncludeManagementEvents"]]

    def record_all(self) -> None:
        """Somebody else lets it record all of them."""
        selectors = [{"ReadWriteType": "All", "IncludeManagementEvents": True}]
        self.regional("cloudtrail").put_event_selectors(TrailName="old", EventSelectors=selectors)

    def is_logging(self) -> bool:
        """Whether it does."""
        return self.regional("cloudtrail").get_trail_status(Name="old")["IsLogging"]

    def topic(self) -> list[str] | None:
        """Who subscribed to the topic that tells of root; none: it is not there."""
        arn = f"arn:aws:sns:{REGION}:{ACCOUNT}:root-use"
        try:
            found = self.regional("sns").list_subscriptions_by_topic(TopicArn=arn)
        except ClientError as error:
            if error.response["Error"]["Code"] != "NotFound":
                raise
            return None
        return [one["Endpoint"] for one in found["Subscriptions"]]

    def rule(self) -> list[str] | None:
        """What the rule about root writes to; none: it is not there."""
        client = self.regional("events")
        if not client.list_rules(NamePrefix="root-use")["Rules"]:
            return None
        return [one["Arn"] for one in client.list_targets_by_rule(Rule="root-use")["Targets"]]

    def have_root_told(self, reader: str) -> None:
        """Makes topic, subscription, rule and target."""
        policy = {"Statement": [{"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": "sns:Publish", "Resource": "*"}]}
        topics, events = self.regional("sns"), self.regional("events")
        arn = topics.create_topic(Name="root-use", Attributes={"Policy": json.dumps(policy)})["TopicArn"]
        topics.subscribe(TopicArn=arn, Protocol="email", Endpoint=reader)
        events.put_rule(Name="root-use", EventPattern=json.dumps({"detail": {"userIdentity": {"type": ["Root"]}}}))
        events.put_targets(Rule="root-use", Targets=[{"Id": "1", "Arn": arn}])

    def suspend_detector(self) -> None:
        """Makes one that does not work."""
        client = self.regional("guardduty")
        ids = client.list_detectors()["DetectorIds"] or [client.create_detector(Enable=True)["DetectorId"]]
        client.update_detector(DetectorId=ids[0], Enable=False)

    def resume_detector(self) -> None:
        """Makes it work again."""
        client = self.regional("guardduty")
        client.update_detector(DetectorId=client.list_detectors()["DetectorIds"][0], Enable=True)

    def _client(self, service: str):
        return _SESSION.client(
            service,
            endpoint_url=self.url,
            config=ONCE,
            aws_access_key_id=self.keys.id,
            aws_secret_access_key=self.keys.secret,
            aws_session_token=self.keys.token,
        )

    # What is true.

    def root_keys(self) -> dict[str, str]:
        """Root's access keys and their states."""
        return {key["AccessKeyId"]: key["Status"] for key in self.iam.list_access_keys()["AccessKeyMetadata"]}

    def root_key(self) -> str:
        """The one that the account begins with."""
        return self.notes.setdefault("root key", next(iter(self.root_keys()), ""))

    def keys_of(self, user: str) -> dict[str, str]:
        """A user's access keys and their states."""
        found = self.iam.list_access_keys(UserName=user)["AccessKeyMetadata"]
        return {key["AccessKeyId"]: key["Status"] for key in found}

    def key_of(self, user: str) -> str:
        """The one that the user begins with."""
        return self.notes.setdefault(f"key of {user}", next(iter(self.keys_of(user)), ""))

    def service_credentials(self) -> list[str]:
        """The states of nora's service-specific credentials."""
        found = self.iam.list_service_specific_credentials(UserName="nora")["ServiceSpecificCredentials"]
        return [credential["Status"] for credential in found]

    def service_credential(self) -> dict[str, str]:
        """The one that she begins with, as boto3 names it."""
        if "service credential" not in self.notes:
            found = self.iam.list_service_specific_credentials(UserName="nora")["ServiceSpecificCredentials"]
            self.notes["service credential"] = found[0]["ServiceSpecificCredentialId"]
        return {"UserName": "nora", "ServiceSpecificCredentialId": self.notes["service credential"]}

    def certificates(self) -> list[str]:
        """The states of root's signing certificates."""
        return [found["Status"] for found in self.iam.list_signing_certificates()["Certificates"]]

    def contact(self, kind: str) -> dict[str, str] | None:
        """An alternate contact."""
        found = quiet(lambda: self.account.get_alternate_contact(AlternateContactType=kind)["AlternateContact"])
        return found and {name: found[name] for name in OTHER_CONTACT}

    def primary(self) -> dict[str, str]:
        """The primary contact."""
        return self.account.get_contact_information()["ContactInformation"]

    def alias(self) -> str | None:
        """The account's alias."""
        return next(iter(self.iam.list_account_aliases()["AccountAliases"]), None)

    def policy(self) -> dict | None:
        """The password policy; none while AWS's default is in force."""
        return quiet(lambda: self.iam.get_account_password_policy()["PasswordPolicy"])

    def group(self, name: str) -> dict | None:
        """A group's members and policies."""
        members = quiet(lambda: self.iam.get_group(GroupName=name)["Users"])
        if members is None:
            return None
        attached = self.iam.list_attached_group_policies(GroupName=name)["AttachedPolicies"]
        return {
            "members": sorted(user["UserName"] for user in members),
            "attached": sorted(policy["PolicyArn"] for policy in attached),
            "inline": sorted(self.iam.list_group_policies(GroupName=name)["PolicyNames"]),
        }

    def user(self, name: str) -> dict | None:
        """A user with what it can sign in with."""
        found = quiet(lambda: self.iam.get_user(UserName=name)["User"])
        if found is None:
            return None
        attached = self.iam.list_attached_user_policies(UserName=name)["AttachedPolicies"]
        return {
            "password": quiet(lambda: self.iam.get_login_profile(UserName=name)) is not None,
            "keys": len(self.iam.list_access_keys(UserName=name)["AccessKeyMetadata"]),
            "devices": [one["SerialNumber"] for one in self.iam.list_mfa_devices(UserName=name)["MFADevices"]],
            "tags": {tag["Key"]: tag["Value"] for tag in found.get("Tags", [])},
            "attached": [policy["PolicyArn"] for policy in attached],
            "inline": self.iam.list_user_policies(UserName=name)["PolicyNames"],
        }

    def orphans(self) -> list[str]:
        """Virtual devices of nobody, by name."""
        found = self.iam.list_virtual_mfa_devices(AssignmentStatus="Unassigned")["VirtualMFADevices"]
        return [device["SerialNumber"].rsplit("/", 1)[1] for device in found]

    # What somebody else does.

    def make_administrator(self, name: str, *, device: bool = False) -> None:
        """A user in the group Administrators with a password, and MFA if asked for."""
        self.iam.create_user(UserName=name)
        self.iam.create_login_profile(UserName=name, Password=PASSWORD)
        self.iam.add_user_to_group(GroupName="Administrators", UserName=name)
        if device:
            made = self.iam.create_virtual_mfa_device(VirtualMFADeviceName=name)["VirtualMFADevice"]
            seed = self.notes["seed"] = made["Base32StringSeed"].decode()
            app, now = pyotp.TOTP(seed), int(time.time())
            codes = {"AuthenticationCode1": app.at(now - 60), "AuthenticationCode2": app.at(now - 30)}
            self.iam.enable_mfa_device(UserName=name, SerialNumber=made["SerialNumber"], **codes)

    def sign_in_as(self, name: str) -> None:
        """An administrator who has to change the password, and with whose access key the wizard signs."""
        self.make_administrator(name)
        self.iam.update_login_profile(UserName=name, PasswordResetRequired=True)
        key = self.iam.create_access_key(UserName=name)["AccessKey"]
        self.signs = {"AWS_ACCESS_KEY_ID": key["AccessKeyId"], "AWS_SECRET_ACCESS_KEY": key["SecretAccessKey"]}

    def must_change(self, name: str) -> bool:
        """Whether the user has to change the password, or has none."""
        profile = quiet(lambda: self.iam.get_login_profile(UserName=name)["LoginProfile"])
        return profile is None or profile["PasswordResetRequired"]

    def make_device_of(self, name: str) -> None:
        """The user gets a device of somebody else's making."""
        made = self.iam.create_virtual_mfa_device(VirtualMFADeviceName=f"{name}-elsewhere")["VirtualMFADevice"]
        app, now = pyotp.TOTP(made["Base32StringSeed"].decode()), int(time.time())
        codes = {"AuthenticationCode1": app.at(now - 60), "AuthenticationCode2": app.at(now - 30)}
        self.iam.enable_mfa_device(UserName=name, SerialNumber=made["SerialNumber"], **codes)

    def serial(self, name: str) -> str:
        """The serial number of the virtual device of that name."""
        return f"arn:aws:iam::{ACCOUNT}:mfa/{name}"

    def weaken_administrator(self) -> None:
        """The only administrator loses group and password."""
        self.iam.remove_user_from_group(GroupName="Administrators", UserName="ada")
        self.iam.delete_login_profile(UserName="ada")

    def delete_group(self, name: str) -> None:
        """A group with all that depends on it."""
        found = self.group(name) or {"members": [], "attached": [], "inline": []}
        for member in found["members"]:
            self.iam.remove_user_from_group(GroupName=name, UserName=member)
        for arn in found["attached"]:
            self.iam.detach_group_policy(GroupName=name, PolicyArn=arn)
        for policy in found["inline"]:
            self.iam.delete_group_policy(GroupName=name, PolicyName=policy)
        self.iam.delete_group(GroupName=name)

    def group_with_a_stranger(self, name: str) -> None:
        """A group of that name comes to be, with a member of whom nobody at the review knew."""
        quiet(lambda: self.iam.create_group(GroupName=name))
        quiet(lambda: self.iam.create_user(UserName="stranger"))
        self.iam.add_user_to_group(GroupName=name, UserName="stranger")


def quiet(call):
    """What a call gives; none if AWS refuses it."""
    try:
        return call()
    except ClientError:
        return None
