"""The practice account on a loopback socket, and the hands of others that work on it: boto3 and the AWS CLI."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

import boto3
import botocore
from botocore import xform_name
from botocore.config import Config
from botocore.exceptions import ClientError

from terminal import bare_environment

PATIENCE = 30.0  # seconds until it listens; only a failing check ever waits that long
REGION = "us-east-1"
# What AWS's rules are is to be said by the practice account, so the clients are told to send everything.
AS_TYPED = Config(parameter_validation=False, retries={"total_max_attempts": 1})
# Services of which the AWS CLI 1.46 brings older models than boto3: it has no calls about the primary contact's phone yet. It is
# given boto3's models of them, as it lets everybody do.
NEWER, MODELS = {"account"}, str(Path(botocore.__file__).with_name("data"))
AWS = str(Path(sys.executable).with_name("aws"))


class Served:
    """`lockroot practice --serve`, started with `with` and ended by SIGTERM."""

    def __init__(self, binary: str, *arguments: str) -> None:
        self._command = [binary, "practice", *arguments, "--serve", "127.0.0.1:0"]

    def __enter__(self) -> Served:
        self._folder = tempfile.TemporaryDirectory(prefix="lockroot-served-")
        ready, self._log = Path(self._folder.name, "ready.json"), Path(self._folder.name, "log")
        with self._log.open("w") as output:
            self._process = subprocess.Popen(
                [*self._command, "--ready-file", str(ready)],
                env=bare_environment(self._folder.name),
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=output,
            )
        deadline = time.monotonic() + PATIENCE
        while not ready.exists():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"it does not listen: {self._log.read_text()}")
            time.sleep(0.02)
        self.ready = json.loads(ready.read_text())
        self.url = self.ready["endpoint"]
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.send_signal(signal.SIGTERM)
        self.exit_code = self._process.wait(PATIENCE)
        self._folder.cleanup()

    def phone(self) -> str:
        """The code that came to the practice phone last."""
        return self.order("phone", "phone")

    def advance(self, length: str) -> None:
        """Moves the account's clock ahead."""
        self.order(f"advance {length}", "clock")

    def order(self, line: str, answer: str) -> str:
        """What it says to a line on its standard input, after the word with which it answers."""
        answers = re.compile(rf"^{answer}.*\n", re.MULTILINE)
        before = len(answers.findall(self._log.read_text()))
        self._process.stdin.write(f"{line}\n".encode())
        self._process.stdin.flush()
        deadline = time.monotonic() + PATIENCE
        while len(said := answers.findall(self._log.read_text())) == before:
            assert time.monotonic() < deadline, f"it does not answer: {self._log.read_text()}"
            time.sleep(0.02)
        return said[-1].removeprefix(answer).strip()

    def refusals(self) -> set[str]:
        """What was asked for and not given: `iam:ListPolicies InvalidAction`, by its log."""
        lines = [line.split() for line in self._log.read_text().splitlines()]
        return {f"{line[2]} {line[4]}" for line in lines if len(line) == 5 and line[3].isdigit() and line[4].isalpha()}

    def keys(self, name: str) -> Keys:
        """The credentials of a principal of the scenario."""
        entry = next(entry for entry in self.ready["principals"] if entry["name"] == name)
        return Keys(entry["access_key_id"], entry["secret_access_key"], entry["session_token"])


class Keys:
    """Credentials to sign with."""

    def __init__(self, id: str, secret: str, token: str | None = None) -> None:
        self.id, self.secret, self.token = id, secret, token

    def environment(self) -> dict[str, str]:
        """As variables."""
        variables = {"AWS_ACCESS_KEY_ID": self.id, "AWS_SECRET_ACCESS_KEY": self.secret, "AWS_REGION": REGION}
        return variables | ({"AWS_SESSION_TOKEN": self.token} if self.token else {})


