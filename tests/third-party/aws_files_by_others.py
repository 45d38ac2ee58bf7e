"""The AWS files: every profile that botocore finds, or that the AWS CLI writes, lockroot signs in with; and none that they don't find."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from pathlib import Path

import botocore.configloader

from ledger import Ledger
from served import AWS, Served
from terminal import bare_environment

HEADINGS = (
    "default",
    "profile x",
    "profile\tx",
    "profile 'Foo Bar'",
    'profile "root"',
    "profile 'Someone'\"'\"'s MacBook Pro'",
    'profile "Someone\'s MacBook Pro"',
    "profile a\\ b",
    "profile 'a\\b'",
    'profile "a\\"b\\c"',
    "profile Bücher",
    "profile a,b&c#d",
    "profile 'a;b = c: d'",
    "profile default",
    "x",
    "profile",
    "profile a b",
    "profile Someone's",
    "sso-session x",
    "preview",
)
# What stands before, behind and between: none of it may change what is read.
SHAPES = (
    "[{heading}]\n{keys}",
    "\n# remark\n; remark\n[{heading}] ; note\n{keys}",
    "  [{heading}]\n    {indented}",
    "[{heading}]\r\n{dos}",
    "[plugins]\ncli_legacy_plugin_path = x\n[{heading}]\ns3 =\n  max_concurrent_requests = 2\n\n{keys}[services s]\niam =\n  endpoint_url = http://x\n",
    "[{heading}]\n{colons}",
)
WRITTEN = ("plain", "Foo Bar", "Someone's MacBook Pro", "a#b,c&d")


def run(binary: str, ledger: Ledger) -> None:
    """One folder, file after file."""
    with Served(binary) as served, tempfile.TemporaryDirectory(prefix="lockroot-aws-files-") as folder:
        file = Path(folder, "config")
        principal = served.ready["principals"][0]
        lines = [f"aws_access_key_id = {principal['access_key_id']}", f"aws_secret_access_key = {principal['secret_access_key']}"]
        if principal["session_token"]:
            lines.append(f"aws_session_token = {principal['session_token']}")
        environment = bare_environment(folder) | {"AWS_CONFIG_FILE": str(file), "AWS_SHARED_CREDENTIALS_FILE": os.devnull}

        def agrees(heading: str, shape: str) -> bool:
            keys = "\n".join(lines) + "\n"
            text = shape.format(
                heading=heading,
                keys=keys,
                indented="\n    ".join(lines) + "\n",
                dos="\r\n".join(lines) + "\r\n",
                colons=keys.replace(" = ", ": "),
            )
            file.write_bytes(text.encode())
            names = list(botocore.configloader.load_config(str(file))["profiles"])
            return caller(names[0] if names else "nobody") == (principal["arn"] if names else None)

        def caller(name: str) -> str | None:
            command = [binary, "check", "--profile", name, "--endpoint-url", served.url, "--only", "root-mfa", "--format", "json"]
            ended = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
            seen = json.loads(ended.stdout)["caller"]
            return seen and seen["arn"]

        for heading in HEADINGS:
            shapes = SHAPES if heading in HEADINGS[:4] else SHAPES[:2]
            wrong = [shape for shape in shapes if not agrees(heading, shape)]
            ledger.equal(f"[{heading}] is to lockroot what it is to botocore", wrong, [])
        for name in WRITTEN:
            file.unlink(missing_ok=True)
            for line in lines:
                field, value = line.split(" = ", 1)
                command = [AWS, "configure", "set", field, value, "--profile", name]
                # The CLI puts keys where profiles need no prefix.
                subprocess.run(command, env=environment | {"AWS_SHARED_CREDENTIALS_FILE": str(Path(folder, "credentials"))}, check=True, timeout=60)
            subprocess.run([AWS, "configure", "set", "region", "eu-west-1", "--profile", name], env=environment, check=True, timeout=60)
            environment["AWS_SHARED_CREDENTIALS_FILE"] = str(Path(folder, "credentials"))
            ledger.equal(f"lockroot signs in with {name!r} as the AWS CLI writes it", caller(name), principal["arn"])
            Path(folder, "credentials").unlink()
            environment["AWS_SHARED_CREDENTIALS_FILE"] = os.devnull
