"""lockroot hardens moto's AWS through a real terminal; boto3 says what is true afterwards.

moto never plays root and takes any MFA code (the wizard checks codes itself before it sends them), so the two steps
about root are not walked here; the practice account is there for those.
"""

from __future__ import annotations

import json
import re
import subprocess
import time

import pyotp

from emulator import CREDENTIALS, Emulator
from enrolment import consecutive_codes, reveal_and_keep, seed_as_text, uris_on_screen
from ledger import Ledger
from terminal import Terminal, bare_environment

BILLING = {
    "Name": "Ada Lovelace",
    "Title": "Head of Finance",
    "EmailAddress": "billing@example.com",
    "PhoneNumber": "+44 20 1234567",
}
LONGEST_TITLE = "Operations and Site Reliability, the Team on Call."  # 50 characters, all that AWS takes
OPERATIONS = {
    "Name": "Operations Team",
    "Title": LONGEST_TITLE,
    "EmailAddress": "ops@example.com",
    "PhoneNumber": "(030) 123-456",
}
CONTACTS = {"BILLING": BILLING, "OPERATIONS": OPERATIONS, "SECURITY": OPERATIONS}
POLICY = "arn:aws:iam::aws:policy/AdministratorAccess"
ADMINISTRATORS = ("administrator", "bea")
SERIAL = "arn:aws:iam::123456789012:mfa/{}"
TAGS = {"team": "platform", "cost center": "42"}
DEPLOYER = "deployer"  # holds policies directly
READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"
OWN_POLICY = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:PutObject", "Resource": "*"}]}
HALF_A_POLICY = {"MinimumPasswordLength": 20, "MaxPasswordAge": 400}
CIS_POLICY = {
    "MinimumPasswordLength": 20,
    "MaxPasswordAge": 400,
    "PasswordReusePrevention": 24,
    "AllowUsersToChangePassword": True,
    "ExpirePasswords": True,
    "RequireSymbols": True,
}
GREEN = {
    "billing-contact",
    "operations-contact",
    "security-contact",
    "administrator",
    "administrator-mfa",
    "permissions-through-groups",
    "password-policy",
}
ALIAS = "acme-hardened"
STEP_IS_DONE = "Done, and read back from AWS"


def run(binary: str, ledger: Ledger) -> None:
    """All checks of this file."""
    with Emulator() as emulator:
        leave_half_a_policy(emulator)
        leave_policies_on_a_user(emulator)
        with ledger.story("hardening on moto"):
            with wizard(binary, emulator) as terminal:
                set_contacts(terminal, ledger)
                set_alias(terminal, ledger)
                set_up_administrator(terminal, ledger, names=ADMINISTRATORS, tags=TAGS)
                move_to_a_group(terminal)
                raise_password_policy(terminal)
                leave(terminal, ledger)
            contacts_are_read_back(emulator, ledger)
            administrators_are_read_back(emulator, ledger)
            group_is_read_back(emulator, ledger)
            policy_is_read_back(emulator, ledger)
            alias_is_read_back(emulator, ledger)
            check_agrees(binary, emulator, ledger)
        with ledger.story("a second run on moto"):
            second_run(binary, emulator, ledger)


def leave_half_a_policy(emulator: Emulator) -> None:
    """A policy of somebody else's: the preset CIS raises it, and has to keep what it says nothing of."""
    emulator.client("iam").update_account_password_policy(**HALF_A_POLICY)


def leave_policies_on_a_user(emulator: Emulator) -> None:
    """A managed policy and an inline one, on the user itself."""
    iam = emulator.client("iam")
    iam.create_user(UserName=DEPLOYER)
    iam.attach_user_policy(UserName=DEPLOYER, PolicyArn=READ_ONLY)
    iam.put_user_policy(UserName=DEPLOYER, PolicyName="upload", PolicyDocument=json.dumps(OWN_POLICY))


def wizard(binary: str, emulator: Emulator) -> Terminal:
    """The wizard on the emulator, at 80×24."""
    return Terminal([binary, "--endpoint-url", emulator.url], environment=CREDENTIALS)


