"""The AWS CLI commands that reviews show, read off the screen and run in a shell by the AWS CLI: what the wizard would have done is
then true, as boto3 reads it. The reviews are those of tests/outside/calls.py."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from botocore import xform_name

from calls import CALLS, Call
from changes_by_others import SCENARIO, sent
from ledger import Ledger
from served import AWS, MODELS, REGION, Served
from session import Session
from terminal import bare_environment
from world import World

# Rows whose calls stand in another row's review, which is played.
ELSEWHERE = {
    "AttachGroupPolicy": "CreateGroup",
    "CreateUser": "CreateGroup",
    "AddUserToGroup": "CreateGroup",
    "CreateLoginProfile": "CreateGroup",
    "DeleteUserPolicy": "DetachUserPolicy",
    "PutEventSelectors": "UpdateTrail",
    "StartLogging": "UpdateTrail",
    "Subscribe": "CreateTopic",
    "PutRule": "CreateTopic",
    "PutTargets": "CreateTopic",
}
# Rows without a review that shows a command: codes are typed on a page of their own, and so is the password.
NO_REVIEW = {
    "EnableMFADevice": "the page with the QR code takes two codes and sends them",
    "ResyncMFADevice": "its page takes two codes",
    "ChangePassword": "its command has both passwords as variables, and the old one is known to the page alone",
}
MADE_UP = "Correct-Horse-7-Battery"  # where a command has a password as a variable
COMMAND = re.compile(r"^ +\$ (aws .*)$")


def run(binary: str, ledger: Ledger) -> None:
    """Two reviews at a time, each on an account of its own."""
    rows = [call for call in CALLS if call.label not in ELSEWHERE and call.label not in NO_REVIEW]
    made: set[str] = set()
    with ledger.story("the commands of reviews"), ThreadPoolExecutor(2) as pool:
        for call, (commands, wrong) in zip(rows, pool.map(lambda call: play(call, binary), rows)):
            ledger.equal(f"the AWS CLI carries out what the review of {call.label} shows", wrong, [])
            made |= {action(command) for command in commands}
    wanted = {kebab(one.split(":")[1]) for one in sent()} - {kebab(label) for label in NO_REVIEW}
    ledger.equal("every change was a command of some review", sorted(wanted - made), [])


def play(call: Call, binary: str) -> tuple[list[str], list[str]]:
    """The commands of one review, and what is wrong with them."""
    with Served(binary, "--scenario", str(SCENARIO)) as served, tempfile.TemporaryDirectory(prefix="lockroot-home-") as home:
        keys = served.keys("root")
        world = World(served.url, keys, served.phone)
        world.root_key()
        call.set_up(world)
        try:
            with Session(binary, served.url, home, keys.environment(), rows=150, columns=100) as session:
                session.begin()
                call.reach(session, world)
                if call.confirm:
                    session.choose(session.focused())
                    session.at_review()
                commands = read(session)
        except AssertionError as error:
            return [], [str(error)]
        environment = bare_environment(home) | keys.environment() | {"PATH": f"{Path(AWS).parent}:{os.environ['PATH']}"}
        environment |= {"AWS_ENDPOINT_URL": served.url, "AWS_DEFAULT_REGION": REGION, "AWS_DATA_PATH": MODELS, "PASSWORD": MADE_UP}
        wrong = [said for command in commands if (said := carry_out(command, environment, home))]
        done = [one.label for one in CALLS if one.label == call.label or ELSEWHERE.get(one.label) == call.label]
        undone = [one.label for one in CALLS if one.label in done and not one.is_done(world)]
        return commands, wrong + [f"{label} is not done after {commands}" for label in undone]


def read(session: Session) -> list[str]:
    """The commands on the screen, each as one line again."""
    shown = lambda: "$ aws" in session.pane()
    if not session.comes_true(shown, 1.0):  # a few calls are shown whole as it is
        session.press("a")
    session.wait_until(shown, "commands in the review")
    rows = [line.split("│")[1].rstrip() for line in session.text().splitlines() if "│" in line]
    width, commands = max(map(len, rows)), list[str]()
    indent, before = 0, ""
    for row in rows:
        if found := COMMAND.match(row):
            commands.append(found[1])
            indent = row.index("$") + 2
        elif commands and indent and len(row) - len(row.lstrip()) == indent:
            # What is longer than a line is broken wherever that ends, everything else at blanks.
            torn = len(before) == width and len(before.split(" ")[-1] + row.split()[0]) > width - indent
            commands[-1] += ("" if torn else " ") + row.strip()
        else:
            indent = 0
        before = row
    return commands


def carry_out(command: str, environment: dict[str, str], folder: str) -> str:
    """Runs it; what was wrong."""
    ended = subprocess.run(["bash", "-c", command], env=environment, cwd=folder, capture_output=True, text=True, timeout=120)
    return f"{command}: {ended.stderr.strip()}" if ended.returncode else ""


def action(command: str) -> str:
    """The operation, as the AWS CLI spells it."""
    return command.split()[2]


def kebab(operation: str) -> str:
    """The same of an API's name."""
    return xform_name(operation, "-")
