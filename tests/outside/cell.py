"""One cell of the matrix: a call, a fault, an end. It is played on an account of its own, and judged by what boto3 reads, what
the proxy saw and what stands on the screen."""

from __future__ import annotations

import re
import tempfile
import traceback
from dataclasses import dataclass, field
from pathlib import Path

from botocore.exceptions import ClientError

from calls import CALLS, Call
from faults import ENDS, FAULTS, End
from proxy import Exchange, Fault, Proxy
from served import Served
from session import Session
from world import World

SCENARIO = Path(__file__).with_name("account.toml")
ARRIVES = 20.0  # seconds for a call to be sent after it was confirmed: what it rests on may be read again first
NOTICED = 0.5  # seconds
SAYS_DONE = re.compile(r"Done, and read back|the call succeeded|Done before quitting")
SAYS_MOVED = re.compile(r"chang|meanwhile|no longer|gone|any more|already|has an owner now|in use again|deleted|differ|not there|ha(?:s|ve) no ")
LAWS = {
    "reach": "the review can be reached, and the program does not end by itself",
    "green": "nothing is shown as done that boto3 does not read",
    "refused": "what AWS refused is never told as done, nor a secret shown that AWS did not take",
    "twice": "nothing that happened is sent again",
    "kept": "what was typed is kept",
    "told": "what happened is told, with the request id where there is one",
    "ground": "nothing is sent that was planned on ground that has moved",
    "ends": "it ends when it is told to, in time and without a crash",
    "left": "no file is left but the journal",
    "converges": "the same or the next session brings it to its end",
    "remembered": "the next session knows what was done",
    "truth": "the next session's green steps are what boto3 reads",
}


@dataclass
class Cell:
    """What is played."""

    call: Call
    fault: Fault
    end: End

    @property
    def name(self) -> str:
        """As it is written in lists and asked for on the command line."""
        return f"{self.call.label} / {self.fault.name} / {self.end.name}"


@dataclass
class Result:
    """How it went."""

    name: str
    falls: list[tuple[str, str]] = field(default_factory=list)  # law, what was seen
    why_not: str = ""  # why it makes no sense
    screen: str = ""

    def judge(self, law: str, holds: object, detail: str) -> None:
        """A law that must hold."""
        if not holds:
            self.falls.append((law, detail))


def all_cells() -> list[Cell]:
    """The whole matrix."""
    return [Cell(call, fault, end) for call in CALLS for fault in FAULTS for end in ENDS]


def play(cell: Cell, binary: str) -> Result:
    """Plays and judges one cell."""
    result = Result(cell.name)
    with Served(binary, "--scenario", str(SCENARIO)) as served, tempfile.TemporaryDirectory(prefix="lockroot-home-") as home:
        keys = served.keys("root")
        with Proxy(served.url) as proxy:
            world = World(served.url, keys, served.phone)
            world.root_key()
            cell.call.set_up(world)
            play_ = Play(cell, world, proxy, result, binary, home, world.signs or keys.environment())
            try:
                play_.first_session()
                if not result.why_not:
                    play_.next_session()
                    play_.afterwards()
            except AssertionError as error:
                result.judge("reach", False, str(error))
            except Exception:
                result.judge("reach", False, traceback.format_exc())
    return result


