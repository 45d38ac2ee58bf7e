"""The table of mutating calls: how the account is set up, how keys lead to the review, what is true once it is done, what
another client can do against it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass

import pyotp

from session import Session
from world import ADMINISTRATOR_ACCESS, CERTIFICATE, OTHER_CONTACT, PASSWORD, READ_ONLY, REGION, UPLOAD, World

SEED = re.compile(r"(?:\b[A-Z2-7]{4} ){3,}[A-Z2-7]{4}\b")
GROUP, USER = "Operators", "zoe"
OPERATIONS = ("Olga Operations", "On call", "olga@example.com", "+41 31 1234567")


def nothing(_world: World) -> None:
    """No set-up, no conflict."""


def create_analyzer(world: World) -> None:
    """As the console does it."""
    world.regional("accessanalyzer").create_analyzer(analyzerName="external-access", type="ACCOUNT")


TOPIC = "root-use"
READER = "sec@example.com"


def create_topic(world: World) -> None:
    """Somebody else's, to which EventBridge may not publish."""
    world.regional("sns").create_topic(Name=TOPIC)


def tell_somebody(world: World) -> None:
    """What the plan would make, made by somebody else."""
    world.have_root_told(READER)


@dataclass
class Call:
    """One mutating call."""

    label: str
    target: str
    reach: Callable[[Session, World], None]
    is_done: Callable[[World], bool]
    conflict: Callable[[World], object]
    ground: Callable[[World], object]
    set_up: Callable[[World], object] = nothing
    typed: tuple[str, ...] = ()  # what was filled in, and has to be there again after a failure
    page: int = 0  # the step
    confirm: Callable[[Session, World], None] | None = None  # none: the review is confirmed
    overwrites: bool = False  # a conflict in the gap cannot be refused by AWS: the call replaces the whole
    secret: bool = False  # its page shows a secret that only AWS's yes makes true
    watched: str | None = None  # the next session offers to watch the row of these words ("": the first one)


def root_keys(button: str) -> Callable[[Session, World], None]:
    """The review of something about root's key or certificate."""

    def reach(session: Session, _world: World) -> None:
        session.step(2)
        session.choose(button)
        session.at_review()

    return reach


def certificate(button: str) -> Callable[[Session, World], None]:
    """The row after the keys."""

    def reach(session: Session, _world: World) -> None:
        session.step(2)
        session.pick("signing certificate")
        session.choose(button)
        session.at_review()

    return reach


def operations_contact(session: Session, _world: World) -> None:
    """A new contact for operations."""
    session.step(4)
    session.choose("Alternate contacts")
    session.wait_for("Security", "Name")
    session.to_field("Contact")
    for text in OPERATIONS:
        session.press("down")
        session.press("ctrl-u")
        session.type(text)
    session.review()


def delete_contact(session: Session, _world: World) -> None:
    """The billing contact, the only one there is."""
    session.step(4)
    session.choose("Delete one")
    session.wait_for("Ctrl-S")
    session.review()


def primary_contact(session: Session, _world: World) -> None:
    """Another address."""
    session.step(4)
    session.choose("Primary contact")
    session.wait_for("Postal code")
    session.fill("Address", "22 Other Street")
    session.review()


def phone_code(session: Session, _world: World) -> None:
    """Another code for the phone."""
    session.step(4)
    session.choose("Verify phone")
    session.at_review()


def code_of_phone(session: Session, world: World) -> None:
    """The code that came to it."""
    session.step(4)
    session.choose("Enter the phone's code")
    session.wait_for("Ctrl-S")
    session.fill("Code", world.phone())
    session.review()


def phone_is(status: str) -> Callable[[World], bool]:
    """What AWS says of the primary contact's phone."""
    return lambda world: world.account.get_contact_information()["VerificationStatus"] == status


def another_phone(world: World) -> None:
    """Somebody changes the phone number."""
    world.account.put_contact_information(ContactInformation=world.primary() | {"PhoneNumber": "+41 44 000 00 99"})


def alias(text: str) -> Callable[[Session, World], None]:
    """Set, or emptied."""

    def reach(session: Session, _world: World) -> None:
        session.step(4)
        session.choose("Account alias")
        session.wait_for("Ctrl-S")
        session.fill("Account alias", text)
        session.review()

    return reach


