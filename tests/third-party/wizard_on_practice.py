"""The wizard in a real terminal against `practice --serve`, reached like AWS by its endpoint; boto3 reads what it did."""

from __future__ import annotations

from hardening_on_moto import CONTACTS, POLICY, raise_password_policy, set_contacts, set_up_administrator
from ledger import Ledger
from served import Boto, Served
from terminal import Terminal


def run(binary: str, ledger: Ledger) -> None:
    """Contacts, administrator with MFA whose codes are verified, and password policy, as root with its key."""
    with ledger.story("the wizard on practice --serve"):
        with Served(binary, "fresh") as served:
            keys = served.keys("root")
            with Terminal([binary, "--endpoint-url", served.url], environment=keys.environment()) as terminal:
                set_contacts(terminal, ledger)
                set_up_administrator(terminal, ledger, sign_in="123456789012")
                raise_password_policy(terminal, kept=("14", "24"))
                terminal.press("q")
                code, text = terminal.end()
                ledger.equal("the wizard ends with exit code 0", code, 0)
            root = Boto(served.url, keys)
            for kind, wanted in CONTACTS.items():
                contact = root.call("account", "GetAlternateContact", AlternateContactType=kind)["AlternateContact"]
                ledger.equal(f"boto3 reads the {kind.lower()} contact", contact, wanted | {"AlternateContactType": kind})
            attached = root.call("iam", "ListAttachedGroupPolicies", GroupName="Administrators")["AttachedPolicies"]
            ledger.equal("boto3 reads the group's policy", [policy["PolicyArn"] for policy in attached], [POLICY])
            devices = root.call("iam", "ListMFADevices", UserName="administrator")["MFADevices"]
            ledger.equal("boto3 reads the administrator's MFA device", len(devices), 1)
            policy = root.call("iam", "GetAccountPasswordPolicy")["PasswordPolicy"]
            ledger.equal("boto3 reads the password policy's length", policy["MinimumPasswordLength"], 14)
