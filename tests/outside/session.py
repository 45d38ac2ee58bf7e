"""lockroot in a pseudo-terminal large enough for every page, driven by the words on the screen."""

from __future__ import annotations

import os
import re
import signal
import tempfile
import time
from collections.abc import Callable

import pexpect
import pyte

from child import Child
from terminal import KEYS, Screen, Terminal, bare_environment

KEYS["ctrl-z"] = "\x1a"
KEYS["ctrl-l"] = "\x0c"
COLUMNS, ROWS = 120, 50
LEAVES = 40.0  # seconds in which a program that is told to end has ended: a call's time limit, and a slow machine
PATIENCE = 15.0  # seconds for which an effect is waited for, however busy the machine is
FOCUSED = re.compile(r"\[ (.+?) \]")
PANE = 27  # columns of the left pane with its border


class Counted(pyte.ByteStream):
    """Knows how much was drawn."""

    size = 0

    def feed(self, data: bytes) -> None:
        """Draws."""
        self.size += len(data)
        super().feed(data)


class Session(Terminal):
    """One run of the wizard."""

    def __init__(
        self, binary: str, url: str | None, home: str, keys: dict[str, str], *, rows: int = ROWS, columns: int = COLUMNS
    ) -> None:
        self._home = tempfile.TemporaryDirectory(prefix="lockroot-cell-")
        self._screen = Screen(columns, rows)
        self._stream = Counted(self._screen)
        self._has_ended = False
        own = {"HOME": home, "XDG_STATE_HOME": os.path.join(home, "state")}
        environment = bare_environment(home) | keys | own
        command = [binary, *(["--endpoint-url", url] if url else [])]  # none: `keys` says where
        self._child = Child(command, rows=rows, columns=columns, environment=environment, folder=self._home.name)

    @property
    def pid(self) -> int:
        """The program's."""
        return self._child.pid

    def pane(self) -> str:
        """What is to the right of the list of steps."""
        return "\n".join(line[PANE:] if "│" in line[:PANE] else line for line in self.text().splitlines())

    def flat(self) -> str:
        """The same as one line, so that words are found across line breaks."""
        return re.sub(r"\s+", " ", self.pane())

    def begin(self) -> None:
        """Waits until the account has been read."""
        self.wait_until(lambda: "[ Begin ]" in self.text() and "reading" not in self.text(), "the end of reading")

    def step(self, number: int) -> None:
        """Opens a step and waits for its page."""
        self.press(str(number))
        self.wait_until(lambda: re.search(rf"▸.? ?{number} ", self.text()) is not None, f"step {number}")

    def focused(self) -> str:
        """What the button that Enter presses says."""
        found = FOCUSED.findall(self.pane())
        return found[-1] if found else ""

    def offers(self, button: str) -> bool:
        """Whether the page has that button."""
        return button in self.flat()

    def focus(self, button: str) -> None:
        """Moves to the button that begins with these words."""
        self.wait_until(lambda: self.offers(button) and self.focused() != "", f"the button {button!r}")
        for _ in range(8):
            if self.focused().startswith(button):
                return
            before = self.focused()
            self.press("right")
            self._comes(lambda: self.focused() != before, 3.0)
        raise AssertionError(f"the button {button!r} cannot be reached; the screen says:\n{self.text()}")

    def choose(self, button: str) -> None:
        """Presses a button of a page; a page is left by it."""
        self.focus(button)
        self.confirm(self.focused())

    def fill(self, label: str, text: str) -> None:
        """Puts `text` into the field with that label, whatever was there."""
        self.to_field(label)
        self.press("ctrl-u")
        self.type(text)

    def to_field(self, label: str) -> None:
        """Moves to the field."""
        at = re.compile(rf"▸ {re.escape(label)}\b")
        for _ in range(24):
            if self._comes(lambda: at.search(self.pane()) is not None, 0.3):
                return
            self.press("down")
        raise AssertionError(f"the field {label!r} cannot be reached; the screen says:\n{self.text()}")

    def turn_to(self, label: str, word: str) -> None:
        """Turns a choice until it says the word."""
        self.to_field(label)
        for _ in range(8):
            if self._comes(lambda: re.search(rf"{re.escape(label)} +‹ [^›]*{word}", self.pane()) is not None, 0.5):
                return
            self.press("right")
        raise AssertionError(f"{label!r} offers no {word!r}; the screen says:\n{self.text()}")

    def switch_on(self, label: str) -> None:
        """Sets a tick."""
        self.to_field(label)
        self.press("right")
        self.wait_until(lambda: re.search(rf"{re.escape(label)} +\[x\]", self.pane()) is not None, f"a tick at {label!r}")

    def pick(self, words: str) -> None:
        """Moves to the row of a table that holds these words."""
        at = re.compile(rf"▸ .*{re.escape(words)}")
        self.wait_until(lambda: words in self.pane(), f"the row {words!r}")
        for _ in range(8):
            if self._comes(lambda: at.search(self.pane()) is not None, 0.5):
                return
            self.press("down")
        raise AssertionError(f"the row {words!r} cannot be reached; the screen says:\n{self.text()}")

    def comes(self, words: str, seconds: float) -> bool:
        """Whether these words come to be shown."""
        return self._comes(lambda: words in self.flat(), seconds)

    def review(self) -> None:
        """From a form to its review."""
        self.press("ctrl-s")
        self.at_review()

    def at_review(self) -> None:
        """Waits for a review."""
        words = ("exactly as they stand here", "exactly as it stands here", "exactly as shown")
        self.wait_until(lambda: any(said in self.flat() for said in words), "a review")

    def is_at_review(self) -> bool:
        """Whether a review is open."""
        return " sent" in self.flat() and "exactly as" in self.flat()

    def is_whole(self) -> bool:
        """Whether a frame was drawn to its end: the last line tells of keys."""
        return bool(self._screen.display[-1].strip()) and bool(self._screen.display[0].strip())

    def yes(self) -> None:
        """Confirms the review: the typed confirmation if one is asked for, else the button."""
        asked = re.search(r"To confirm, type [^:]*: (\w+)", self.flat())
        time.sleep(0.5)  # like a person; keys from before the review could be read are dropped
        self.read_through()
        if asked:
            self.type(asked[1])
            self.wait_for(f"> {asked[1]}")
            time.sleep(0.3)
        else:
            self.focus("Make th")
        before = self.pane()
        for _ in range(4):  # a key that was dropped is pressed again; one that was heard changes the page
            self.press("enter")
            if self._comes(lambda: self.pane() != before, 3.0):
                return

    def settle(self, seconds: float = 60.0) -> None:
        """Waits until nothing is under way: no spinner, and the frame is still."""
        self._comes(lambda: self._has_ended or not self.is_busy(), seconds)

    def is_busy(self) -> bool:
        """Whether something turns on the screen."""
        turns = re.search("[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]", self.text()) is not None
        return turns and "Watching" not in self.text()

    def has_ended(self) -> bool:
        """Whether the program is over."""
        return self._child.ended_with() is not None

    def stop_and_continue(self) -> None:
        """Ctrl-Z, as typed; where nothing stops by that, a signal does; then it goes on."""
        self.press("ctrl-z")
        if not self._child.wait_stopped(1.0):
            self._child.signal(signal.SIGSTOP)
        self._child.signal(signal.SIGCONT)

    def signal(self, number: int) -> None:
        """Sends it a signal."""
        self._child.signal(number)

    def resize(self, rows: int, columns: int) -> None:
        """Makes the terminal larger or smaller."""
        self._screen.resize(rows, columns)
        self._child.resize(rows, columns)

    def hang_up(self) -> None:
        """Closes the terminal under it: its next write fails, its next read finds the end."""
        self._child.hang_up()
        self._has_ended = True

    def leaves(self, seconds: float = LEAVES) -> int | None:
        """Waits until the process is gone: its exit code, negative for a signal; none if it stays."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if not self._has_ended:
                self._take_in(0.05)
            code = self._child.ended_with()
            if code is not None:
                self._comes(lambda: self._has_ended, 1.0)
                return code
            time.sleep(0.02)
        return None

    def quit(self) -> int | None:
        """Asks it by signal to end, and waits."""
        self._child.signal(signal.SIGTERM)
        return self.leaves()

    def stays_still(self) -> None:
        """Waits for one frame after which nothing more is drawn for a moment."""
        self._comes(lambda: True, 3.0)

    def comes_drawn(self, seconds: float, size: int = 1) -> bool:
        """Whether anything at all is drawn within that time; or so many bytes."""
        deadline = time.monotonic() + seconds
        while size > 0 and time.monotonic() < deadline:
            for _, chunk in self.take_raw(deadline, first=True):
                size -= len(chunk)
                self.feed(chunk)
            if self._has_ended:
                break
        return size <= 0

    def comes_true(self, condition: Callable[[], bool], seconds: float) -> bool:
        """Whether something comes to hold on the screen."""
        return self._comes(condition, seconds)

    def take_raw(self, until: float, *, first: bool = False) -> list[tuple[float, bytes]]:
        """What is drawn until then, or the first of it, with the time of each piece; the screen is fed with it later, because
        that takes longer than the time between two keys."""
        chunks: list[tuple[float, bytes]] = []
        while not self._has_ended and not (first and chunks):
            left = until - time.monotonic()
            if left <= 0:
                break
            try:
                chunk = self._child.read_nonblocking(65536, timeout=left)
                chunks.append((time.monotonic(), chunk))
            except pexpect.TIMEOUT:
                break
            except pexpect.EOF:
                self._has_ended = True
        return chunks

    def feed(self, chunk: bytes) -> None:
        """Shows on the screen what was taken raw."""
        self._stream.feed(chunk)

    @property
    def drawn(self) -> int:
        """Bytes so far."""
        return self._stream.size

    def effect(self, act: Callable[[], None], is_so: Callable[[], bool], seconds: float) -> float | None:
        """How long it takes until what is done has its effect; none: longer than `seconds`. The time for which a busy machine
        gave the program or this test no processor does not count."""
        began, queued = time.monotonic(), self.queued()
        took = lambda: time.monotonic() - began - (self.queued() - queued)
        act()
        has_come = self._comes(is_so, seconds)
        while not has_come and not self._has_ended and took() < seconds and time.monotonic() - began < PATIENCE:
            has_come = self._comes(is_so, 0.1)
        return took() if has_come else None

    def queued(self) -> float:
        """Seconds for which the program and this test were ready to go on and had no processor; 0 where the system does not say."""
        return queued(str(self.pid)) + queued("self")

    def send(self, keys: bytes) -> None:
        """Types bytes."""
        self._child.send(keys)

    def exit_code(self) -> int | None:
        """How it ended; none while it runs."""
        return self._child.ended_with()

    def take_all(self, seconds: float, *, whole: bool = False) -> None:
        """Takes in what is drawn until nothing comes for a moment, or for the whole time."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if not self._take_in(0.03) and not whole:
                return
            if self._has_ended:
                return


def queued(process: str) -> float:
    """What Linux counts of it, for all threads: one reads keys, another one draws."""
    waited = 0.0
    try:
        for thread in os.listdir(f"/proc/{process}/task"):
            with open(f"/proc/{process}/task/{thread}/schedstat", encoding="ascii") as counts:
                waited += int(counts.read().split()[1]) / 1e9
    except (OSError, IndexError):
        pass  # it ends, or the system does not say
    return waited
