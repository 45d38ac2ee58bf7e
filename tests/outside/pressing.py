"""Ways of pressing keys while a page opens."""

from __future__ import annotations

import random
import time

from session import Session

ENTER = b"\r"
OTHERS = [b" ", b"x", b"\x7f", b"\x1b[C", b"\x1b[D", b"\x1b[B", b"\x1b[6~"]  # none of them leaves a page
NEAR = 0.005  # seconds between a drawing and the extra key
HELD = (0.5, 0.9)  # seconds for which a key is held
Drawn = list[tuple[float, bytes]]  # what was drawn, and when


class Presser:
    """Presses keys in one way; `press` gives the time of each press, and what was drawn and when."""

    what = ""
    tries = 3  # for each wanted opening

    def __init__(self, chance: random.Random) -> None:
        self.random = chance

    def press(self, session: Session, opens: bytes, name: str) -> tuple[list[float], Drawn]:
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

    def press(self, session: Session, opens: bytes, name: str) -> tuple[list[float], Drawn]:
        """The key that opens is held, or Enter is right after it, or another key."""
        key = self.random.choice([opens] * 3 + [ENTER] * 3 + [self.random.choice(OTHERS)])
        until = time.monotonic() + self.random.uniform(*HELD)
        session.send(opens)
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

    what, tries = f"one more key within {NEAR * 1000:.0f} ms of the drawing", 12

    def __init__(self, chance: random.Random) -> None:
        super().__init__(chance)
        self.delays: dict[str, list[float]] = {}
        self.opening = ""

    def press(self, session: Session, opens: bytes, name: str) -> tuple[list[float], Drawn]:
        """Twice in three times Enter, which would confirm."""
        self.opening = name
        key = self.random.choice([ENTER, ENTER, self.random.choice([opens, *OTHERS])])
        offset = self.random.uniform(-NEAR, NEAR)
        delay = self.expected()
        session.send(opens)
        began = time.monotonic()
        if offset < 0:
            chunks = session.take_raw(began + delay + offset)
        else:
            chunks = session.take_raw(began + max(delay - 2 * NEAR, 0.0))
            chunks += session.take_raw(time.monotonic() + 0.1, first=True)
            chunks += session.take_raw(time.monotonic() + offset * 0.8)
        session.send(key)
        pressed = time.monotonic()
        return [began, pressed], chunks + session.take_raw(pressed + 0.1)

    def expected(self) -> float:
        """After which time this review is drawn: as a random one of the last times."""
        return self.random.choice(self.delays.get(self.opening, [0.1])[-6:])

    def counts(self, presses: list[float], drawn: float) -> bool:
        """Close enough."""
        return abs(drawn - presses[1]) <= NEAR

    def learn(self, presses: list[float], drawn: float) -> None:
        """For the next try."""
        self.delays.setdefault(self.opening, []).append(drawn - presses[0])
