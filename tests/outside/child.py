"""A program in a pseudo-terminal of its own, with exactly the ends that a matrix needs: any signal, a stop, a closed terminal.

It is what `Terminal` expects of pexpect's child. pexpect itself may wait for ever for a program whose terminal is gone.
"""

from __future__ import annotations

import fcntl
import os
import select
import signal
import struct
import subprocess
import termios
import time

import pexpect


class Child:
    """The program and our side of its terminal."""

    def __init__(self, command: list[str], *, rows: int, columns: int, environment: dict[str, str], folder: str) -> None:
        self._ours, theirs = os.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self._process = subprocess.Popen(
            command,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=environment,
            cwd=folder,
            start_new_session=True,
            preexec_fn=_take_terminal,
        )
        os.close(theirs)
        self.is_open = True
        self.exitstatus: int | None = None

    @property
    def pid(self) -> int:
        """The program's."""
        return self._process.pid

    def send(self, text: str | bytes) -> None:
        """Types, if the terminal is still there."""
        try:
            os.write(self._ours, text.encode() if isinstance(text, str) else text)
        except OSError:
            pass

    def read_nonblocking(self, size: int, timeout: float) -> bytes:
        """What the program wrote, within `timeout` seconds."""
        if not self.is_open:
            raise pexpect.EOF("closed")
        if not select.select([self._ours], [], [], timeout)[0]:
            raise pexpect.TIMEOUT("nothing")
        try:
            data = os.read(self._ours, size)
        except OSError:
            data = b""
        if not data:
            raise pexpect.EOF("the end")
        return data

    def resize(self, rows: int, columns: int) -> None:
        """Another size, of which the program is told."""
        if self.is_open:
            fcntl.ioctl(self._ours, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def signal(self, number: int) -> None:
        """Sends a signal, if it still runs."""
        if self._process.poll() is None:
            self._process.send_signal(number)

    def state(self) -> str:
        """The letter that Linux gives for what the process does; empty once it is gone."""
        try:
            with open(f"/proc/{self.pid}/stat", encoding="utf-8") as stat:
                return stat.read().rsplit(")", 1)[1].split()[0]
        except OSError:
            return ""

    def wait_stopped(self, seconds: float) -> bool:
        """Whether it comes to a stop."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and self._process.poll() is None:
            if self.state() == "T":
                return True
            time.sleep(0.02)
        return False

    def ended_with(self) -> int | None:
        """Its exit code, negative for a signal; none while it runs."""
        return self._process.poll()

    def hang_up(self) -> None:
        """Closes the terminal under it."""
        if self.is_open:
            os.close(self._ours)
            self.is_open = False

    def close(self, force: bool = True) -> None:
        """Ends it, if it still runs."""
        if force and self._process.poll() is None:
            self._process.send_signal(signal.SIGKILL)
        self._process.wait()
        self.exitstatus = self._process.returncode
        self.hang_up()


def _take_terminal() -> None:
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
