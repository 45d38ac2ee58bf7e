"""A real pseudo-terminal with lockroot in it: keys go in, the screen is read as a person would see it.

Nothing here sleeps for a guessed time: every wait ends when the screen shows what is waited for, or fails with the
screen that was there instead.
"""

from __future__ import annotations

import os
import tempfile
import re
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

import pexpect
import pyte
from pyte.screens import Char

KEYS = {
    "pgdn": "\x1b[6~",
    "enter": "\r",
    "esc": "\x1b",
    "tab": "\t",
    "backspace": "\x7f",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "ctrl-s": "\x13",
    "ctrl-u": "\x15",
}

PATIENCE = 30.0  # seconds until a wait has failed; a loaded machine is slow, but not that slow
QUIET = 0.05  # seconds without output after which a frame counts as whole; the fastest thing drawn moves every 0.12


class Screen(pyte.Screen):
    """pyte's screen with the one thing that it lacks: what was on the alternate screen is gone when that is left."""

    def reset_mode(self, *modes: int, **kind: bool) -> None:
        """Switches modes off; 1049 is the alternate screen."""
        super().reset_mode(*modes, **kind)
        if kind.get("private") and 1049 in modes:
            self.erase_in_display(2)
            self.cursor_position()


class Terminal:
    """lockroot (or anything else) in a terminal of `columns` by `rows`, with an empty home and a bare environment."""

    def __init__(
        self, command: list[str], *, columns: int = 80, rows: int = 24, environment: dict[str, str] | None = None
    ) -> None:
        self._home = tempfile.TemporaryDirectory(prefix="lockroot-home-")
        self._screen = Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._child = pexpect.spawn(
            command[0],
            command[1:],
            dimensions=(rows, columns),
            env=bare_environment(self._home.name) | (environment or {}),
            cwd=self._home.name,
        )
        self._child.delaybeforesend = None
        self._has_ended = False

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._child.close(force=True)
        self._home.cleanup()

    @property
    def home(self) -> Path:
        """The folder in which the program runs."""
        return Path(self._home.name)

    def press(self, keys: str) -> None:
        """Presses keys, written as words between blanks: `down enter v`."""
        for word in keys.split():
            self._child.send(KEYS.get(word, word))

    def type(self, text: str) -> None:
        """Types text."""
        self._child.send(text)

    def wait_for(self, *texts: str) -> None:
        """Waits until each of `texts` stands on the screen, each within one line."""
        self.wait_until(lambda: all(text in self.text() for text in texts), " and ".join(map(repr, texts)))

    def wait_until(self, condition: Callable[[], bool], wanted: str) -> None:
        """Waits until `condition` holds."""
        if not self._comes(condition, PATIENCE):
            raise AssertionError(f"waited in vain for {wanted}; the screen says:\n{self.text()}")

    def read_through(self) -> None:
        """Scrolls to the end of the page: what takes something away is sent only if all of it was on the screen."""
        for _ in range(60):
            if not re.search(r"(↓|v) \d+ more line", self.text()):
                return
            before = self.text()
            self.press("pgdn")
            self._comes(lambda: self.text() != before, 3.0)

    def confirm(self, button: str) -> None:
        """Presses Enter on `button`, which has the focus.

        Keys that were pressed before the button was drawn, or right then, are dropped by lockroot, and only it knows the
        very moment. So like a person this reads first, and presses again if the button is still there after a while.
        """
        self.wait_for(f"[ {button} ]")
        time.sleep(0.5)
        self.read_through()
        for _ in range(5):
            self.press("enter")
            if self._comes(lambda: f"[ {button} ]" not in self.text(), 3.0):
                return
        raise AssertionError(f"{button!r} does not react; the screen says:\n{self.text()}")

    def end(self) -> tuple[int | None, str]:
        """Waits for the program's end; its exit code and what it left on the screen."""
        self._comes(lambda: self._has_ended, PATIENCE)
        self._child.close()
        return self._child.exitstatus, self.text()

    def text(self) -> str:
        """The screen, line by line."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    def cells(self) -> list[list[Char]]:
        """The screen's cells with characters and colours, row by row."""
        columns, rows = self._screen.columns, self._screen.lines
        return [[self._screen.buffer[y][x] for x in range(columns)] for y in range(rows)]

    def _comes(self, condition: Callable[[], bool], seconds: float) -> bool:
        """Whether `condition` comes to hold on a whole frame: one after which nothing more is drawn for a moment."""
        deadline = time.monotonic() + seconds
        quiet = False
        while not (quiet and condition()):
            if self._has_ended or time.monotonic() > deadline:
                return condition()
            quiet = not self._take_in(QUIET)
        return True

    def _take_in(self, seconds: float) -> bool:
        """Feeds the screen with what comes within `seconds`. False: nothing came."""
        try:
            self._stream.feed(self._child.read_nonblocking(65536, timeout=seconds))
        except pexpect.TIMEOUT:
            return False
        except pexpect.EOF:
            self._has_ended = True
            return False
        return True


def bare_environment(home: str) -> dict[str, str]:
    """Nothing of the machine's: no credentials, no proxies, no configuration."""
    return {
        "HOME": home,
        "PATH": os.defpath,
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "AWS_EC2_METADATA_DISABLED": "true",
    }
