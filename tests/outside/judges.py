"""The judges are shown to refuse: each law is broken once, by a screen that lies or a call that is sent again, and kept once."""

from __future__ import annotations

from dataclasses import dataclass, replace

from calls import CALLS
from cell import Cell, Play, Result
from faults import ENDS, FAULTS
from proxy import Exchange

ID = "0dd5eed0-0000-4000-8000-000000000001"


@dataclass
class Screen:
    """A screen that says what it is told to."""

    words: str
    button: str = ""

    def flat(self) -> str:
        """As one line."""
        return self.words

    text = pane = flat

    def has_ended(self) -> bool:
        """It never does."""
        return False

    def settle(self) -> None:
        """It always is."""

    def press(self, _keys: str) -> None:
        """Nothing moves it."""

    def _comes(self, condition, _seconds: float) -> bool:
        return condition()


class Log:
    """A proxy that saw these calls."""

    def __init__(self, *exchanges: Exchange) -> None:
        self.log = list(exchanges)

    def disarm(self) -> None:
        """Nothing to disarm."""


def exchange(operation: str, status: int | None, **more: str) -> Exchange:
    """A call as the proxy writes it down."""
    service = more.pop("service", "iam")
    return Exchange(operation, f"Action={operation}", 0.0, "POST", service, status, more.pop("answered", "x"), **more)


def falls(call: str, fault: str, words: str, *log: Exchange, done: bool, by: str) -> set[str]:
    """The laws that fall, as the judge of that name sees it."""
    row = replace(next(one for one in CALLS if one.label == call), is_done=lambda _world: done)
    cell = Cell(row, next(one for one in FAULTS if one.name == fault), ENDS[0])
    result = Result(cell.name)
    judge = getattr(Play(cell, None, Log(*log), result, "", "", {}), by)
    {
        "judge_words": lambda: judge(words, words),
        "judge_twice": lambda: judge(),
    }.get(by, lambda: judge(Screen(words)))()
    return {law for law, _ in result.falls}


def problems() -> list[str]:
    """What a judge lets pass, or refuses without a reason."""
    made = exchange("CreateGroup", 200)
    taken = exchange("CreateGroup", 409, code="EntityAlreadyExists")
    late = exchange("CreateLoginProfile", 409, code="EntityAlreadyExists")
    throttled = exchange("CreateGroup", None, code="Throttling", request_id=ID)
    put, deaf = exchange("PutRule", 200, service="events"), exchange("PutRule", None, service="events", code="InternalServerException")
    told = f"Tried Create the group (iam:CreateGroup) Throttling: Rate exceeded. Request {ID}"
    shown = "zoe can sign in Password •••••••• EntityAlreadyExists"
    cases = [
        ("green", "CreateGroup", "200 that is no answer", "Done, and read back from AWS.", (), False, "judge_words"),
        ("", "CreateGroup", "none", "Done, and read back from AWS.", (made,), True, "judge_words"),
        ("refused", "CreateGroup", "conflict in the gap", "EntityAlreadyExists the call succeeded", (taken,), True, "judge_words"),
        ("told", "CreateGroup", "conflict in the gap", "It went wrong.", (taken,), True, "judge_words"),
        ("refused", "CreateLoginProfile", "conflict in the gap", shown, (late,), True, "judge_words"),
        ("", "CreateGroup", "conflict in the gap", "EntityAlreadyExists: not made", (taken,), True, "judge_words"),
        ("twice", "CreateGroup", "none", "", (made, taken), True, "judge_twice"),
        ("", "CreateGroup", "none", "", (throttled, made), True, "judge_twice"),
        ("twice", "PutRule", "none", "", (put, put), True, "judge_twice"),
        ("ground", "CreateGroup", "ground moved at the review", "", (made,), True, "judge_ground"),
        ("ground", "PutRule", "ground moved at the review", "", (put,), True, "judge_ground"),
        ("told", "PutRule", "500", "Something went wrong.", (deaf,), False, "judge_told"),
        ("told", "CreateGroup", "ground moved at the review", "Nothing at all.", (), False, "judge_ground"),
        ("", "CreateGroup", "ground moved at the review", "The account changed meanwhile.", (), False, "judge_ground"),
        ("told", "CreateGroup", "throttled for long", told.replace(ID, ""), (throttled,), False, "judge_told"),
        ("told", "CreateGroup", "throttled for long", told.replace("iam:CreateGroup", ""), (throttled,), False, "judge_told"),
        ("", "CreateGroup", "throttled for long", told, (throttled,), False, "judge_told"),
        ("kept", "CreateGroup", "throttled for long", "User names zoe Group", (throttled,), False, "judge_kept"),
        ("", "CreateGroup", "throttled for long", "User names zoe Group Operators", (throttled,), False, "judge_kept"),
    ]
    found = []
    for law, call, fault, words, log, done, by in cases:
        fell = falls(call, fault, words, *log, done=done, by=by)
        if fell != ({law} if law else set()):
            found.append(f"{by} on {words!r}: {sorted(fell)} instead of {[law] if law else []}")
    return found
