"""boto3 and the AWS CLI make every change that the program can make, and fail as AWS has them fail; boto3 reads what is true
then, and botocore's models judge every answer. A call of the program's without a story here is a failure."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from botocore.model import OperationModel

from calls import CALLS
from changes import STORIES, Scene, Story, Wrong
from ledger import Ledger
from served import Boto, Cli, Keys, Refused, Served
from wire_models import Finding, judge

ROOT = Path(__file__).resolve().parents[2]
SCENARIO = ROOT / "tests" / "outside" / "account.toml"
# Errors that any call can meet, by the name that a fault has here.
MISHAPS = ("throttle", "server", "expired-token")
IN_PATHS = {"UpdateDetector": {"DetectorId": "1" * 32}}  # without which no request can be written
# As each service calls it that a permission is missing.
DENIED = {"iam": "AccessDenied", "sts": "AccessDenied", "sns": "AuthorizationError"}


def run(binary: str, ledger: Ledger) -> None:
    """The same by each kind of hands, each on an account of its own."""
    played = Played(ledger)
    for hands in (Boto, Cli):
        with ledger.story(f"every change by {hands.name}"), Served(binary, "--scenario", str(SCENARIO)) as served:
            play_all(hands, served, played)
    with ledger.story("what can go wrong with any call"):
        for mishap in MISHAPS:
            faults = [word for action in sorted(sent()) for word in ("--fault", f"{action}={mishap}")]
            with Served(binary, "--scenario", str(SCENARIO), *faults) as served:
                meet(mishap, served, played)
    played.compare()
    played.is_complete()


class Played:
    """What came of it."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.made: dict[str, list[tuple[str, object]]] = {}  # by whose hands: call, and what boto3 read
        self.refused: Counter[tuple[str, str]] = Counter()
        self.answers: Counter[str] = Counter()

    def judge(self, service: str, response_dict: dict, operation_model: OperationModel, **_: object) -> None:
        """What botocore's models say of an answer."""
        finding = Finding(operation_model.name)
        status, headers, body = (response_dict[part] for part in ("status_code", "headers", "body"))
        judge(operation_model, status, headers, body, finding)
        action = f"{service.replace('accessanalyzer', 'access-analyzer')}:{operation_model.name}"
        self.answers[action] += 1
        if wrong := [(path, text) for level, path, text in finding if level == "FAIL"]:
            self.ledger.equal(f"botocore's models find nothing wrong with the answer to {action} ({status})", wrong, [])

    def compare(self) -> None:
        """Each made the same, and boto3 read the same afterwards."""
        self.ledger.equal("after boto3 and after the AWS CLI the same is true", self.made[Cli.name], self.made[Boto.name])
        count = sum(self.answers.values())
        self.ledger.holds(f"botocore's models judged {count} answers to {len(self.answers)} calls", count > 4 * len(STORIES))

    def is_complete(self) -> None:
        """No call of the program's is left out, neither of its source nor of the matrix."""
        for name in (Boto.name, Cli.name):
            made = {action for action, _ in self.made[name]}
            self.ledger.equal(f"{name} made every change that the program can make", sorted(sent() - made), [])
            refused = {action for action, who in self.refused if who == name}
            self.ledger.equal(f"{name} saw each of them refused", sorted(sent() - refused), [])
        self.ledger.equal("every judged call is one of them", sorted(sent() - set(self.answers)), [])
        stories = {story.action.split(":")[1] for story in STORIES}
        self.ledger.equal("every call of the matrix in tests/outside has a story here", sorted(of_matrix() - stories), [])


def sent() -> set[str]:
    """The changes that the program can make, as IAM names actions: what `Change::action` and its parts say."""
    body = re.compile(r"fn action\(&self\) -> &'static str \{(.*?)\n    \}", re.DOTALL)
    bodies = [body.findall(path.read_text()) for path in (ROOT / "src" / "account" / "change").rglob("*.rs")]
    return {action for found in bodies for text in found for action in re.findall(r'"([a-z-]+:\w+)"', text)}


