"""What the program can change, one story a call: what is sent, what boto3 reads afterwards, and what AWS refuses.

The stories stand in an order in which each can be played, on the account of tests/outside."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import pyotp

from served import Boto, Cli, Keys, Served

ACCOUNT, REGION, ELSEWHERE = "123456789012", "us-east-1", "eu-west-1"
READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"
ADMINISTRATOR_ACCESS = "arn:aws:iam::aws:policy/AdministratorAccess"
DOCUMENT = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:PutObject","Resource":"*"}]}'
TOO_BIG = DOCUMENT.replace("PutObject", "P" * 6000)
PASSWORD, ANOTHER = "Correct-Horse-7-Battery", "Walnut7-Tulip+Battery"
CONTACT = {"Name": "Olga", "Title": "On call", "EmailAddress": "olga@example.com", "PhoneNumber": "+41 31 1234567"}
ADDRESS = {
    "FullName": "Ada Example",
    "AddressLine1": "22 Other Street",
    "City": "Exampletown",
    "PostalCode": "8000",
    "CountryCode": "CH",
    "PhoneNumber": "+41 44 000 00 01",
}
POLICY = {"MinimumPasswordLength": 14, "RequireSymbols": True, "AllowUsersToChangePassword": True, "PasswordReusePrevention": 24}
TRAIL = f"arn:aws:cloudtrail:{REGION}:{ACCOUNT}:trail/old"
TOPIC = f"arn:aws:sns:{REGION}:{ACCOUNT}:root-use"
LETS_EVENTS_IN = json.dumps({"Statement": [{"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": "sns:Publish", "Resource": TOPIC}]})
READER = "sec@example.com"
PATTERN = json.dumps({"detail": {"userIdentity": {"type": ["Root"]}}})
TARGET = {"Id": "root-use", "Arn": TOPIC}
CERTIFICATE = """-----BEGIN CERTIFICATE-----
MIIBszCCARwCCQDkVtP0mG1u1jANBgkqhkiG9w0BAQsFADAeMQswCQYDVQQGEwJD
SDEPMA0GA1UEAwwGc2lnbmVyMB4XDTI2MDEwMTAwMDAwMFoXDTM2MDEwMTAwMDAw
-----END CERTIFICATE-----
"""
Hands = Boto | Cli
Parameters = dict[str, object]


class Scene:
    """The account, as root, read and prepared by boto3; `notes` keeps what AWS made up."""

    def __init__(self, served: Served, root: Boto) -> None:
        self.served, self.root, self.notes = served, root, dict[str, str]()

    def iam(self, operation: str, **parameters: object) -> dict:
        """A call to IAM."""
        return self.root.call("iam", operation, **parameters)

    def account(self, operation: str, **parameters: object) -> dict:
        """A call to Account Management."""
        return self.root.call("account", operation, **parameters)

    def note(self, name: str, find: Callable[[], str]) -> str:
        """What `find` found the first time."""
        return self.notes.setdefault(name, find()) if name not in self.notes else self.notes[name]

    def key_of(self, owner: str | None) -> str:
        """The access key with which the user, or root, began."""
        of = {"UserName": owner} if owner else {}
        return self.note(f"key of {owner}", lambda: self.iam("ListAccessKeys", **of)["AccessKeyMetadata"][0]["AccessKeyId"])

    def keys_of(self, owner: str | None) -> list[str]:
        """The states of the access keys."""
        of = {"UserName": owner} if owner else {}
        return [key["Status"] for key in self.iam("ListAccessKeys", **of)["AccessKeyMetadata"]]

    def certificate(self) -> str:
        """Root's signing certificate, uploaded when it is asked for first."""
        upload = lambda: self.iam("UploadSigningCertificate", CertificateBody=CERTIFICATE)["Certificate"]["CertificateId"]
        return self.note("certificate", upload)

    def credential(self) -> str:
        """Nora's service-specific credential."""
        listed = lambda: self.iam("ListServiceSpecificCredentials", UserName="nora")["ServiceSpecificCredentials"]
        return self.note("credential", lambda: listed()[0]["ServiceSpecificCredentialId"])

    def detector(self) -> str:
        """GuardDuty's detector in the Region."""
        return self.root.call("guardduty", "ListDetectors")["DetectorIds"][0]

    def codes(self, back: int) -> Parameters:
        """Two codes in a row of zoe's device, the first one so many half minutes ago."""
        app, now = pyotp.TOTP(self.notes["seed"]), int(time.time()) - 30 * back
        return {"AuthenticationCode1": app.at(now), "AuthenticationCode2": app.at(now + 30)}

    def job(self, hands: Hands) -> str:
        """A job about what nora used."""
        return hands.call("iam", "GenerateServiceLastAccessedDetails", Arn=f"arn:aws:iam::{ACCOUNT}:user/nora")["JobId"]


