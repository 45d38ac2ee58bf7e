"""The administrator that the wizard sets up, used by others: boto3 signs in with MFA."""

from __future__ import annotations

import re
import time

import pyotp

import profile_of_key as profile
from enrolment import STEP, consecutive_codes, seed_as_text
from ledger import Ledger
from served import Boto, Keys, Refused, Served
from terminal import Terminal

KEY, SECRET = re.compile(r"Access key +(AKIA\w+)"), re.compile(r"(?m)(?:│|Secret) +([A-Za-z0-9/+]{40})$")
PASSWORD = re.compile(r"Password +(\S{24,})")
SERIAL = "arn:aws:iam::123456789012:mfa/administrator"


def run(binary: str, ledger: Ledger) -> None:
    """With an access key and the policy that denies everything until MFA is present."""
    with ledger.story("the new administrator in others' hands"):
        with Served(binary, "fresh") as served:
            environment = served.keys("root").environment()
            with Terminal([binary, "--endpoint-url", served.url], environment=environment) as terminal:
                shown, seed = set_up(terminal, ledger)
            use(served.url, shown, seed, ledger)


def set_up(terminal: Terminal, ledger: Ledger) -> tuple[dict[str, str], str]:
    """Plays the step; what was shown, and the seed."""
    terminal.wait_for("1234-5678-9012")
    terminal.press("5")
    terminal.confirm("Set up an administrator")
    terminal.wait_for("User name", "Deny unless MFA")
    terminal.press("down down down down")
    terminal.type(" ")
    terminal.press("down")
    terminal.type(" ")
    terminal.press("ctrl-s")
    terminal.wait_for("Make these 8 calls")
    terminal.press("right")
    terminal.confirm("Make these 8 calls")
    terminal.wait_for("[ I have saved them ]")
    terminal.press("v")
    terminal.wait_until(lambda: SECRET.search(terminal.text()) is not None, "the secret in clear")
    text = terminal.text()
    found = {"id": KEY, "secret": SECRET, "password": PASSWORD}
    shown = {name: pattern.search(text).group(1) for name, pattern in found.items()}
    profile.write_and_read(terminal, shown, ledger)
    terminal.press("enter")
    terminal.wait_for("MFA for administrator", "Scan it")
    seed = seed_as_text(terminal.text())
    terminal.type("".join(consecutive_codes(seed, time.time())))
    terminal.press("enter")
    terminal.wait_for("next step")
    return shown, seed


def refusal(hands: Boto, service: str, operation: str, **parameters: object) -> str | None:
    """AWS's code for the refusal of a call; None if it is taken."""
    try:
        hands.call(service, operation, **parameters)
    except Refused as refused:
        return refused.code
    return None


def use(url: str, shown: dict[str, str], seed: str, ledger: Ledger) -> None:
    """The key alone may do nothing but ask for a session; with MFA it may read IAM, and the password is the right one."""
    key = Boto(url, Keys(shown["id"], shown["secret"]))
    ledger.equal("without MFA the key reads nothing", refusal(key, "iam", "ListUsers"), "AccessDenied")
    ledger.equal("but may see its own devices", refusal(key, "iam", "ListMFADevices", UserName="administrator"), None)
    # A code is good once; the two of the enrolment are used up.
    time.sleep(STEP - time.time() % STEP + 1)
    code = pyotp.TOTP(seed).now()
    token = key.call("sts", "GetSessionToken", SerialNumber=SERIAL, TokenCode=code)["Credentials"]
    session = Boto(url, Keys(token["AccessKeyId"], token["SecretAccessKey"], token["SessionToken"]))
    users = session.call("iam", "ListUsers")["Users"]
    ledger.equal("with MFA boto3 reads the users", [user["UserName"] for user in users], ["administrator"])
    wrong = refusal(session, "iam", "ChangePassword", OldPassword="not-" + shown["password"], NewPassword="Walnut7-Tulip+Battery")
    ledger.holds("a wrong password is refused", wrong is not None, str(wrong))
    right = refusal(session, "iam", "ChangePassword", OldPassword=shown["password"], NewPassword="Walnut7-Tulip+Battery")
    ledger.equal("the password that was shown is the user's", right, None)