def of_matrix() -> set[str]:
    """The calls that tests/outside attacks."""
    return {call.target for call in CALLS}


def play_all(hands: type[Boto] | type[Cli], served: Served, played: Played) -> None:
    """Every story, on one account."""
    root = Boto(served.url, served.keys("root"), judge=played.judge)
    scene = Scene(served, root)
    nobody = with_new_user(hands, scene, "nobody-s", played)
    for story in STORIES:
        with played.ledger.story(f"{story.action} by {hands.name}"):
            play(story, hands, scene, nobody, played)


def with_new_user(hands: type[Boto] | type[Cli], scene: Scene, name: str, played: Played) -> Boto | Cli:
    """The hands of a user who may do nothing."""
    scene.iam("CreateUser", UserName=name)
    key = scene.iam("CreateAccessKey", UserName=name)["AccessKey"]
    return of(hands, scene.served.url, Keys(key["AccessKeyId"], key["SecretAccessKey"]), played)


def of(hands: type[Boto] | type[Cli], url: str, keys: Keys, played: Played) -> Boto | Cli:
    """Hands that sign with these keys; boto3's answers are judged."""
    return hands(url, keys, judge=played.judge) if hands is Boto else hands(url, keys)


def play(story: Story, hands: type[Boto] | type[Cli], scene: Scene, nobody: Boto | Cli, played: Played) -> None:
    """One change with its refusals."""
    keys = scene.served.keys("root")
    if story.signs != "root":
        keys = Keys(scene.notes["zoe's key"], scene.notes["zoe's secret"])
    signer = of(hands, scene.served.url, keys, played)
    story.first(scene)
    asked = story.asks(scene)
    prefix = story.action.split(":")[0]
    if story.needs_permission:
        denied = Wrong("without permission", DENIED.get(prefix, "AccessDeniedException"), 403, {}, prefix == "sns")
        if prefix in ("cloudtrail", "events"):
            denied.status = 400
        refuse(denied, story, nobody, scene, asked, played)
    for wrong in story.wrong:
        if not wrong.after:
            refuse(wrong, story, signer, scene, asked, played)
    story.call(signer, scene, asked)
    read = story.reads(scene)
    played.ledger.equal(f"{hands.name}: boto3 reads what {story.action} did", read, story.wanted)
    played.made.setdefault(hands.name, []).append((story.action, read))
    for wrong in story.wrong:
        if wrong.after:
            refuse(wrong, story, signer, scene, asked, played)


def refuse(wrong: Wrong, story: Story, signer: Boto | Cli, scene: Scene, asked: dict, played: Played) -> None:
    """The call is refused with that code; boto3 also tells the status, and whether botocore models the error."""
    told = isinstance(signer, Boto)
    try:
        story.call(signer.elsewhere(wrong.region), scene, {name: value for name, value in (asked | wrong.asks).items() if value is not None})
        seen: tuple = ("no refusal",)
    except Refused as refused:
        seen = (refused.code, refused.status, refused.modelled) if told else (refused.code,)
    wanted = (wrong.code, wrong.status, wrong.modelled) if told else (wrong.code,)
    if wrong.what == "without permission" and told:
        seen, wanted = seen[:2], wanted[:2]
    played.ledger.equal(f"{signer.name}: {story.action} refuses {wrong.what}", seen, wanted)
    played.refused[story.action, signer.name] += 1


def meet(mishap: str, served: Served, played: Played) -> None:
    """Every call once with that fault: the models know what comes of it."""
    root = Boto(served.url, served.keys("root"), judge=played.judge)
    for action in sorted(sent()):
        prefix, operation = action.split(":")
        try:
            root.call(prefix.replace("access-analyzer", "accessanalyzer"), operation, **IN_PATHS.get(operation, {}))
            played.ledger.holds(f"{action} meets {mishap}", False, "it was answered")
        except Refused:
            pass
    played.ledger.holds(f"each of {len(sent())} calls meets {mishap} as botocore's models know it", True)