@dataclass
class Wrong:
    """A call that AWS refuses."""

    what: str
    code: str
    status: int
    asks: Parameters  # in place of what the story sends
    modelled: bool = True  # whether botocore's model of the service lists that error
    after: bool = False  # once the change was made
    region: str = REGION


@dataclass
class Story:
    """A change."""

    action: str  # as IAM names it
    asks: Callable[[Scene], Parameters]
    reads: Callable[[Scene], object]
    wanted: object
    wrong: list[Wrong] = field(default_factory=list)
    first: Callable[[Scene], object] = lambda _: None  # what somebody does before
    signs: str = "root"  # or zoe, with her own key
    carry_out: Callable[[Hands, Scene, str, Parameters], object] | None = None
    needs_permission: bool = True

    def call(self, hands: Hands, scene: Scene, parameters: Parameters) -> object:
        """Has `hands` make the call."""
        prefix, operation = self.action.split(":")
        if self.carry_out:
            return self.carry_out(hands, scene, operation, parameters)
        return hands.call(prefix.replace("access-analyzer", "accessanalyzer"), operation, **parameters)


def same(parameters: Parameters) -> Callable[[Scene], Parameters]:
    """What needs nothing of the account."""
    return lambda _: parameters


def again(code: str, status: int, *, modelled: bool = True) -> Wrong:
    """The same a second time."""
    return Wrong("the same again", code, status, {}, modelled, after=True)


def absent(status: int = 404, code: str = "NoSuchEntity", **asks: object) -> Wrong:
    """About somebody or something that is not there."""
    return Wrong("what is not there", code, status, asks)


def invalid(code: str = "ValidationError", *, what: str = "what the model forbids", modelled: bool = False, **asks: object) -> Wrong:
    """Against the service's rules."""
    return Wrong(what, code, 400, asks, modelled)


def make_device(hands: Hands, scene: Scene, _operation: str, parameters: Parameters) -> None:
    """The CLI writes a seed to a file."""
    _, scene.notes["seed"] = hands.new_device(str(parameters["VirtualMFADeviceName"]))


def make_key(hands: Hands, scene: Scene, operation: str, parameters: Parameters) -> None:
    """The key by which zoe signs from now on."""
    key = hands.call("iam", operation, **parameters)["AccessKey"]
    scene.notes |= {"zoe's key": key["AccessKeyId"], "zoe's secret": key["SecretAccessKey"]}


def start_job(hands: Hands, scene: Scene, operation: str, parameters: Parameters) -> None:
    """The job's id is asked for afterwards."""
    scene.notes["job"] = hands.call("iam", operation, **parameters)["JobId"]


def session_of(hands: Hands, scene: Scene, operation: str, parameters: Parameters) -> None:
    """What the session may do shows that it has MFA."""
    found = hands.call("sts", operation, **parameters)["Credentials"]
    scene.notes |= {"id": found["AccessKeyId"], "secret": found["SecretAccessKey"], "token": found["SessionToken"]}


def session_works(scene: Scene) -> str:
    """Whom STS sees behind the session."""
    keys = Keys(scene.notes["id"], scene.notes["secret"], scene.notes["token"])
    return Boto(scene.served.url, keys).call("sts", "GetCallerIdentity")["Arn"]


