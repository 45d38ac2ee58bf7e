"""The access key as a profile in the AWS credentials file: botocore, boto3 and the AWS CLI read it, and the rest of the file
is as it was."""

from __future__ import annotations

import os
import subprocess

import boto3
import botocore.configloader

from ledger import Ledger
from served import AWS
from terminal import Terminal, bare_environment

BEFORE = b"# mine, do not touch\r\n[Default]\r\n[personal]\r\naws_access_key_id=AKIAOLD\r\naws_secret_access_key = old\r\n; the end"


def write_and_read(terminal: Terminal, shown: dict[str, str], ledger: Ledger) -> None:
    """On the page that shows the key; afterwards it is still there."""
    folder = terminal.home / ".aws"
    file = folder / "credentials"
    terminal.press("p")
    terminal.wait_for("Save the access key as a profile", "Profile")
    terminal.press("ctrl-s")
    terminal.wait_for("Nothing was written", "mkdir -m 700")
    ledger.holds("without its folder nothing is written", not folder.exists())
    folder.mkdir(mode=0o700)
    file.write_bytes(BEFORE)
    file.chmod(0o644)
    for name in ("PERSONAL", "work"):
        terminal.press("ctrl-u")
        terminal.type(name)
        terminal.press("ctrl-s")
        if name == "PERSONAL":
            terminal.wait_for("[personal] is there already")
            ledger.equal("a profile of that name stays", file.read_bytes(), BEFORE)
    terminal.wait_for("Profile work is in", "[ I have saved them ]")
    after = file.read_bytes()
    ledger.equal("what was there is there, byte for byte", after[: len(BEFORE)], BEFORE)
    ledger.equal("it is its owner's alone", oct(file.stat().st_mode & 0o777), "0o600")
    ledger.equal("nothing is left beside it", [entry.name for entry in folder.iterdir()], ["credentials"])
    by_others(str(file), shown, ledger)


def by_others(file: str, shown: dict[str, str], ledger: Ledger) -> None:
    """What other programs find under that name."""
    profiles = botocore.configloader.raw_config_parse(file)
    wanted = {"aws_access_key_id": shown["id"], "aws_secret_access_key": shown["secret"]}
    ledger.equal("botocore reads the profile", dict(profiles["work"]), wanted)
    ledger.equal("and the older one", profiles["personal"]["aws_access_key_id"], "AKIAOLD")
    environment = bare_environment("/nonexistent") | {"AWS_SHARED_CREDENTIALS_FILE": file, "AWS_CONFIG_FILE": os.devnull}
    before = dict(os.environ)
    os.environ.update(environment)
    try:
        keys = boto3.Session(profile_name="work").get_credentials()
        ledger.equal("boto3 signs with it", (keys.access_key, keys.secret_key), (shown["id"], shown["secret"]))
    finally:
        os.environ.clear()
        os.environ.update(before)
    for field, value in wanted.items():
        command = [AWS, "configure", "get", field, "--profile", "work"]
        ended = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
        ledger.equal(f"the AWS CLI reads {field}", ended.stdout.strip(), value)