def set_contacts(terminal: Terminal, ledger: Ledger) -> None:
    """Billing and operations differ, security is the same as operations; a title is too long at first."""
    terminal.wait_for("[ Begin ]", "1234-5678-9012")
    terminal.press("4")
    terminal.confirm("Alternate contacts")
    terminal.wait_for("Billing", "Name")
    for text in BILLING.values():
        terminal.type(text)
        terminal.press("enter")
    terminal.press("enter")  # operations: a contact of its own
    terminal.type(OPERATIONS["Name"])
    terminal.press("enter")
    too_long_title_is_refused(terminal, ledger)
    terminal.press("enter")
    for text in (OPERATIONS["EmailAddress"], OPERATIONS["PhoneNumber"]):
        terminal.type(text)
        terminal.press("enter")
    terminal.press("right right ctrl-s")  # security: the same as operations
    terminal.confirm("Make these 3 calls")
    terminal.wait_for(STEP_IS_DONE)


def too_long_title_is_refused(terminal: Terminal, ledger: Ledger) -> None:
    """Three characters too many: said at once, not sent, and nothing that was typed is lost."""
    terminal.type(LONGEST_TITLE + "xyz")
    terminal.wait_for("too long by 3: at most 50 characters", "53/50", "on Call.xyz")
    terminal.press("ctrl-s")
    terminal.wait_for("problem", "on Call.xyz", OPERATIONS["Name"])
    ledger.holds("a too long title is refused in the form, and what was typed stays", "Make these" not in terminal.text())
    terminal.press("backspace backspace backspace")
    terminal.wait_until(lambda: "too long" not in terminal.text(), "the end of the complaint")


def set_alias(terminal: Terminal, ledger: Ledger) -> None:
    """An alias that breaks the rules is refused in the form; then one that does not."""
    terminal.press("esc")
    terminal.wait_for("[ Alternate contacts ]")
    terminal.press("right right")
    terminal.confirm("Account alias")
    terminal.type("Acme")
    terminal.wait_for("is not allowed: use")
    terminal.press("backspace backspace backspace backspace")
    terminal.type(ALIAS)
    terminal.press("ctrl-s")
    terminal.confirm("Make this call")
    terminal.wait_for(STEP_IS_DONE)


def alias_is_read_back(emulator: Emulator, ledger: Ledger) -> None:
    """The one alias that an account can have."""
    aliases = emulator.client("iam").list_account_aliases()["AccountAliases"]
    ledger.equal("boto3 reads the account's alias", aliases, [ALIAS])


def set_up_administrator(
    terminal: Terminal,
    ledger: Ledger,
    sign_in: str = ALIAS,
    names: tuple[str, ...] = ("administrator",),
    tags: dict[str, str] | None = None,
) -> None:
    """Group, policy, then for each name a user, a password of its own, and MFA by the QR code on the screen."""
    terminal.press("5")
    terminal.confirm("Set up an administrator")
    terminal.wait_for("User names", "administrator", "Administrators")
    terminal.press("ctrl-u")
    terminal.type(" ".join(names))
    if tags:
        terminal.press("up up")  # round over the button to the last field
        terminal.wait_for("Optional: team=platform")
        terminal.type(", ".join(f"{key}={value}" for key, value in tags.items()))
    terminal.press("ctrl-s")
    terminal.confirm(f"Make these {2 + 4 * len(names)} calls")
    for name in names:
        terminal.wait_for(f"{name} can sign in", f"https://{sign_in}.signin.aws.amazon.com/console")
        reveal_and_keep(terminal)
        enrol(terminal, ledger, name)
    terminal.wait_for(STEP_IS_DONE)