def code_of_today(scene: Scene) -> Parameters:
    """A code that no enrolment used up: the account's clock goes ahead for it."""
    scene.served.advance("10m")
    return {"SerialNumber": serial("zoe"), "TokenCode": pyotp.TOTP(scene.notes["seed"]).at(int(time.time()) + 600)}


def suspend(scene: Scene) -> None:
    """Somebody suspends the detector."""
    scene.root.call("guardduty", "UpdateDetector", DetectorId=scene.detector(), Enable=False)


def serial(name: str) -> str:
    """Of a virtual MFA device."""
    return f"arn:aws:iam::{ACCOUNT}:mfa/{name}"


def trail(scene: Scene) -> dict:
    """The one trail there is."""
    return scene.root.call("cloudtrail", "DescribeTrails")["trailList"][0]


def subscriptions(scene: Scene) -> list[tuple[str, str]]:
    """Who subscribed to the topic, and whether that is confirmed."""
    found = scene.root.call("sns", "ListSubscriptionsByTopic", TopicArn=TOPIC)["Subscriptions"]
    return [(one["Endpoint"], one["SubscriptionArn"].split(":")[0]) for one in found]


def rule(scene: Scene) -> tuple:
    """The one rule there is."""
    [found] = scene.root.call("events", "ListRules")["Rules"]
    return found["Name"], found["State"], json.loads(found["EventPattern"])


def targets(scene: Scene) -> list[dict]:
    """What it writes to."""
    return scene.root.call("events", "ListTargetsByRule", Rule="root-use")["Targets"]


def devices_of(user: str) -> Callable[[Scene], list[str]]:
    """The serial numbers of a user's devices."""
    return lambda scene: [one["SerialNumber"] for one in scene.iam("ListMFADevices", UserName=user)["MFADevices"]]


def of_user(operation: str, member: str) -> Callable[[str], Callable[[Scene], object]]:
    """Of a user what that read answers with."""
    return lambda user: lambda scene: scene.iam(operation, UserName=user)[member]


def must_change(user: str) -> Callable[[Scene], bool]:
    """Whether the user has to change the password at the next sign-in."""
    return lambda scene: scene.iam("GetLoginProfile", UserName=user)["LoginProfile"]["PasswordResetRequired"]


def contacts(kind: str) -> Callable[[Scene], dict]:
    """An alternate contact, without its kind."""
    return lambda scene: {
        name: text
        for name, text in scene.account("GetAlternateContact", AlternateContactType=kind)["AlternateContact"].items()
        if name in CONTACT
    }


def is_gone(read: Callable[[Scene], object], *codes: str) -> Callable[[Scene], bool]:
    """Whether AWS says that there is no such thing."""

    def reads(scene: Scene) -> bool:
        try:
            read(scene)
        except Exception as refused:
            if getattr(refused, "code", None) not in codes:
                raise
            return True
        return False

    return reads


def primary(scene: Scene) -> tuple[str, str]:
    """The primary contact's address and what AWS says of its phone."""
    found = scene.account("GetContactInformation")
    return found["ContactInformation"]["AddressLine1"], found["VerificationStatus"]


in_groups = of_user("ListGroupsForUser", "Groups")
inline = of_user("ListUserPolicies", "PolicyNames")
attached = of_user("ListAttachedUserPolicies", "AttachedPolicies")
tags = of_user("ListUserTags", "Tags")

