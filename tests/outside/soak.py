"""A long life: random keys, sizes, stops and faults on one wizard, and what it needs of the machine in the meantime.

Memory, threads, connections and processor time are read from the system, files from the disk; whether it still answers is
seen by a new size that it has to draw.
"""

from __future__ import annotations

import os
import random
import statistics
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import table
from cell import SCENARIO, said
from faults import FAULTS
from proxy import Fault, Proxy
from served import Served
from session import COLUMNS, ROWS, Session

ENTER, ESC = b"\r", b"\x1b"
ARROWS = [b"\x1b[A", b"\x1b[B", b"\x1b[C", b"\x1b[D"]
PAGING = [b"\x1b[5~", b"\x1b[6~", b"\x1b[H", b"\x1b[F"]
LETTERS = [bytes([letter]) for letter in b"123456789?weasdrupivnyctb"]
KEYS = [ENTER] * 6 + [ESC] * 3 + ARROWS * 2 + PAGING + [b"\t", b"\x1b[Z", b" ", b"\x7f", b"\x13", b"\x15"] + LETTERS
PASTES = [b"\x1b[200~" + text + b"\x1b[201~" for text in (b"hello", b"otpauth://totp/x?secret=AAAA", b"a\nb\tc" * 200)]
GAPS = (0, 0.001, 0.004, 0.012, 0.033, 0.04)  # seconds between the keys of a burst; 33 ms is a key that is held down
CHANCE = 0.04  # of a fault, for each call
ANSWERS = 3.0  # seconds in which a new size is drawn: the law says one, and machines under test are slow
LIFE = 1100.0  # seconds after which a run is ended and another one begins in the same home
WARM = 0.25  # part of a life after which memory has to be flat
GROWTH, SLACK = 1.15, 6 << 10  # flat: the end needs at most that much more than the time after warming up; in KiB
IDLE = 0.3  # seconds of processor time that three idle seconds may cost: the clock on the screen, and no more
MORE_THREADS = 8
MORE_OPEN = 16  # descriptors: a few connections are kept for the next call


