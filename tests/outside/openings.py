"""Openings under pressed keys: a review opens while a key is held down, or while one more key comes at the very moment of its
drawing. Afterwards the program answers the next key and a new size within a second, and nothing was sent (a held key never
confirms)."""

from __future__ import annotations

import math
import random
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

import calls
import table
from cell import SCENARIO, said
from pressing import Extra, Held, Presser
from proxy import Proxy
from served import Served
from session import COLUMNS, ROWS, Session
from world import World

ENTER, ESC, SAVE = b"\r", b"\x1b", b"\x13"
HELP = "\x1bOP"  # F1, which is heard where text is typed too
ANSWERS = 1.0  # seconds: the law
PATIENCE = 10.0  # seconds after which it is deaf and not late
PAUSE = 0.2  # seconds between two presses after which a key is not held any more, but pressed anew
A_FRAME = 1000  # bytes: a new size draws everything again, which a clock that ticks does not
RUN = 20  # openings of one program


@dataclass(frozen=True)
class Opening:
    """A way to a review that can be gone again and again."""

    name: str
    way: Callable[[Session, World], None]  # to the page, once
    key: bytes  # opens the review
    aim: Callable[[Session], None] = lambda session: None  # before each opening
    set_up: Callable[[World], object] = calls.nothing


def button(step: int, name: str, row: str = "") -> Opening:
    """Enter on a button of a step."""

    def way(session: Session, _world: World) -> None:
        session.step(step)
        if row:
            session.pick(row)

    return Opening(name, way, ENTER, lambda session: session.focus(name))


def alias_form(session: Session, _world: World) -> None:
    """A form of one field."""
    session.step(4)
    session.choose("Account alias")
    session.wait_for("Ctrl-S")
    session.fill("Account alias", "lock-the-root")


def administrator_form(session: Session, _world: World) -> None:
    """The longest form, with the longest review."""
    session.step(5)
    session.choose("Set up")
    session.wait_for("User names", "Console password")
    session.fill("User names", calls.USER)
    session.fill("Group", calls.GROUP)


OPENINGS = [
    button(2, "Delete"),
    button(2, "Activate again"),
    button(3, "Delete unassigned device"),
    button(8, "New group deployer-permissions", row="deployer"),
    Opening("Account alias", alias_form, SAVE),
    Opening("Set up an administrator", administrator_form, SAVE),
    # The page "Leave MFA for later".
    Opening("Leave MFA", calls.to_qr, ESC, set_up=lambda world: world.make_administrator("mia")),
]


@dataclass
class Tally:
    """What was counted of one kind of pressing."""

    what: str
    opened: int = 0
    presses: int = 0
    missed: int = 0  # tries in which the review did not open under the keys, or the extra key came too far from the drawing
    forgotten: int = 0  # first keys that came before a review could be seen
    deaf: int = 0
    late: int = 0  # answers after more than a second
    sent: int = 0
    slowest: float = 0.0
    falls: list[str] = field(default_factory=list)

    def fall(self, words: str) -> None:
        """Something that must not be."""
        self.falls.append(words)
        print(f"FAIL  {self.what}: {words}", flush=True)

    def line(self) -> str:
        """The counts in words."""
        return table.opening_line(self.what, self.counts())

    def counts(self) -> dict[str, float]:
        """What runs with other seeds can be added to."""
        return {name: getattr(self, name) for name in ("opened", "presses", "deaf", "late", "sent", "forgotten", table.SLOWEST)}