NO_USER = {"UserName": "nobody"}
NO_TRAIL = absent(400, "TrailNotFoundException", Name=TRAIL + "s")
NOT_AT_HOME = Wrong("a call elsewhere than at the trail's home", "InvalidHomeRegionException", 400, {}, region=ELSEWHERE)
STORIES = [
    Story("iam:CreateGroup", same({"GroupName": "Operators"}),
          lambda scene: scene.iam("GetGroup", GroupName="Operators")["Group"]["GroupName"], "Operators",
          [invalid(GroupName="a b"), again("EntityAlreadyExists", 409)]),
    Story("iam:AttachGroupPolicy", same({"GroupName": "Operators", "PolicyArn": ADMINISTRATOR_ACCESS}),
          lambda scene: [one["PolicyArn"] for one in scene.iam("ListAttachedGroupPolicies", GroupName="Operators")["AttachedPolicies"]],
          [ADMINISTRATOR_ACCESS], [absent(PolicyArn=ADMINISTRATOR_ACCESS + "Nope"), absent(GroupName="nobody")]),
    Story("iam:PutGroupPolicy", same({"GroupName": "Operators", "PolicyName": "upload", "PolicyDocument": DOCUMENT}),
          lambda scene: scene.iam("GetGroupPolicy", GroupName="Operators", PolicyName="upload")["PolicyDocument"],
          json.loads(DOCUMENT),
          [absent(GroupName="nobody"), invalid("MalformedPolicyDocument", modelled=True, PolicyDocument="{"),
           Wrong("too long a policy", "LimitExceeded", 409, {"PolicyDocument": TOO_BIG})]),
    Story("iam:CreateUser", same({"UserName": "zoe", "Tags": [{"Key": "team", "Value": "platform"}]}),
          tags("zoe"), [{"Key": "team", "Value": "platform"}],
          [invalid(UserName="a b!"), again("EntityAlreadyExists", 409)]),
    Story("iam:TagUser", same({"UserName": "zoe", "Tags": [{"Key": "cost center", "Value": "42"}]}),
          lambda scene: len(tags("zoe")(scene)), 2,
          [absent(**NO_USER), invalid(Tags=[{"Key": "k" * 129, "Value": "v"}])]),
    Story("iam:AddUserToGroup", same({"GroupName": "Operators", "UserName": "zoe"}),
          lambda scene: [one["GroupName"] for one in in_groups("zoe")(scene)], ["Operators"],
          [absent(**NO_USER), absent(GroupName="nobody")]),
    Story("iam:CreateLoginProfile", same({"UserName": "zoe", "Password": PASSWORD, "PasswordResetRequired": True}),
          must_change("zoe"), True,
          [absent(**NO_USER), invalid("PasswordPolicyViolation", modelled=True, Password="password"),
           again("EntityAlreadyExists", 409)]),
    Story("iam:CreateAccessKey", same({"UserName": "zoe"}), lambda scene: scene.keys_of("zoe"), ["Active", "Active"],
          [absent(**NO_USER), again("LimitExceeded", 409)], first=lambda scene: scene.iam("CreateAccessKey", UserName="zoe"),
          carry_out=make_key),
    Story("iam:ChangePassword", same({"OldPassword": PASSWORD, "NewPassword": ANOTHER}), must_change("zoe"), False,
          [Wrong("the wrong password", "AccessDenied", 403, {"OldPassword": "not-" + PASSWORD}, modelled=False),
           invalid("PasswordPolicyViolation", modelled=True, NewPassword="password")], signs="zoe"),
    Story("iam:UpdateLoginProfile", same({"UserName": "zoe", "Password": PASSWORD, "PasswordResetRequired": True}),
          must_change("zoe"), True,
          [absent(UserName="deployer"), invalid("PasswordPolicyViolation", modelled=True, Password="password")]),
    Story("iam:CreateVirtualMFADevice", same({"VirtualMFADeviceName": "zoe"}),
          lambda scene: serial("zoe") in [one["SerialNumber"] for one in scene.iam("ListVirtualMFADevices")["VirtualMFADevices"]],
          True, [Wrong("a name that is taken", "EntityAlreadyExists", 409, {"VirtualMFADeviceName": "left-over"}),
                 invalid(VirtualMFADeviceName="a b!")], carry_out=make_device, signs="zoe"),
    Story("iam:EnableMFADevice", lambda scene: {"UserName": "zoe", "SerialNumber": serial("zoe"), **scene.codes(2)},
          devices_of("zoe"), [serial("zoe")],
          [absent(**NO_USER), absent(SerialNumber=serial("nothing")),
           Wrong("codes that are none", "InvalidAuthenticationCode", 403, {"AuthenticationCode1": "000000", "AuthenticationCode2": "000000"}),
           Wrong("a change of one's MFA without MFA", "AccessDenied", 403, {}, modelled=False, after=True)], signs="zoe"),
    Story("iam:ResyncMFADevice", lambda scene: {"UserName": "zoe", "SerialNumber": serial("zoe"), **scene.codes(0)},
          devices_of("zoe"), [serial("zoe")],
          [absent(**NO_USER),
           Wrong("codes that are none", "InvalidAuthenticationCode", 403, {"AuthenticationCode1": "000000", "AuthenticationCode2": "000000"})]),
    Story("sts:GetSessionToken", code_of_today, session_works, f"arn:aws:iam::{ACCOUNT}:user/zoe",
          [Wrong("a code that is none", "AccessDenied", 403, {"TokenCode": "000000"}, modelled=False),
           invalid(what="ten minutes", DurationSeconds=600)],
          signs="zoe", carry_out=session_of, needs_permission=False),
    Story("iam:RemoveUserFromGroup", same({"GroupName": "Operators", "UserName": "zoe"}), in_groups("zoe"), [],
          [absent(**NO_USER), absent(GroupName="nobody")]),
    Story("iam:UpdateAccessKey", lambda scene: {"UserName": "nora", "AccessKeyId": scene.key_of("nora"), "Status": "Inactive"},
          lambda scene: scene.keys_of("nora"), ["Inactive"],
          [absent(**NO_USER), absent(AccessKeyId="AKIA" + "A" * 16), invalid(Status="Gone")]),
    Story("iam:DeleteAccessKey", lambda scene: {"UserName": "nora", "AccessKeyId": scene.key_of("nora")},
          lambda scene: scene.keys_of("nora"), [], [absent(AccessKeyId="AKIA" + "A" * 16), again("NoSuchEntity", 404)]),
    Story("iam:UpdateAccessKey", lambda scene: {"AccessKeyId": scene.key_of(None), "Status": "Active"},
          lambda scene: scene.keys_of(None), ["Active"], [absent(AccessKeyId="AKIA" + "A" * 16)]),
    Story("iam:DeleteAccessKey", lambda scene: {"AccessKeyId": scene.key_of(None)},
          lambda scene: scene.keys_of(None), [], [again("NoSuchEntity", 404)]),
    Story("iam:UpdateSigningCertificate", lambda scene: {"CertificateId": scene.certificate(), "Status": "Inactive"},
          lambda scene: [one["Status"] for one in scene.iam("ListSigningCertificates")["Certificates"]], ["Inactive"],
          [absent(CertificateId="A" * 24), invalid(Status="Gone")], first=Scene.certificate),
    Story("iam:DeleteSigningCertificate", lambda scene: {"CertificateId": scene.certificate()},
          lambda scene: scene.iam("ListSigningCertificates")["Certificates"], [], [again("NoSuchEntity", 404)]),
    Story("iam:DetachUserPolicy", same({"UserName": "deployer", "PolicyArn": READ_ONLY}), attached("deployer"), [],
          [absent(**NO_USER), again("NoSuchEntity", 404)]),
    Story("iam:DeleteUserPolicy", same({"UserName": "deployer", "PolicyName": "upload"}), inline("deployer"), [],
          [absent(**NO_USER), again("NoSuchEntity", 404)]),
    Story("iam:DeleteLoginProfile", same({"UserName": "nora"}),
          is_gone(lambda scene: scene.iam("GetLoginProfile", UserName="nora"), "NoSuchEntity"), True,
          [absent(**NO_USER), again("NoSuchEntity", 404)]),
    Story("iam:UpdateServiceSpecificCredential",
          lambda scene: {"UserName": "nora", "ServiceSpecificCredentialId": scene.credential(), "Status": "Inactive"},
          lambda scene: [one["Status"] for one in scene.iam("ListServiceSpecificCredentials", UserName="nora")["ServiceSpecificCredentials"]],
          ["Inactive"], [absent(UserName="ada"), absent(ServiceSpecificCredentialId="A" * 24)]),
    Story("iam:DeleteServiceSpecificCredential",
          lambda scene: {"UserName": "nora", "ServiceSpecificCredentialId": scene.credential()},
          lambda scene: scene.iam("ListServiceSpecificCredentials", UserName="nora")["ServiceSpecificCredentials"], [],
          [absent(UserName="ada"), again("NoSuchEntity", 404)]),
    Story("iam:DeleteVirtualMFADevice", same({"SerialNumber": serial("left-over")}),
          lambda scene: scene.iam("ListVirtualMFADevices", AssignmentStatus="Unassigned")["VirtualMFADevices"], [],
          [Wrong("a device in use", "DeleteConflict", 409, {"SerialNumber": serial("zoe")}), again("NoSuchEntity", 404)]),
    Story("iam:UpdateAccountPasswordPolicy", same(POLICY),
          lambda scene: {name: scene.iam("GetAccountPasswordPolicy")["PasswordPolicy"].get(name) for name in POLICY}, POLICY,
          [invalid(MinimumPasswordLength=5)]),
    Story("iam:DeleteAccountPasswordPolicy", same({}),
          is_gone(lambda scene: scene.iam("GetAccountPasswordPolicy"), "NoSuchEntity"), True, [again("NoSuchEntity", 404)]),
    Story("iam:CreateAccountAlias", same({"AccountAlias": "acme-hardened"}),
          lambda scene: scene.iam("ListAccountAliases")["AccountAliases"], ["acme-hardened"],
          [invalid(AccountAlias="Acme"), Wrong("somebody else's", "EntityAlreadyExists", 409, {"AccountAlias": "amazon"})]),
    Story("iam:DeleteAccountAlias", same({"AccountAlias": "acme-hardened"}),
          lambda scene: scene.iam("ListAccountAliases")["AccountAliases"], [], [again("NoSuchEntity", 404)]),
    Story("iam:GenerateServiceLastAccessedDetails", same({"Arn": f"arn:aws:iam::{ACCOUNT}:user/nora"}),
          lambda scene: scene.iam("GetServiceLastAccessedDetails", JobId=scene.notes["job"])["JobStatus"], "COMPLETED",
          [absent(Arn=f"arn:aws:iam::{ACCOUNT}:user/nobody")], carry_out=start_job),
    Story("iam:GetServiceLastAccessedDetails", lambda scene: {"JobId": scene.notes["job"]}, lambda _: None, None,
          [absent(JobId="0" * 36)]),
    Story("iam:GenerateCredentialReport", same({}),
          lambda scene: scene.iam("GetCredentialReport")["Content"].decode().splitlines()[1].split(",")[0], "<root_account>"),
    Story("account:PutAlternateContact", same({"AlternateContactType": "OPERATIONS", **CONTACT}), contacts("OPERATIONS"), CONTACT,
          [invalid("ValidationException", modelled=True, EmailAddress="nowhere")]),
    Story("account:DeleteAlternateContact", same({"AlternateContactType": "BILLING"}),
          is_gone(contacts("BILLING"), "ResourceNotFoundException"), True, [again("ResourceNotFoundException", 404)]),
    Story("account:PutContactInformation", same({"ContactInformation": ADDRESS}), primary, ("22 Other Street", "UNVERIFIED"),
          [invalid("ValidationException", modelled=True, ContactInformation=ADDRESS | {"CountryCode": "DE"})]),
    Story("account:SendPhoneNumberVerification", same({}), primary, ("22 Other Street", "PENDING")),
    Story("account:VerifyPhoneNumber", lambda scene: {"Otp": scene.served.phone()}, primary, ("22 Other Street", "VERIFIED"),
          [invalid("ValidationException", what="no code", modelled=True, Otp="12"),
           invalid("ValidationException", what="the wrong code", modelled=True, Otp="zzzzzz"),
           Wrong("a code that is used up", "ValidationException", 400, {"Otp": "zzzzzz"}, after=True)]),
    Story("access-analyzer:CreateAnalyzer", same({"analyzerName": "external-access", "type": "ACCOUNT"}),
          lambda scene: [(one["name"], one["status"]) for one in scene.root.call("accessanalyzer", "ListAnalyzers")["analyzers"]],
          [("external-access", "ACTIVE")],
          [invalid("ValidationException", modelled=True, type="SOMETHING"), again("ConflictException", 409),
           Wrong("a second one", "ServiceQuotaExceededException", 402, {"analyzerName": "another"}, after=True)]),
    Story("guardduty:CreateDetector", same({"Enable": True}),
          lambda scene: scene.root.call("guardduty", "GetDetector", DetectorId=scene.detector())["Status"], "ENABLED",
          [invalid("BadRequestException", modelled=True, Enable=None), again("BadRequestException", 400)]),
    Story("guardduty:UpdateDetector", lambda scene: {"DetectorId": scene.detector(), "Enable": True},
          lambda scene: scene.root.call("guardduty", "GetDetector", DetectorId=scene.detector())["Status"], "ENABLED",
          [absent(400, "BadRequestException", DetectorId="1" * 32)], first=suspend),
    Story("securityhub:EnableSecurityHub", same({"EnableDefaultStandards": True}),
          lambda scene: scene.root.call("securityhub", "DescribeHub")["HubArn"].split("/")[-1], "default",
          [again("ResourceConflictException", 409)]),
    Story("cloudtrail:UpdateTrail", same({"Name": TRAIL, "IsMultiRegionTrail": True, "EnableLogFileValidation": True}),
          lambda scene: (trail(scene)["IsMultiRegionTrail"], trail(scene)["LogFileValidationEnabled"]), (True, True),
          [NO_TRAIL, NOT_AT_HOME, invalid("CloudTrailARNInvalidException", modelled=True, Name=TRAIL.replace(":trail/", ":trails/")),
           invalid("InvalidParameterCombinationException", modelled=True, IncludeGlobalServiceEvents=False)]),
    Story("cloudtrail:PutEventSelectors",
          same({"TrailName": TRAIL, "EventSelectors": [{"ReadWriteType": "All", "IncludeManagementEvents": True}]}),
          lambda scene: [one["ReadWriteType"] for one in scene.root.call("cloudtrail", "GetEventSelectors", TrailName=TRAIL)["EventSelectors"]],
          ["All"], [absent(400, "TrailNotFoundException", TrailName=TRAIL + "s"), NOT_AT_HOME,
                    invalid("InvalidEventSelectorsException", modelled=True, EventSelectors=[])]),
    Story("cloudtrail:StartLogging", same({"Name": TRAIL}),
          lambda scene: scene.root.call("cloudtrail", "GetTrailStatus", Name=TRAIL)["IsLogging"], True, [NO_TRAIL, NOT_AT_HOME]),
    Story("sns:CreateTopic", same({"Name": "root-use", "Attributes": {"Policy": LETS_EVENTS_IN}}),
          lambda scene: json.loads(scene.root.call("sns", "GetTopicAttributes", TopicArn=TOPIC)["Attributes"]["Policy"]),
          json.loads(LETS_EVENTS_IN),
          [invalid("InvalidParameter", modelled=True, Name="no name"),
           invalid("InvalidParameter", what="a policy that is none", modelled=True, Attributes={"Policy": "{"}),
           Wrong("other attributes", "InvalidParameter", 400, {"Attributes": {"DisplayName": "other"}}, after=True)]),
    Story("sns:Subscribe", same({"TopicArn": TOPIC, "Protocol": "email", "Endpoint": READER}),
          subscriptions, [(READER, "PendingConfirmation")],
          [absent(code="NotFound", TopicArn=TOPIC + "s"), invalid("InvalidParameter", modelled=True, Endpoint="nobody")]),
    Story("events:PutRule", same({"Name": "root-use", "EventPattern": PATTERN, "State": "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"}),
          rule, ("root-use", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS", json.loads(PATTERN)),
          [invalid("InvalidEventPatternException", modelled=True, EventPattern="[]"),
           absent(400, "ResourceNotFoundException", EventBusName="nothing")]),
    Story("events:PutTargets", same({"Rule": "root-use", "Targets": [TARGET]}), targets, [TARGET],
          [absent(400, "ResourceNotFoundException", Rule="nothing"),
           Wrong("six targets", "LimitExceededException", 400, {"Targets": [TARGET | {"Id": str(n)} for n in range(6)]})]),
]