@dataclass
class Life:
    """One run of the wizard, and what it needed."""

    session: Session
    began: float = field(default_factory=time.monotonic)
    memory: list[tuple[float, int]] = field(default_factory=list)  # age in seconds, KiB
    threads: list[int] = field(default_factory=list)
    open: list[int] = field(default_factory=list)  # descriptors
    minutes: int = 0  # that were said

    def measure(self) -> None:
        """Takes a sample."""
        status = self.status()
        if status:
            self.memory.append((time.monotonic() - self.began, int(status["VmRSS"].split()[0])))
            self.threads.append(int(status["Threads"]))
            self.open.append(len(os.listdir(f"/proc/{self.session.pid}/fd")))

    def say_each_minute(self) -> None:
        """A line with the last sample."""
        minute = int(self.memory[-1][0] // 60) if self.memory else 0
        if minute > self.minutes:
            self.minutes = minute
            print(f"      minute {minute}: {self.memory[-1][1] / 1024:.1f} MiB, {self.threads[-1]} threads, {self.open[-1]} descriptors", flush=True)

    def status(self) -> dict[str, str]:
        """What Linux says of the process; nothing once it is gone."""
        try:
            lines = Path(f"/proc/{self.session.pid}/status").read_text(encoding="utf-8").splitlines()
        except OSError:
            return {}
        found = {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}
        return found if "VmRSS" in found else {}

    def processor(self) -> float:
        """Seconds of processor time so far."""
        fields = Path(f"/proc/{self.session.pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Soak:
    """The whole of it."""

    def __init__(self, binary: str, seconds: float, seed: int) -> None:
        self.binary, self.seconds, self.random = binary, seconds, random.Random(seed)
        self.falls: list[str] = []
        self.bursts = self.presses = self.faults = self.lives = 0
        self.last: list[str] = []

    def run(self) -> int:
        """Runs until the time is over; 1 if anything fell short."""
        until = time.monotonic() + self.seconds
        with Served(self.binary, "--scenario", str(SCENARIO)) as served, Proxy(served.url) as proxy:
            keys = served.keys("root").environment()
            with tempfile.TemporaryDirectory(prefix="lockroot-soak-") as home:
                scratch = Path(home, "tmp")
                scratch.mkdir()
                while time.monotonic() < until:
                    with Session(self.binary, proxy.url, home, keys | {"TMPDIR": str(scratch)}) as session:
                        self.live(Life(session), proxy, min(until, time.monotonic() + LIFE))
                self.judge("a temporary file is left", not list(scratch.iterdir()), str(list(scratch.iterdir())))
                odd = [str(file) for file in Path(home, "state").rglob("*") if file.suffix not in ("", ".json", ".lock")]
                self.judge("a file is left beside the journal", not odd, str(odd))
        return 1 if self.falls else 0

    def sum(self) -> str:
        """What was done, and how it came out."""
        return (
            f"{self.seconds:.0f} s: {self.lives} runs, {self.bursts} bursts, {self.presses} presses, {self.faults} faults, "
            f"{len(self.falls)} fall short"
        )

    def live(self, life: Life, proxy: Proxy, until: float) -> None:
        """One run: bursts until its time is over, then rest, then the end."""
        self.lives += 1
        proxy.chaos = self.spoil
        life.session.comes("[ Begin ]", 30.0)
        while time.monotonic() < until and not life.session.has_ended():
            if not self.burst(life.session):
                break
            life.measure()
            life.say_each_minute()
        code = life.session.exit_code()
        if code is not None:
            self.judge("it ends by itself with an error", code in (0, 130), self.seen(life, said(code)))
        else:
            self.rest(life, proxy)
            code = life.session.quit()
            self.judge("it ends when told to", code is not None and code >= 0, self.seen(life, said(code)))
        self.needs(life)

    def spoil(self) -> Fault | None:
        """What becomes of a call."""
        if self.random.random() > CHANCE:
            return None
        self.faults += 1
        return self.random.choice([fault for fault in FAULTS if not fault.other and fault.name != "none"])

    def burst(self, session: Session) -> bool:
        """Some keys, then a new size, which has to be drawn. False: it does not answer."""
        held, gap = self.random.random() < 0.3, self.random.choice(GAPS)
        one = self.random.choice(KEYS)
        keys = [one] * self.random.randint(2, 12) if held else self.random.choices(KEYS, k=self.random.randint(1, 8))
        if self.random.random() < 0.05:
            keys = [self.random.choice(PASTES)]
        self.last = [*self.last[-7:], f"{keys} every {gap} s"]
        for key in keys:
            session.send(key)
            self.presses += 1
            time.sleep(gap)
        self.bursts += 1
        if self.random.random() < 0.02:
            session.stop_and_continue()
        session.take_all(0.1)
        session.resize(ROWS - 1 - self.bursts % 2, COLUMNS)
        if session.comes_drawn(ANSWERS) or session.has_ended():
            return True
        self.judge("it answers", False, f"deaf after {self.last}:\n{session.text()}")
        return False

    def rest(self, life: Life, proxy: Proxy) -> None:
        """Nothing is pressed and nothing fails any more: connections end, and no processor is used."""
        proxy.chaos = lambda: None
        session = life.session
        for _ in range(4):
            session.send(ESC)
            session.take_all(0.3)
        session.settle(40.0)
        session.take_all(1.0)
        if session.has_ended():
            return
        before = life.processor()
        session.take_all(3.0, whole=True)
        spent = life.processor() - before
        busy = session.is_busy() or "Watching" in session.text()
        self.judge("an idle wizard rests", busy or spent < IDLE, self.seen(life, f"{spent:.2f} s of processor time in 3 s"))

    def needs(self, life: Life) -> None:
        """Memory is flat after a while; threads and descriptors do not add up."""
        age = max((age for age, _ in life.memory), default=0.0)
        later = [size for at, size in life.memory if at > age * WARM]
        if age < 60 or len(later) < 20:
            return
        early, end = statistics.median(later[: len(later) // 3]), statistics.median(later[-len(later) // 3 :])
        print(f"run {self.lives}: {age:.0f} s, {early / 1024:.1f} MiB, at the end {end / 1024:.1f} MiB, "
              f"{min(life.threads)} to {max(life.threads)} threads, {min(life.open)} to {max(life.open)} descriptors", flush=True)
        self.judge("memory is flat", end < early * GROWTH + SLACK, f"{early:.0f} KiB became {end:.0f} KiB")
        more = statistics.median(life.threads[-20:]) - statistics.median(life.threads[:20])
        self.judge("no thread is leaked", more <= MORE_THREADS, f"{more} more threads at the end")
        more = statistics.median(life.open[-20:]) - statistics.median(life.open[:20])
        self.judge("no descriptor is leaked", more <= MORE_OPEN, f"{more} more descriptors at the end")

    def seen(self, life: Life, words: str) -> str:
        """A finding with what led there."""
        return f"{words}, after {self.last}:\n{life.session.text()}"

    def judge(self, what: str, holds: object, detail: str) -> None:
        """Something that must hold."""
        if not holds:
            self.falls.append(what)
            print(f"FAIL  soak: {what}: {detail}", flush=True)


def soak(binary: str, seconds: float, seed: int, *, keep: bool) -> int:
    """Runs for so long."""
    print(f"seed {seed}: soak of {seconds:.0f} s", flush=True)
    one = Soak(binary, seconds, seed)
    code = one.run()
    print(f"seed {seed}: {one.sum()}")
    if keep:
        table.take_up_soak(f"seed {seed}, {one.sum()}")
    return code