def policy(presses: str) -> Callable[[Session, World], None]:
    """A preset, by so many steps to the side."""

    def reach(session: Session, _world: World) -> None:
        session.step(6)
        session.choose("Change it")
        session.wait_for("Minimum length", "Ctrl-S")
        session.press(presses)
        session.review()

    return reach


def aws_default(session: Session, _world: World) -> None:
    """Back to AWS's default."""
    session.step(6)
    session.choose("Change it")
    session.wait_for("Minimum length", "Ctrl-S")
    session.turn_to("Start from", "AWS")
    session.review()


def correct_trail(session: Session, _world: World) -> None:
    """The one trail there is."""
    session.step(9)
    session.pick("CloudTrail")
    session.choose("Correct the trail")
    session.at_review()


def start_logging(world: World) -> None:
    """Somebody else does."""
    world.regional("cloudtrail").start_logging(Name="old")


def root_alarm(session: Session, _world: World) -> None:
    """Somebody to be told of root's use."""
    session.step(9)
    session.pick("Root alarm")
    # A rule that is there without a target is completed.
    begin, complete = "Set up the root alarm", "Complete the root alarm"
    session.wait_until(lambda: begin in session.pane() or complete in session.pane(), "a button for the alarm")
    session.choose(complete if complete in session.pane() else begin)
    session.wait_for("Ctrl-S")
    session.fill("E-mail", READER)
    session.review()


def turn_on(service: str) -> Callable[[Session, World], None]:
    """A service of what watches, in the Region of boto3's clients."""

    def reach(session: Session, _world: World) -> None:
        session.step(9)
        session.pick(service)
        session.choose("Turn on in")
        session.wait_for("Regions", "Ctrl-S")
        session.turn_to("Regions", "only those below")
        session.fill("Only in", REGION)
        session.review()

    return reach


def administrator(*, key: bool = False, tags: str = "", deny: bool = False) -> Callable[[Session, World], None]:
    """A second administrator in a group of its own."""

    def reach(session: Session, _world: World) -> None:
        session.step(5)
        session.choose("Set up")
        session.wait_for("User names", "Console password")
        session.fill("User names", USER)
        session.fill("Group", GROUP)
        if key:
            session.switch_on("Access key too")
        if deny:
            session.switch_on("Deny unless MFA")
        if tags:
            session.fill("Tags", tags)
        session.review()

    return reach


def mfa_device(session: Session, _world: World) -> None:
    """The page or review that makes the device of the administrator who has none."""
    session.step(5)
    session.pick("mia")
    session.focus("Set up MFA")
    session.settle()


def to_qr(session: Session, world: World) -> None:
    """The page with the QR code."""
    mfa_device(session, world)
    session.choose("Set up MFA")
    if session.comes("exactly as", 2.0):
        session.yes()
    session.wait_for("Scan it")


def start_mfa(session: Session, _world: World) -> None:
    """Makes the device: at once, or by its review."""
    session.choose("Set up MFA")
    if session.comes("exactly as", 2.0):
        session.yes()


def enter_codes(session: Session, _world: World) -> None:
    """Two codes in a row, of the seed on the screen."""
    seed = "".join(SEED.findall(session.text())).replace(" ", "")
    app, now = pyotp.TOTP(seed), int(time.time())
    session.type(app.at(now - 30) + app.at(now))
    session.press("enter")


def new_password(session: Session, _world: World) -> None:
    """Another password for an administrator."""
    session.step(5)
    session.pick("mia")
    session.choose("New password")
    if session.comes("Ctrl-S", 3.0):
        session.press("ctrl-s")
    session.at_review()


def resync(session: Session, _world: World) -> None:
    """The page for two codes."""
    session.step(5)
    session.pick("mia")
    session.choose("MFA codes refused?")
    session.settle()


def resync_codes(session: Session, world: World) -> None:
    """Two codes that were not used yet."""
    app, now = pyotp.TOTP(world.notes["seed"]), int(time.time())
    session.type(app.at(now))
    session.press("enter")
    session.type(app.at(now + 30))
    session.press("ctrl-s")
    if session.comes("exactly as", 3.0):
        session.yes()


def own_password(session: Session, _world: World) -> None:
    """One's own password, as the user who is signed in."""
    session.step(1)
    session.press("o")
    session.pick("password")
    session.choose("Change your password")
    session.wait_for("Current password")
    session.type(PASSWORD)
    session.review()