class Refused(Exception):
    """AWS said no: its code; and where the client tells them, the HTTP status and whether botocore models the error."""

    def __init__(self, code: str, status: int | None = None, modelled: bool | None = None) -> None:
        super().__init__(code)
        self.code, self.status, self.modelled = code, status, modelled


# What looks at each raw answer: the service, and what botocore tells of it before it reads it.
Judge = Callable[..., None]


class Boto:
    """boto3's hands."""

    name = "boto3"

    def __init__(self, url: str, keys: Keys, region: str = REGION, judge: Judge | None = None) -> None:
        self._url, self._keys, self._judge = url, keys, judge
        self._session = boto3.Session(keys.id, keys.secret, keys.token, region)

    def elsewhere(self, region: str) -> Boto:
        """The same in another Region."""
        return Boto(self._url, self._keys, region, self._judge)

    def call(self, service: str, operation: str, **parameters: object) -> dict:
        """One call, by the name that the API gives it."""
        client = self._session.client(service, endpoint_url=self._url, config=AS_TYPED)
        if self._judge:
            client.meta.events.register("before-parse.*.*", lambda **answer: self._judge(service, **answer))
        try:
            return getattr(client, xform_name(operation))(**parameters)
        except ClientError as error:
            status = error.response["ResponseMetadata"]["HTTPStatusCode"]
            raise Refused(error.response["Error"]["Code"], status, type(error) is not ClientError) from error

    def new_device(self, name: str) -> tuple[str, str]:
        """A new virtual MFA device: serial number and seed."""
        device = self.call("iam", "CreateVirtualMFADevice", VirtualMFADeviceName=name)["VirtualMFADevice"]
        return device["SerialNumber"], device["Base32StringSeed"].decode()


class Cli:
    """The AWS CLI's hands."""

    name = "the AWS CLI"

    def __init__(self, url: str, keys: Keys, region: str = REGION) -> None:
        self._url, self._keys, self._region = url, keys, region

    def elsewhere(self, region: str) -> Cli:
        """The same in another Region."""
        return Cli(self._url, self._keys, region)

    def call(self, service: str, operation: str, **parameters: object) -> dict:
        """One call, by the name that the API gives it."""
        return self._run(service, operation, "--cli-input-json", json.dumps(parameters))

    def new_device(self, name: str) -> tuple[str, str]:
        """A new virtual MFA device: serial number and seed, which the CLI writes to a file."""
        with tempfile.TemporaryDirectory(prefix="lockroot-seed-") as folder:
            seed = Path(folder, "seed")
            options = ["--virtual-mfa-device-name", name, "--outfile", str(seed), "--bootstrap-method", "Base32StringSeed"]
            answer = self._run("iam", "CreateVirtualMFADevice", *options)
            return answer["VirtualMFADevice"]["SerialNumber"], seed.read_text()

    def _run(self, service: str, operation: str, *options: str) -> dict:
        with tempfile.TemporaryDirectory(prefix="lockroot-home-") as home:
            config = Path(home, "config")
            config.write_text("[default]\nparameter_validation = false\nmax_attempts = 1\n")
            environment = bare_environment(home) | self._keys.environment()
            environment |= {"AWS_CONFIG_FILE": str(config), "AWS_ENDPOINT_URL": self._url, "PATH": os.environ["PATH"]}
            environment |= {"AWS_REGION": self._region, "AWS_DEFAULT_REGION": self._region, "AWS_EC2_METADATA_DISABLED": "true"}
            if service in NEWER:
                environment["AWS_DATA_PATH"] = MODELS
            command = [AWS, service, xform_name(operation, "-"), "--output", "json", *options]
            ended = subprocess.run(
                command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120
            )
        if ended.returncode == 0:
            return json.loads(ended.stdout or "{}")
        _, found, rest = ended.stderr.partition("An error occurred (")
        if not found:
            raise AssertionError(f"{command}: {ended.stderr}")
        raise Refused(rest.split(")")[0])