def enrol(terminal: Terminal, ledger: Ledger, name: str) -> None:
    """MFA for `name`: what decoders read off the screen is what stands beside it."""
    terminal.wait_for(f"MFA for {name}", "Scan it")
    seed = seed_as_text(terminal.text())
    for decoder, uris in uris_on_screen(terminal).items():
        secrets = [pyotp.parse_uri(uri).secret for uri in uris]
        ledger.equal(f"the seed of {name}, as {decoder} reads it off the screen", secrets, [seed])
    terminal.type("".join(consecutive_codes(seed, time.time())))
    terminal.press("enter")


def move_to_a_group(terminal: Terminal) -> None:
    """The one user who holds policies directly: a group gives the same, then they are taken off the user."""
    terminal.press("8")
    terminal.wait_for(DEPLOYER, "ReadOnlyAccess, upload")
    confirm_with_care(terminal, f"New group {DEPLOYER}-permissions", 4)
    terminal.confirm("Go on with this step")
    confirm_with_care(terminal, f"Detach from {DEPLOYER}", 2)
    # moto knows no service-specific credentials, so the step is not said to be done.
    terminal.wait_for("What was done", "No user holds a policy directly", "Something could not be read")


def confirm_with_care(terminal: Terminal, button: str, calls: int) -> None:
    """A plan in whose review going back is preselected."""
    terminal.confirm(button)
    terminal.wait_for(f"Make these {calls} calls")
    terminal.press("right")
    terminal.confirm(f"Make these {calls} calls")


def raise_password_policy(terminal: Terminal, kept: tuple[str, ...] = ("20", "400")) -> None:
    """The preset CIS, as it is offered; what is stricter already is kept."""
    terminal.press("6")
    terminal.confirm("Change it")
    terminal.wait_for("Minimum length", *kept)
    terminal.press("ctrl-s")
    terminal.confirm("Make this call")
    terminal.wait_for(STEP_IS_DONE)


def leave(terminal: Terminal, ledger: Ledger) -> None:
    """Quits, and looks at what is left behind on the plain terminal."""
    terminal.press("q")
    code, text = terminal.end()
    ledger.equal("the wizard ends with exit code 0", code, 0)
    passed = re.search(r"(\d+) of \d+ steps (?:is|are) done on account 123456789012", text)
    ledger.holds("its farewell says how many steps are done", passed is not None and int(passed[1]) >= 3, text)


def contacts_are_read_back(emulator: Emulator, ledger: Ledger) -> None:
    """Field by field."""
    for kind, wanted in CONTACTS.items():
        contact = emulator.contact(kind) or {}
        for field, value in wanted.items():
            ledger.equal(f"boto3 reads the {kind.lower()} contact's {field}", contact.get(field), value)


def administrators_are_read_back(emulator: Emulator, ledger: Ledger) -> None:
    """Group, policy, membership; for each administrator a login profile, tags, and a device of its own, enabled."""
    iam = emulator.client("iam")
    attached = iam.list_attached_group_policies(GroupName="Administrators")["AttachedPolicies"]
    ledger.equal("boto3 reads the group's policy", [policy["PolicyArn"] for policy in attached], [POLICY])
    members = sorted(user["UserName"] for user in iam.get_group(GroupName="Administrators")["Users"])
    ledger.equal("boto3 reads the group's members", members, sorted(ADMINISTRATORS))
    for name in ADMINISTRATORS:
        ledger.holds(f"boto3 reads a login profile of {name}", emulator.login_profile(name))
        serials = [device["SerialNumber"] for device in iam.list_mfa_devices(UserName=name)["MFADevices"]]
        ledger.equal(f"boto3 reads the MFA device of {name}", serials, [SERIAL.format(name)])
        tags = {tag["Key"]: tag["Value"] for tag in iam.list_user_tags(UserName=name)["Tags"]}
        ledger.equal(f"boto3 reads the tags of {name}", tags, TAGS)
        keys = iam.list_access_keys(UserName=name)["AccessKeyMetadata"]
        ledger.equal(f"boto3 reads no access key of {name}", keys, [])
        direct = iam.list_attached_user_policies(UserName=name)["AttachedPolicies"]
        ledger.equal(f"boto3 reads no policy on {name} itself", direct, [])
    owned = sorted(
        (device["SerialNumber"], device["User"]["UserName"])
        for device in iam.list_virtual_mfa_devices(AssignmentStatus="Assigned")["VirtualMFADevices"]
    )
    wanted = sorted((SERIAL.format(name), name) for name in ADMINISTRATORS)
    ledger.equal("boto3 reads who owns the virtual MFA devices", owned, wanted)
    unassigned = iam.list_virtual_mfa_devices(AssignmentStatus="Unassigned")["VirtualMFADevices"]
    ledger.equal("boto3 reads no device left over", unassigned, [])