def move_to_group(session: Session, _world: World) -> None:
    """A group that gives a user the same."""
    session.step(8)
    session.pick("deployer")
    session.choose("New group deployer-permissions")
    session.at_review()


def detach(session: Session, _world: World) -> None:
    """Policies off the user."""
    session.step(8)
    session.pick("deployer")
    session.choose("Detach from deployer")
    session.at_review()


def give_less(session: Session, _world: World) -> None:
    """The user out of a group, and into one that gives less."""
    session.step(8)
    session.pick("in deployer-permissions")
    session.choose("Give deployer fewer permissions")
    session.wait_for("Ctrl-S")
    session.review()


def of_nora(row: str, button: str) -> Callable[[Session, World], None]:
    """The review of something about a credential of nora's, in the row that says so."""

    def reach(session: Session, _world: World) -> None:
        session.step(8)
        session.pick(row)
        session.choose(button)
        session.at_review()

    return reach


def noras_key(status: str) -> Callable[[World], object]:
    """Somebody sets the state of nora's key."""
    return lambda world: world.iam.update_access_key(UserName="nora", AccessKeyId=world.key_of("nora"), Status=status)


def delete_noras_key(world: World) -> None:
    """Somebody deletes nora's key."""
    world.iam.delete_access_key(UserName="nora", AccessKeyId=world.key_of("nora"))


def delete_noras_password(world: World) -> None:
    """Somebody deletes nora's console password."""
    world.iam.delete_login_profile(UserName="nora")


def service_credential(status: str) -> Callable[[World], object]:
    """Somebody sets the state of nora's service-specific credential."""
    return lambda world: world.iam.update_service_specific_credential(**world.service_credential(), Status=status)


def delete_service_credential(world: World) -> None:
    """Somebody deletes it."""
    world.iam.delete_service_specific_credential(**world.service_credential())


def delete_device(session: Session, _world: World) -> None:
    """The device that nobody owns."""
    session.step(3)
    session.choose("Delete unassigned device")
    session.at_review()


def deployers_group(world: World) -> None:
    """A group that gives deployer the same already."""
    world.iam.create_group(GroupName="deployer-permissions")
    world.iam.attach_group_policy(GroupName="deployer-permissions", PolicyArn=READ_ONLY)
    world.iam.put_group_policy(GroupName="deployer-permissions", PolicyName="upload", PolicyDocument=UPLOAD)
    world.iam.add_user_to_group(GroupName="deployer-permissions", UserName="deployer")


def set_key(status: str) -> Callable[[World], object]:
    """Somebody sets the state of root's key."""
    return lambda world: world.iam.update_access_key(AccessKeyId=world.root_key(), Status=status)


def delete_key(world: World) -> None:
    """Somebody deletes root's key."""
    world.iam.delete_access_key(AccessKeyId=world.root_key())


def upload_certificate(world: World) -> None:
    """Root gets a signing certificate."""
    found = world.iam.upload_signing_certificate(CertificateBody=CERTIFICATE)["Certificate"]
    world.notes["certificate"] = found["CertificateId"]


def delete_certificate(world: World) -> None:
    """Somebody deletes it."""
    world.iam.delete_signing_certificate(CertificateId=world.notes["certificate"])


def set_certificate(status: str) -> Callable[[World], object]:
    """Somebody sets its state."""
    return lambda world: world.iam.update_signing_certificate(CertificateId=world.notes["certificate"], Status=status)


def put_contact(kind: str) -> Callable[[World], object]:
    """Somebody sets an alternate contact."""
    return lambda world: world.account.put_alternate_contact(AlternateContactType=kind, **OTHER_CONTACT)


def move_house(world: World) -> None:
    """Somebody changes the primary contact."""
    world.account.put_contact_information(ContactInformation=world.primary() | {"City": "Othertown"})


def put_policy(world: World) -> None:
    """Somebody sets a stricter policy."""
    world.iam.update_account_password_policy(MinimumPasswordLength=30, RequireSymbols=True, PasswordReusePrevention=24)


def member(group: str, user: str) -> Callable[[World], bool]:
    """Whether the user is in the group."""
    return lambda world: user in (world.group(group) or {"members": []})["members"]


def user_has(name: str, what: str) -> Callable[[World], bool]:
    """Whether the user has any of that."""
    return lambda world: bool((world.user(name) or {}).get(what))


def group_has(name: str, what: str, wanted: str) -> Callable[[World], bool]:
    """Whether the group has that policy."""
    return lambda world: wanted in (world.group(name) or {}).get(what, [])


