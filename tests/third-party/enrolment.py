"""The page with the QR code, as a person with an authenticator app uses it."""

from __future__ import annotations

import re

import pyotp

import picture
from terminal import Terminal

GROUPS = re.compile(r"(?:\b[A-Z2-7]{4} ){3,}[A-Z2-7]{4}\b")
STEP = 30  # seconds
WINDOWS = {"dark": (picture.BLACK, picture.WHITE), "light": (picture.WHITE, picture.BLACK)}


def seed_as_text(screen: str) -> str:
    """The seed that is written on the screen in groups of four."""
    return "".join(GROUPS.findall(screen)).replace(" ", "")


def uris_on_screen(terminal: Terminal, window: str = "dark") -> dict[str, list[str]]:
    """What each decoder reads off the terminal in a `window` with a dark or a light background."""
    background, foreground = WINDOWS[window]
    seen = picture.draw(terminal.cells(), background=background, foreground=foreground)
    return {name: decode(seen) for name, decode in picture.DECODERS.items()}


def consecutive_codes(seed: str, now: float) -> tuple[str, str]:
    """The code before this one and this one: two in a row, so that nobody has to wait for the next."""
    app = pyotp.TOTP(seed)
    return app.at(int(now) - STEP), app.at(int(now))


def reveal_and_keep(terminal: Terminal) -> None:
    """Looks at the new user's password, without which lockroot does not believe that it was kept, and goes on."""
    terminal.wait_for("[ I have saved them ]", "Password")
    terminal.press("v")
    terminal.wait_until(lambda: "v shows" not in terminal.text(), "the password in clear")
    terminal.confirm("I have saved them")
