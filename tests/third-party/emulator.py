"""moto's AWS on a free loopback port, and boto3 to read back what is true there."""

from __future__ import annotations

import logging
import os
import urllib.request

os.environ["MOTO_IAM_LOAD_MANAGED_POLICIES"] = "true"  # before moto is imported; else AdministratorAccess does not exist

import boto3  # noqa: E402
from botocore.exceptions import ClientError  # noqa: E402
from moto.moto_server import werkzeug_app  # noqa: E402
from moto.server import ThreadedMotoServer  # noqa: E402

from proxy import Proxy  # noqa: E402

CREDENTIALS = {"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing", "AWS_REGION": "us-east-1"}
CONTACT_TYPES = ("BILLING", "OPERATIONS", "SECURITY")
CARRIED_OUT: set[str] = set()  # what the wizard asked any of them and got
DETAILS = ("UserDetailList", "GroupDetailList", "RoleDetailList", "Policies")


def is_news(record: logging.LogRecord) -> bool:
    """Whether it is more than that moto has no such service (IAM Access Analyzer) or no such call, which it says in a page each
    time."""
    text = record.getMessage()
    return "in get_backend" not in text and "action has not been implemented" not in text


class Emulator:
    """moto, started with `with` and stopped at its end."""

    def __enter__(self) -> Emulator:
        server = logging.getLogger("werkzeug")
        server.setLevel(logging.ERROR)  # else it says every request
        server.addFilter(is_news)
        werkzeug_app.print = lambda *_: None  # what it prints is the same news, for each region
        self._server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        self._server.start()
        host, port = self._server.get_host_and_port()
        self.moto = f"http://{host}:{port}"
        urllib.request.urlopen(f"{self.moto}/moto-api/reset", data=b"")  # what an emulator before this one left
        self._proxy = Proxy(self.moto)
        self._proxy.__enter__()
        self.url = self._proxy.url  # the wizard's; boto3 asks moto itself
        return self

    def __exit__(self, *_: object) -> None:
        self._proxy.__exit__(None, None, None)
        CARRIED_OUT.update(exchange.operation for exchange in self._proxy.log if exchange.took_effect)
        self._server.stop()

    def made(self, operation: str) -> bool:
        """Whether the wizard asked for it, and moto did it."""
        return any(exchange.operation == operation and exchange.took_effect for exchange in self._proxy.log)

    def client(self, service: str):
        """boto3's client of `service`, on this emulator."""
        return boto3.client(
            service,
            endpoint_url=self.moto,
            region_name="us-east-1",
            aws_access_key_id="testing",
            aws_secret_access_key="testing",
        )

    def contact(self, kind: str) -> dict[str, str] | None:
        """An alternate contact as boto3 reads it; None: there is none."""
        try:
            answer = self.client("account").get_alternate_contact(AlternateContactType=kind)
        except ClientError as error:
            return absent(error, "ResourceNotFoundException")
        return answer["AlternateContact"]

    def password_policy(self) -> dict | None:
        """The account password policy as boto3 reads it; None: there is none."""
        try:
            return self.client("iam").get_account_password_policy()["PasswordPolicy"]
        except ClientError as error:
            return absent(error, "NoSuchEntity")

    def state(self) -> dict:
        """All that lockroot could have changed, as boto3 reads it."""
        iam = self.client("iam")
        details = iam.get_account_authorization_details(Filter=["User", "Group", "Role", "LocalManagedPolicy"])
        users = [user["UserName"] for user in iam.list_users()["Users"]]
        return {
            "contacts": {kind: self.contact(kind) for kind in CONTACT_TYPES},
            "password policy": self.password_policy(),
            "details": {kind: details[kind] for kind in DETAILS},
            "login profiles": {user: self.login_profile(user) for user in users},
            "MFA devices": {user: iam.list_mfa_devices(UserName=user)["MFADevices"] for user in users},
            "virtual MFA devices": iam.list_virtual_mfa_devices()["VirtualMFADevices"],
            "access keys": {user: iam.list_access_keys(UserName=user)["AccessKeyMetadata"] for user in users},
        }

    def login_profile(self, user: str) -> dict | None:
        """A user's login profile as boto3 reads it; None: there is none."""
        try:
            return self.client("iam").get_login_profile(UserName=user)["LoginProfile"]
        except ClientError as error:
            return absent(error, "NoSuchEntity")


def absent(error: ClientError, code: str) -> None:
    """None if `error` says that something is not there; any other error is raised."""
    if error.response["Error"]["Code"] != code:
        raise error