@dataclass
class Play:
    """A cell being played."""

    cell: Cell
    world: World
    proxy: Proxy
    result: Result
    binary: str
    home: str
    keys: dict[str, str]
    conflict_failed: str = ""
    mark: int = 0

    def session(self) -> Session:
        """A new run of the wizard, in the same home."""
        return Session(self.binary, self.proxy.url, self.home, self.keys)

    def sent(self, *, target: bool = True) -> list[Exchange]:
        """The mutating calls since the review was confirmed."""
        log = [exchange for exchange in self.proxy.log[self.mark :] if exchange.mutates]
        return [exchange for exchange in log if not target or exchange.operation == self.cell.call.target]

    def first_session(self) -> None:
        """Up to the review, the fault, the end; and what is said of it."""
        cell = self.cell
        with self.session() as session:
            session.begin()
            cell.call.reach(session, self.world)
            if not self.others_at_review():
                return
            self.mark = len(self.proxy.log)
            holds = cell.end.name != "none"
            self.proxy.arm(cell.call.target, cell.fault, hold=holds, before=self.others_in_the_gap)
            (cell.call.confirm or (lambda session, _world: session.yes()))(session, self.world)
            arrived = self.waits_for_call(session)
            if self.moved and (cell.call.confirm is None or not arrived):
                self.judge_ground(session)
            elif not arrived:
                self.result.judge("reach", False, f"{cell.call.target} was not sent:\n{session.text()}")
                return
            cell.end.make(session)
            if holds and arrived:
                session.take_all(NOTICED, whole=True)  # the end is noticed before the call is answered
            self.proxy.release.set()
            if cell.end.goes_on:
                self.goes_on(session)
            else:
                self.is_over(session)
            self.judge_twice()

    @property
    def moved(self) -> bool:
        """Whether somebody changed the account under the open review."""
        return self.cell.fault.other.endswith("at review")

    def others_at_review(self) -> bool:
        """What another client does while the review is open. False: it cannot be done, so the cell makes no sense."""
        if not self.moved:
            return True
        other = self.cell.call.ground if self.cell.fault.other.startswith("ground") else self.cell.call.conflict
        try:
            other(self.world)
        except ClientError as error:
            self.result.why_not = f"the other client can't do it yet: {error.response['Error']['Code']}"
            return False
        return True

    def others_in_the_gap(self) -> None:
        """What another client does between the last read and the call."""
        if self.cell.fault.other != "conflict in the gap":
            return
        try:
            self.cell.call.conflict(self.world)
        except ClientError as error:
            self.conflict_failed = error.response["Error"]["Code"]

    def waits_for_call(self, session: Session) -> bool:
        """Whether the call arrives; the screen goes on being read."""
        # Who confirms in a way of its own may have read and confirmed a review that was shown anew, and that stands there still.
        shown_anew = self.moved and self.cell.call.confirm is None
        wanted = lambda: self.proxy.arrived.is_set() or (shown_anew and session.is_at_review())
        session._comes(wanted, 4.0 if shown_anew else ARRIVES)  # noqa: SLF001
        return self.proxy.arrived.is_set()

    def judge_ground(self, session: Session) -> None:
        """The confirmed plan rested on something that is no longer so: nothing is sent, and it is said."""
        sent = [exchange.operation for exchange in self.sent(target=False)]
        self.result.judge("ground", not sent, f"sent all the same: {', '.join(sent)}")
        if not sent and not session.has_ended():
            session.settle()
            self.result.judge("told", SAYS_MOVED.search(session.flat()), f"not a word of it:\n{session.text()}")

    def goes_on(self, session: Session) -> None:
        """The same session is still there: what does it say, and is what was typed still there?"""
        session.settle()
        session.stays_still()
        self.result.screen = session.text()
        self.result.judge("ends", not session.has_ended(), f"it has ended:\n{session.text()}")
        self.judge_words(session.flat(), session.text())
        if not self.cell.fault.is_passed and not self.cell.fault.other:
            self.judge_told(session)
            self.judge_kept(session)
        session.resize(46, 118)
        answers = session.comes_drawn(3.0)
        self.result.judge("ends", answers, "deaf: a new size is not drawn")
        code = session.quit()
        self.result.judge("ends", code is not None and code >= 0, f"SIGTERM at the end: {said(code)}")

    def is_over(self, session: Session) -> None:
        """The program ends."""
        code, end = session.leaves(), self.cell.end
        killed = end.name == "kill -9"
        self.result.screen = session.text()
        self.result.judge("ends", killed or (code is not None and code >= 0), f"{end.name}: {said(code)}\n{session.text()}")
        if end.name in ("SIGTERM", "SIGINT"):
            self.result.judge("ends", code != 0, f"{end.name}: it was interrupted, and exits with 0")
        if end.may_vanish:
            return
        self.judge_words(session.flat(), session.text())
        sent = self.sent()
        if sent and sent[-1].answered:
            words = session.flat()
            self.result.judge("told", self.is_named(words), f"its farewell does not name the call:\n{session.text()}")
            fault = self.cell.fault
            wanted = sent[-1].request_id if fault.has_request_id and not fault.is_passed else ""
            self.result.judge("told", wanted in words.replace(" ", ""), f"no request id {wanted}:\n{session.text()}")

    def is_named(self, words: str) -> bool:
        """Whether the call is named by its action, or by saying that it is done."""
        target = self.cell.call.target
        # Words are broken wherever the terminal's line ends.
        named = re.search(rf"[a-z0-9-]+:{target}", words.replace(" ", "")) is not None
        return named or SAYS_DONE.search(words) is not None

    def judge_words(self, words: str, screen: str) -> None:
        """Nothing is claimed that is not so."""
        claims = SAYS_DONE.search(words)
        done = self.cell.call.is_done(self.world)
        self.result.judge("green", not claims or done, f"{claims and claims[0]!r} is not true:\n{screen}")
        sent = self.sent()
        refused = bool(sent) and not any(exchange.took_effect for exchange in sent)
        if refused and sent[-1].status is not None:
            says = re.search(r"the call succeeded|Done before quitting", words)
            self.result.judge("refused", not says, f"AWS said {sent[-1].code}; the screen says {says and says[0]!r}:\n{screen}")
            shows = self.cell.call.secret and "can sign in" in words and re.search(r"Password +[•·*]", words)
            self.result.judge("refused", not shows, f"AWS said {sent[-1].code}; a secret is shown:\n{screen}")
            told = sent[-1].code in words.replace(" ", "")
            self.result.judge("told", told or not self.cell.end.goes_on, f"AWS said {sent[-1].code}; not shown:\n{screen}")

    def judge_told(self, session: Session) -> None:
        """The failure is on the screen: the action, AWS's code, the request id."""
        words, sent = session.flat(), self.sent()
        if not sent:
            return
        self.result.judge("told", self.is_named(words), f"the failed call is not named:\n{session.text()}")
        if self.cell.fault.has_request_id:
            last, packed = sent[-1], words.replace(" ", "")
            self.result.judge("told", last.code in words, f"{last.code} is not shown:\n{session.text()}")
            ids = [exchange.request_id for exchange in sent if exchange.request_id]
            shown = any(id in packed for id in ids)
            self.result.judge("told", shown, f"no request id of {ids[-1:]}:\n{session.text()}")

    def judge_kept(self, session: Session) -> None:
        """What was typed comes back."""
        if not self.cell.call.typed or SAYS_DONE.search(session.flat()) or self.cell.call.is_done(self.world):
            return
        self.proxy.disarm()
        there = lambda: all(text in session.pane() for text in self.cell.call.typed)
        for key in ("enter", "enter", "esc"):
            if session._comes(there, 2.0):  # noqa: SLF001
                return
            session.press(key)
        self.result.judge("kept", session._comes(there, 3.0), f"what was typed is gone:\n{session.text()}")  # noqa: SLF001

    def judge_twice(self) -> None:
        """No call that AWS made is sent again."""
        done: list[tuple[str, str]] = []
        for exchange in self.proxy.log:
            if not exchange.mutates:
                continue
            if exchange.operation == "DeleteVirtualMFADevice":
                done = [one for one in done if one[0] != "CreateVirtualMFADevice"]
            what = (exchange.operation, exchange.body)
            self.result.judge("twice", what not in done, f"{exchange.operation} was sent again after it had happened")
            if exchange.took_effect:
                done.append(what)

    def next_session(self) -> None:
        """A healthy AWS and a new run: it knows what is true, and brings the work to its end."""
        self.proxy.disarm()
        call, others = self.cell.call, self.cell.fault.other
        with self.session() as session:
            session.begin()
            self.judge_truth(session)
            session.step(call.page)
            session.settle()
            took_effect = any(exchange.took_effect for exchange in self.sent())
            keys = self.world.keys_of("nora") if call.watched else self.world.root_keys()
            if call.watched is not None and took_effect and "Inactive" in keys.values():
                if call.watched:
                    session.pick(call.watched)
                button = session.focused()
                self.result.judge("remembered", button == "Watch", f"preselected: {button!r}\n{session.text()}")
            if not others and not call.is_done(self.world):
                call.reach(session, self.world)
                (call.confirm or (lambda session, _world: session.yes()))(session, self.world)
                session._comes(lambda: call.is_done(self.world), ARRIVES)  # noqa: SLF001
                done = call.is_done(self.world)
                self.result.judge("converges", done, f"{call.label} is still not done:\n{session.text()}")
                session.settle()
            code = session.quit()
            self.result.judge("ends", code is not None and code >= 0, f"the next session: {said(code)}")
        self.judge_twice()

    def judge_truth(self, session: Session) -> None:
        """Steps that the list shows green, against what boto3 reads."""
        for page, is_green in GREEN.items():
            claimed = re.search(rf"✓ {page} ", session.text()) is not None
            self.result.judge("truth", not claimed or is_green(self.world), f"step {page} is green:\n{session.text()}")

    def afterwards(self) -> None:
        """What is left on the disk."""
        files = [path.relative_to(self.home) for path in Path(self.home).rglob("*") if path.is_file()]
        odd = [str(file) for file in files if not re.fullmatch(r"state/lockroot/[\w-]+\.(json|lock|jsonl|log)", str(file))]
        self.result.judge("left", not odd, f"left behind: {', '.join(odd)}")