def stranger(world: World) -> None:
    """The group that was to be made is there, with a member."""
    world.group_with_a_stranger(GROUP)


def two_keys(world: World) -> None:
    """The user has as many keys as AWS allows."""
    for _ in range(2):
        world.iam.create_access_key(UserName=USER)


def operations_is_set(world: World) -> bool:
    """Whether boto3 reads the contact that was typed."""
    return world.contact("OPERATIONS") == dict(zip(OTHER_CONTACT, OPERATIONS, strict=True))


def policy_is_cis(world: World) -> bool:
    """Whether boto3 reads CIS's policy."""
    found = world.policy() or {}
    return found.get("MinimumPasswordLength") == 14 and found.get("PasswordReusePrevention") == 24


def device_is_made(world: World) -> bool:
    """A device for mia, in use or not yet."""
    return any("mia" in name for name in world.orphans()) or bool((world.user("mia") or {}).get("devices"))


ADMIN_FORM = (USER, GROUP)


def admin_call(label: str, is_done: Callable[[World], bool], conflict: Callable[[World], object], **other) -> Call:
    """A call of the plan that sets up an administrator."""
    reach = other.pop("reach", administrator())
    return Call(label, label, reach, is_done, conflict, stranger, typed=ADMIN_FORM, page=5, **other)