def group_is_read_back(emulator: Emulator, ledger: Ledger) -> None:
    """The user has the same as before, through a group alone."""
    iam, group = emulator.client("iam"), f"{DEPLOYER}-permissions"
    attached = iam.list_attached_group_policies(GroupName=group)["AttachedPolicies"]
    ledger.equal("boto3 reads the policy that was moved", [policy["PolicyArn"] for policy in attached], [READ_ONLY])
    inline = iam.get_group_policy(GroupName=group, PolicyName="upload")["PolicyDocument"]
    ledger.equal("boto3 reads the inline policy that was moved", inline, OWN_POLICY)
    groups = [group["GroupName"] for group in iam.list_groups_for_user(UserName=DEPLOYER)["Groups"]]
    ledger.equal("boto3 reads the user's groups", groups, [group])
    left = (
        iam.list_attached_user_policies(UserName=DEPLOYER)["AttachedPolicies"],
        iam.list_user_policies(UserName=DEPLOYER)["PolicyNames"],
    )
    ledger.equal("boto3 reads no policy on the user itself", left, ([], []))


def policy_is_read_back(emulator: Emulator, ledger: Ledger) -> None:
    """What CIS asks for, and nothing that was not asked for."""
    policy = emulator.password_policy() or {}
    for field, wanted in CIS_POLICY.items():
        ledger.equal(f"boto3 reads the password policy's {field}", policy.get(field), wanted)


def check_agrees(binary: str, emulator: Emulator, ledger: Ledger) -> None:
    """`lockroot check` says the same of these steps; root has no MFA at moto, so it exits 1."""
    command = [binary, "check", "--format", "json", "--endpoint-url", emulator.url]
    environment = bare_environment("/nonexistent") | CREDENTIALS
    ended = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
    verdicts = {check["id"]: check["verdict"] for check in json.loads(ended.stdout)["checks"]}
    for id in sorted(GREEN):
        ledger.equal(f"lockroot check: {id}", verdicts.get(id), "pass")
    ledger.equal("lockroot check still fails for root's MFA", (verdicts.get("root-mfa"), ended.returncode), ("fail", 1))


def second_run(binary: str, emulator: Emulator, ledger: Ledger) -> None:
    """Everything is found green, forms offer nothing to change, and nothing changes."""
    before = emulator.state()
    with wizard(binary, emulator) as terminal:
        terminal.wait_for("[ Begin ]", " steps done")
        terminal.press("4")
        terminal.wait_for("A billing contact is set", "pass")
        terminal.confirm("Alternate contacts")
        terminal.wait_for("Ada Lovelace")
        terminal.press("ctrl-s")
        terminal.wait_for("Nothing differs")
        terminal.press("esc")
        terminal.wait_for("[ Alternate contacts ]")
        terminal.press("6")
        terminal.confirm("Change it")
        terminal.press("ctrl-s")
        terminal.wait_for("Nothing differs")
        terminal.press("esc")
        terminal.wait_for("[ Change it ]")
        terminal.press("5")
        terminal.wait_for("administrator", "bea", "virtual", "[ Set up another ]")
        steps = [line[:26] for line in terminal.text().splitlines()]
        for name in ("Contacts", "Administrator", "Passwords"):
            green = any(name in line and "✓" in line and "done" in line for line in steps)
            ledger.holds(f"on a second run the step {name} is done", green, terminal.text())
        leave(terminal, ledger)
    ledger.equal("a second run changes nothing that boto3 can see", emulator.state(), before)