def administrators(world: World) -> list[dict]:
    """The users in a group that carries AdministratorAccess."""
    groups = world.iam.list_groups()["Groups"]
    full = [found for group in groups if (found := world.group(group["GroupName"])) and is_full(found)]
    return [world.user(name) or {} for name in sorted({name for group in full for name in group["members"]})]


def is_full(group: dict) -> bool:
    """Whether the group can do everything."""
    return any(arn.endswith("/AdministratorAccess") for arn in group["attached"])


def users_hold_nothing(world: World) -> bool:
    """Whether no user holds a policy itself."""
    users = [world.user(user["UserName"]) or {} for user in world.iam.list_users()["Users"]]
    return not any(user["attached"] or user["inline"] for user in users)


def is_strong(policy: dict | None) -> bool:
    """What CIS asks of a password policy."""
    found = policy or {}
    return found.get("MinimumPasswordLength", 0) >= 14 and found.get("PasswordReusePrevention", 0) >= 24


GREEN = {
    2: lambda world: not world.root_keys() and not world.certificates(),
    3: lambda world: False,
    4: lambda world: all(world.contact(kind) for kind in ("BILLING", "OPERATIONS", "SECURITY")),
    5: lambda world: bool(administrators(world)) and all(one["devices"] for one in administrators(world) if one["password"]),
    6: lambda world: is_strong(world.policy()),
    8: users_hold_nothing,
}


def said(code: int | None) -> str:
    """An exit code in words."""
    return "it does not end" if code is None else f"exit code {code}"