class Openings:
    """So many openings of one kind of pressing."""

    def __init__(self, binary: str, presser: Presser, wanted: int) -> None:
        self.binary, self.presser, self.wanted = binary, presser, wanted
        self.tally = Tally(presser.what)

    def run(self, until: float = math.inf) -> Tally:
        """One program after the other, each with the next opening, until there were enough of them or the time is over."""
        tally, runs = self.tally, 0
        while tally.opened < self.wanted and len(tally.falls) < 5 and time.monotonic() < until:
            if tally.missed > self.wanted * self.presser.tries + 20:
                tally.fall(f"only {tally.opened} of {self.wanted} in {tally.opened + tally.missed} tries")
                break
            opening = OPENINGS[runs % len(OPENINGS)]
            runs += 1
            try:
                self.one_program(opening)
            except AssertionError as error:
                tally.fall(f"{opening.name}: {error}")
        return tally

    def one_program(self, opening: Opening) -> None:
        """Some openings, then the end."""
        with Served(self.binary, "--scenario", str(SCENARIO)) as served, tempfile.TemporaryDirectory(prefix="lockroot-home-") as home:
            keys = served.keys("root")
            with Proxy(served.url) as proxy:
                world = World(served.url, keys, served.phone)
                opening.set_up(world)
                with Session(self.binary, proxy.url, home, keys.environment()) as session:
                    session.begin()
                    opening.way(session, world)
                    self.open_often(session, proxy, opening)
                    code = session.quit()
                    if code is None or code < 0:
                        self.tally.fall(f"{opening.name}: SIGTERM at the end: {said(code)}")

    def open_often(self, session: Session, proxy: Proxy, opening: Opening) -> None:
        """Opening after opening, until one goes wrong."""
        for _ in range(RUN):
            if self.tally.opened >= self.wanted:
                return
            opening.aim(session)
            session.stays_still()
            before = len(proxy.log)
            presses, chunks = self.presser.press(session, opening.key, opening.name)
            self.count(presses, shown_at(session, chunks))
            if not self.answers(session):
                self.tally.deaf += 1
                self.tally.fall(f"{opening.name}: deaf after {len(presses)} presses:\n{session.text()}")
                return
            sent = [exchange.operation for exchange in proxy.log[before:] if exchange.mutates]
            if sent and was_held(presses):
                self.tally.sent += 1
                self.tally.fall(f"{opening.name}: {', '.join(sent)} sent, and nobody had confirmed:\n{session.text()}")
            if sent:
                return
            go_back(session)

    def count(self, presses: list[float], drawn: float | None) -> None:
        """Whether it was an opening under pressed keys."""
        self.tally.presses += len(presses)
        if drawn is not None:
            self.presser.learn(presses, drawn)
        if drawn is not None and self.presser.counts(presses, drawn):
            self.tally.opened += 1
        else:
            self.tally.missed += 1

    def answers(self, session: Session) -> bool:
        """Help opens and closes, and a new size is drawn, each within a second."""
        is_closed = lambda: session.is_whole() and not is_help(session)
        return self.asks(session, lambda: is_help(session)) and self.asks(session, is_closed) and self.draws_sizes(session)

    def asks(self, session: Session, is_so: Callable[[], bool]) -> bool:
        """The key for help. Keys from before a review could be seen are forgotten: one that opens right now, by the last of the
        keys that were held, may cost this one. That it did and was not only late is known once a later size was drawn."""
        ask = lambda: session.press(HELP)
        if self.heard(session, ask, is_so):
            return True
        if not self.draws_sizes(session):
            return False
        if is_so():
            self.tally.late += 1
            return True
        self.tally.forgotten += 1
        return self.heard(session, ask, is_so, PATIENCE)

    def draws_sizes(self, session: Session) -> bool:
        """Whether a row more is drawn, and a row less."""
        for rows in (ROWS + 1, ROWS):
            before = session.drawn
            resize, is_drawn = lambda rows=rows: session.resize(rows, COLUMNS), lambda before=before: session.drawn - before >= A_FRAME
            if not self.heard(session, resize, is_drawn, PATIENCE):
                return False
        return True

    def heard(self, session: Session, act: Callable[[], None], is_so: Callable[[], bool], patience: float = ANSWERS) -> bool:
        """Whether what is done has its effect, and counts it if that takes longer than a second."""
        took = session.effect(act, is_so, patience)
        self.tally.slowest = max(self.tally.slowest, took or 0.0)
        self.tally.late += took is not None and took > ANSWERS
        return took is not None


def was_held(presses: list[float]) -> bool:
    """Whether no press came so late after the one before that it was one anew: this machine may be busy."""
    return all(later - earlier < PAUSE for earlier, later in zip(presses, presses[1:], strict=False))


def is_help(session: Session) -> bool:
    """Whether the list of keys is shown."""
    return "this list" in session.flat()


def shown_at(session: Session, chunks: list[tuple[float, bytes]]) -> float | None:
    """When the review came to stand on the screen."""
    found = None
    for at, chunk in chunks:
        session.feed(chunk)
        if found is None and session.is_at_review():
            found = at
    return found


def go_back(session: Session) -> None:
    """To where the review was opened."""
    gone = lambda: session.is_whole() and not session.is_at_review()
    for _ in range(6):
        session.comes_true(session.is_whole, 1.0)
        if gone():
            return
        session.press("esc")
        session.comes_true(gone, 1.0)
    raise AssertionError(f"there is no way back; the screen says:\n{session.text()}")


def openings(binary: str, count: int, seed: int, seconds: float, *, only: str, keep: bool) -> int:
    """So many with a key held at 33 ms, as many at 4 ms, and three fifths of that with one more key at the drawing."""
    print(f"seed {seed}: {count} openings", flush=True)
    chance = random.Random(seed)
    plan = [(Held(chance, 0.033), count), (Held(chance, 0.004), count), (Extra(chance), max(count * 3 // 5, 1))]
    plan = [(presser, wanted) for presser, wanted in plan if fnmatchcase(presser.what, only)]
    if not plan:
        raise SystemExit(f"error: no keys are pressed like {only!r}")
    tallies, began = [], time.monotonic()
    for presser, wanted in plan:
        share = seconds * (len(tallies) + 1) / len(plan)
        tally = Openings(binary, presser, wanted).run(began + share)
        tallies.append(tally)
        print(f"seed {seed}: {tally.line()} ({tally.missed} tries more)", flush=True)
        if keep:
            table.take_up_openings(binary, seed, tally.what, tally.counts())
    return 1 if any(tally.falls or tally.late for tally in tallies) else 0
