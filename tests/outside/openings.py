"""Openings under pressed keys: a review opens while a key is held down, or while one more key comes at the very moment of its
drawing. Afterwards the program answers the next key and a new size within a second, and nothing was sent (a held key never
confirms)."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import calls
import table
from cell import SCENARIO, said
from proxy import Proxy
from served import Served
from session import COLUMNS, ROWS, Session
from world import World

ENTER, ESC, SAVE = b"\r", b"\x1b", b"\x13"
OTHERS = [b" ", b"x", b"\x7f", b"\x1b[C", b"\x1b[D", b"\x1b[B", b"\x1b[6~"]  # none of them leaves a page
ANSWERS = 1.0  # seconds: the law
PAUSE = 0.2  # seconds between two presses after which a key is not held any more, but pressed anew
NEAR = 0.005  # seconds between a drawing and the extra key
A_FRAME = 1000  # bytes: a new size draws everything again, which a clock that ticks does not
RUN = 20  # openings of one program
HELD = (0.5, 0.9)  # seconds for which a key is held
TRIES = 12  # for each wanted opening with an extra key: most miss the drawing


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
    button(8, "New group deployer-permissions"),
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
    deaf: int = 0
    sent: int = 0
    slowest: float = 0.0
    falls: list[str] = field(default_factory=list)

    def fall(self, words: str) -> None:
        """Something that must not be."""
        self.falls.append(words)
        print(f"FAIL  {self.what}: {words}", flush=True)

    def line(self) -> str:
        """The counts."""
        return (
            f"{self.opened} openings with {self.what}: {self.presses} presses, {self.deaf} deaf, {self.sent} confirmed, "
            f"slowest answer {self.slowest:.2f} s"
        )


class Presser:
    """Presses keys in one way; `press` gives the time of each press, and what was drawn and when."""

    what = ""
    tries = 3

    def __init__(self, chance: random.Random) -> None:
        self.random = chance

    def press(self, session: Session, opening: Opening) -> tuple[list[float], list[tuple[float, bytes]]]:
        """Opens, and presses."""
        raise NotImplementedError

    def counts(self, presses: list[float], drawn: float) -> bool:
        """Whether the review was drawn at such a moment that this counts."""
        raise NotImplementedError

    def learn(self, presses: list[float], drawn: float) -> None:
        """When the review was drawn, after the key that opened it."""


class Held(Presser):
    """A key that repeats itself."""

    def __init__(self, chance: random.Random, gap: float) -> None:
        super().__init__(chance)
        self.gap, self.what = gap, f"a key held at {gap * 1000:.0f} ms"

    def press(self, session: Session, opening: Opening) -> tuple[list[float], list[tuple[float, bytes]]]:
        """The key that opens is held, or Enter is right after it, or another key."""
        key = self.random.choice([opening.key] * 3 + [ENTER] * 3 + [self.random.choice(OTHERS)])
        until = time.monotonic() + self.random.uniform(*HELD)
        session.send(opening.key)
        presses, chunks = [time.monotonic()], []
        while time.monotonic() < until:
            chunks += session.take_raw(presses[-1] + self.gap)
            session.send(key)
            presses.append(time.monotonic())
        return presses, chunks

    def counts(self, presses: list[float], drawn: float) -> bool:
        """Before the last press."""
        return presses[0] < drawn <= presses[-1]


class Extra(Presser):
    """One more key at the drawing: aimed at the moment of earlier ones, or sent as soon as something is drawn."""

    what, tries = f"one more key within {NEAR * 1000:.0f} ms of the drawing", TRIES

    def __init__(self, chance: random.Random) -> None:
        super().__init__(chance)
        self.delays: dict[str, list[float]] = {}
        self.opening = ""

    def press(self, session: Session, opening: Opening) -> tuple[list[float], list[tuple[float, bytes]]]:
        """Twice in three times Enter, which would confirm."""
        self.opening = opening.name
        key = self.random.choice([ENTER, ENTER, self.random.choice([opening.key, *OTHERS])])
        offset = self.random.uniform(-NEAR, NEAR)
        delay = self.expected()
        session.send(opening.key)
        began = time.monotonic()
        if offset < 0:
            chunks = session.take_raw(began + delay + offset)
        else:
            chunks = session.take_raw(began + max(delay - 2 * NEAR, 0.0))
            chunks += session.take_raw(time.monotonic() + ANSWERS, first=True)
            chunks += session.take_raw(time.monotonic() + offset * 0.8)
        session.send(key)
        return [began, time.monotonic()], chunks

    def expected(self) -> float:
        """After which time this review is drawn: as a random one of the last times."""
        return self.random.choice(self.delays.get(self.opening, [0.1])[-6:])

    def counts(self, presses: list[float], drawn: float) -> bool:
        """Close enough."""
        return abs(drawn - presses[1]) <= NEAR

    def learn(self, presses: list[float], drawn: float) -> None:
        """For the next try."""
        self.delays.setdefault(self.opening, []).append(drawn - presses[0])


class Openings:
    """So many openings of one kind of pressing."""

    def __init__(self, binary: str, presser: Presser, wanted: int) -> None:
        self.binary, self.presser, self.wanted = binary, presser, wanted
        self.tally = Tally(presser.what)

    def run(self) -> Tally:
        """One program after the other, each with the next opening, until there were enough of them."""
        tally, runs = self.tally, 0
        while tally.opened < self.wanted and len(tally.falls) < 5:
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
                world = World(served.url, keys)
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
        for _ in range(RUN * (2 if self.presser.tries > 3 else 1)):
            if self.tally.opened >= self.wanted:
                return
            opening.aim(session)
            session.stays_still()
            before = len(proxy.log)
            presses, chunks = self.presser.press(session, opening)
            drawn = shown_at(session, chunks + session.take_raw(time.monotonic() + 0.3))
            if not self.judge(session, proxy, before, presses, drawn, opening):
                return
            go_back(session)

    def judge(
        self, session: Session, proxy: Proxy, before: int, presses: list[float], drawn: float | None, opening: Opening
    ) -> bool:
        """Counts, and says whether this program can go on."""
        tally = self.tally
        tally.presses += len(presses)
        import os
        if os.environ.get("DBG"): print(opening.name, len(presses), drawn and drawn - presses[0], presses[-1]-presses[0], session.is_at_review(), flush=True)
        if drawn is not None:
            self.presser.learn(presses, drawn)
        if drawn is not None and self.presser.counts(presses, drawn):
            tally.opened += 1
        else:
            tally.missed += 1
        answered = self.answers(session)
        if not answered:
            tally.deaf += 1
            tally.fall(f"{opening.name}: deaf after {len(presses)} presses:\n{session.text()}")
        sent = [exchange.operation for exchange in proxy.log[before:] if exchange.mutates]
        was_held = max(later - earlier for earlier, later in zip(presses, presses[1:], strict=False)) < PAUSE
        if sent and (was_held or len(presses) == 2):
            tally.sent += 1
            tally.fall(f"{opening.name}: {', '.join(sent)} sent, and nobody had confirmed")
        return answered and not sent

    def answers(self, session: Session) -> bool:
        """Help opens and closes, and a new size is drawn, each within a second."""
        session.take_all(1.0)
        for act in (lambda: session.press("?"), lambda: session.press("?"), lambda: session.resize(ROWS - 1, COLUMNS), lambda: session.resize(ROWS, COLUMNS)):
            wanted = A_FRAME if act.__code__.co_names[:1] == ("resize",) else 1
            began = time.monotonic()
            act()
            if not session.comes_drawn(ANSWERS, wanted):
                return False
            self.tally.slowest = max(self.tally.slowest, time.monotonic() - began)
            session.take_all(0.5)
        return True


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


def openings(binary: str, count: int, seed: int, *, keep: bool) -> int:
    """So many with a key held at 33 ms, as many at 4 ms, and three fifths of that with one more key at the drawing."""
    print(f"seed {seed}: {count} openings", flush=True)
    chance = random.Random(seed)
    plan = [(Held(chance, 0.033), count), (Held(chance, 0.004), count), (Extra(chance), max(count * 3 // 5, 1))]
    tallies = []
    for presser, wanted in plan:
        tallies.append(Openings(binary, presser, wanted).run())
        print(f"seed {seed}: {tallies[-1].line()} ({tallies[-1].missed} tries more)", flush=True)
    if keep:
        table.take_up_openings(binary, [f"{tally.line()} (seed {seed})" for tally in tallies])
    return 1 if any(tally.falls for tally in tallies) else 0