CALLS = [
    Call("UpdateAccessKey to Inactive", "UpdateAccessKey", root_keys("Deactivate"),
         lambda world: "Inactive" in world.root_keys().values(), delete_key, delete_key, set_key("Active"), page=2,
         watched=""),
    Call("UpdateAccessKey to Active", "UpdateAccessKey", root_keys("Activate again"),
         lambda world: "Active" in world.root_keys().values(), delete_key, delete_key, page=2),
    Call("DeleteAccessKey", "DeleteAccessKey", root_keys("Delete"), lambda world: not world.root_keys(), delete_key,
         World.weaken_administrator, page=2),
    Call("UpdateSigningCertificate", "UpdateSigningCertificate", certificate("Deactivate"),
         lambda world: "Inactive" in world.certificates(), delete_certificate, set_certificate("Inactive"),
         upload_certificate, page=2),
    Call("DeleteSigningCertificate", "DeleteSigningCertificate", certificate("Delete"),
         lambda world: not world.certificates(), delete_certificate, set_certificate("Inactive"), upload_certificate,
         page=2),
    Call("PutAlternateContact", "PutAlternateContact", operations_contact, operations_is_set, put_contact("OPERATIONS"),
         put_contact("OPERATIONS"), typed=OPERATIONS, page=4, overwrites=True),
    Call("DeleteAlternateContact", "DeleteAlternateContact", delete_contact, lambda world: world.contact("BILLING") is None,
         lambda world: world.account.delete_alternate_contact(AlternateContactType="BILLING"), put_contact("BILLING"),
         page=4),
    Call("PutContactInformation", "PutContactInformation", primary_contact,
         lambda world: world.primary()["AddressLine1"] == "22 Other Street", move_house, move_house,
         typed=("22 Other Street",), page=4, overwrites=True),
    Call("SendPhoneNumberVerification", "SendPhoneNumberVerification", phone_code, phone_is("PENDING"), another_phone,
         another_phone, page=4, overwrites=True),
    Call("VerifyPhoneNumber", "VerifyPhoneNumber", code_of_phone, phone_is("VERIFIED"), another_phone, another_phone,
         lambda world: world.account.send_phone_number_verification(), page=4),
    Call("CreateAccountAlias", "CreateAccountAlias", alias("lock-the-root"), lambda world: world.alias() == "lock-the-root",
         lambda world: world.iam.create_account_alias(AccountAlias="lock-the-root"),
         lambda world: world.iam.create_account_alias(AccountAlias="somebody-elses"), typed=("lock-the-root",), page=4),
    Call("DeleteAccountAlias", "DeleteAccountAlias", alias(""), lambda world: world.alias() is None,
         lambda world: world.iam.delete_account_alias(AccountAlias="old-alias"),
         lambda world: world.iam.create_account_alias(AccountAlias="somebody-elses"),
         lambda world: world.iam.create_account_alias(AccountAlias="old-alias"), page=4),
    admin_call("CreateGroup", lambda world: world.group(GROUP) is not None, stranger),
    admin_call("AttachGroupPolicy", group_has(GROUP, "attached", ADMINISTRATOR_ACCESS),
               lambda world: world.delete_group(GROUP)),
    admin_call("PutGroupPolicy", lambda world: bool((world.group(GROUP) or {}).get("inline")),
               lambda world: world.delete_group(GROUP), reach=administrator(deny=True)),
    admin_call("CreateUser", lambda world: world.user(USER) is not None, lambda world: world.iam.create_user(UserName=USER)),
    admin_call("AddUserToGroup", member(GROUP, USER), lambda world: world.delete_group(GROUP)),
    admin_call("CreateLoginProfile", user_has(USER, "password"),
               lambda world: world.iam.create_login_profile(UserName=USER, Password="Th3-others-password!"), secret=True),
    admin_call("CreateAccessKey", user_has(USER, "keys"), two_keys, reach=administrator(key=True), secret=True),
    admin_call("TagUser", lambda world: (world.user(USER) or {}).get("tags", {}).get("team") == "platform",
               lambda world: world.iam.delete_user(UserName=USER), reach=administrator(tags="team=platform"),
               set_up=lambda world: world.iam.create_user(UserName=USER)),
    Call("CreateVirtualMFADevice", "CreateVirtualMFADevice", mfa_device, device_is_made,
         lambda world: world.iam.create_virtual_mfa_device(VirtualMFADeviceName="mia"),
         lambda world: world.make_device_of("mia"), lambda world: world.make_administrator("mia"), page=5,
         confirm=start_mfa),
    Call("EnableMFADevice", "EnableMFADevice", to_qr, user_has("mia", "devices"),
         lambda world: world.iam.delete_virtual_mfa_device(SerialNumber=world.serial("mia")),
         lambda world: world.make_device_of("mia"), lambda world: world.make_administrator("mia"), page=5,
         confirm=enter_codes),
    Call("ResyncMFADevice", "ResyncMFADevice", resync, lambda world: True,
         lambda world: world.iam.deactivate_mfa_device(UserName="mia", SerialNumber=world.serial("mia")),
         lambda world: world.iam.deactivate_mfa_device(UserName="mia", SerialNumber=world.serial("mia")),
         lambda world: world.make_administrator("mia", device=True), page=5, confirm=resync_codes),
    Call("UpdateLoginProfile", "UpdateLoginProfile", new_password, user_has("mia", "password"),
         lambda world: world.iam.delete_login_profile(UserName="mia"),
         lambda world: world.iam.delete_login_profile(UserName="mia"), lambda world: world.make_administrator("mia"),
         page=5, secret=True),
    Call("ChangePassword", "ChangePassword", own_password, lambda world: not world.must_change("mia"),
         lambda world: world.iam.delete_login_profile(UserName="mia"),
         lambda world: world.iam.delete_login_profile(UserName="mia"), lambda world: world.sign_in_as("mia"), page=1,
         secret=True),
    Call("PutGroupPolicy of a user's policy", "PutGroupPolicy", move_to_group,
         group_has("deployer-permissions", "inline", "upload"), lambda world: world.delete_group("deployer-permissions"),
         lambda world: world.group_with_a_stranger("deployer-permissions"), page=8),
    Call("DetachUserPolicy", "DetachUserPolicy", detach, lambda world: not (world.user("deployer") or {}).get("attached"),
         lambda world: world.iam.detach_user_policy(UserName="deployer", PolicyArn=READ_ONLY),
         lambda world: world.iam.detach_group_policy(GroupName="deployer-permissions", PolicyArn=READ_ONLY),
         deployers_group, page=8),
    Call("DeleteUserPolicy", "DeleteUserPolicy", detach, lambda world: not (world.user("deployer") or {}).get("inline"),
         lambda world: world.iam.delete_user_policy(UserName="deployer", PolicyName="upload"),
         lambda world: world.iam.delete_group_policy(GroupName="deployer-permissions", PolicyName="upload"),
         deployers_group, page=8),
    Call("RemoveUserFromGroup", "RemoveUserFromGroup", give_less,
         lambda world: not member("deployer-permissions", "deployer")(world),
         lambda world: world.iam.remove_user_from_group(GroupName="deployer-permissions", UserName="deployer"),
         lambda world: world.delete_group("deployer-permissions"), deployers_group, page=8),
    Call("UpdateAccessKey of a user", "UpdateAccessKey", of_nora("3 y old", "Deactivate"),
         lambda world: "Inactive" in world.keys_of("nora").values(), delete_noras_key, delete_noras_key, page=8,
         watched="waits until"),
    Call("DeleteAccessKey of a user", "DeleteAccessKey", of_nora("3 y old", "Delete"),
         lambda world: not world.keys_of("nora"), delete_noras_key, noras_key("Inactive"), page=8),
    Call("DeleteLoginProfile", "DeleteLoginProfile", of_nora("used 2 y ago", "Delete password"),
         lambda world: not (world.user("nora") or {}).get("password"), delete_noras_password, delete_noras_password,
         page=8),
    Call("UpdateServiceSpecificCredential", "UpdateServiceSpecificCredential", of_nora("never expires", "Deactivate"),
         lambda world: "Inactive" in world.service_credentials(), delete_service_credential, delete_service_credential,
         page=8),
    Call("DeleteServiceSpecificCredential", "DeleteServiceSpecificCredential", of_nora("codecommit", "Delete"),
         lambda world: not world.service_credentials(), delete_service_credential, service_credential("Active"),
         service_credential("Inactive"), page=8),
    Call("UpdateAccountPasswordPolicy", "UpdateAccountPasswordPolicy", policy(""), policy_is_cis, put_policy, put_policy,
         page=6, overwrites=True),
    Call("DeleteAccountPasswordPolicy", "DeleteAccountPasswordPolicy", aws_default, lambda world: world.policy() is None,
         lambda world: world.iam.delete_account_password_policy(), put_policy,
         lambda world: world.iam.update_account_password_policy(MinimumPasswordLength=9), page=6),
    Call("DeleteVirtualMFADevice", "DeleteVirtualMFADevice", delete_device, lambda world: "left-over" not in world.orphans(),
         lambda world: world.iam.delete_virtual_mfa_device(SerialNumber=world.serial("left-over")),
         lambda world: world.iam.delete_virtual_mfa_device(SerialNumber=world.serial("left-over")), page=3),
    Call("CreateAnalyzer", "CreateAnalyzer", turn_on("Access Analyzer"), lambda world: "ACTIVE" in world.analyzers(),
         create_analyzer, create_analyzer, typed=(REGION,), page=9),
    Call("CreateDetector", "CreateDetector", turn_on("GuardDuty"), lambda world: "ENABLED" in world.detectors(),
         lambda world: world.regional("guardduty").create_detector(Enable=True),
         lambda world: world.regional("guardduty").create_detector(Enable=True), typed=(REGION,), page=9),
    Call("UpdateDetector", "UpdateDetector", turn_on("GuardDuty"), lambda world: "ENABLED" in world.detectors(),
         World.resume_detector, World.resume_detector, World.suspend_detector, typed=(REGION,), page=9, overwrites=True),
    Call("UpdateTrail", "UpdateTrail", correct_trail, lambda world: world.trail()["IsMultiRegionTrail"],
         lambda world: world.update_trail(IsMultiRegionTrail=True), start_logging, page=9, overwrites=True),
    Call("PutEventSelectors", "PutEventSelectors", correct_trail, lambda world: "All" in world.selectors(),
         World.record_all, start_logging, page=9, overwrites=True),
    Call("StartLogging", "StartLogging", correct_trail, World.is_logging, start_logging, start_logging, page=9,
         overwrites=True),
    Call("CreateTopic", "CreateTopic", root_alarm, lambda world: world.topic() is not None, create_topic, create_topic,
         typed=(READER,), page=9),
    Call("Subscribe", "Subscribe", root_alarm, lambda world: READER in (world.topic() or []), tell_somebody, create_topic,
         typed=(READER,), page=9, overwrites=True),
    Call("PutRule", "PutRule", root_alarm, lambda world: world.rule() is not None, tell_somebody, create_topic,
         typed=(READER,), page=9, overwrites=True),
    Call("PutTargets", "PutTargets", root_alarm, lambda world: bool(world.rule()), tell_somebody, create_topic,
         typed=(READER,), page=9, overwrites=True),
    Call("EnableSecurityHub", "EnableSecurityHub", turn_on("Security Hub"), World.is_subscribed,
         lambda world: world.regional("securityhub").enable_security_hub(),
         lambda world: world.regional("securityhub").enable_security_hub(), typed=(REGION,), page=9),
]
