"""The QR codes on lockroot's screen, decoded by programs of others, and the codes made from them, taken by the account.

`lockroot practice` plays AWS and the console here: it verifies codes, which no public emulator does for root.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field

import pyotp

from enrolment import consecutive_codes, reveal_and_keep, seed_as_text, uris_on_screen
from ledger import Ledger
from terminal import Terminal

STEP_IS_DONE = "Done, and read back from AWS"
ACCOUNT = "123456789012"


@dataclass
class Look:
    """A way to start lockroot, and the terminals in which that has to be readable."""

    name: str
    windows: tuple[str, ...]
    flags: list[str] = field(default_factory=list)
    environment: dict[str, str] = field(default_factory=dict)
    size: tuple[int, int] = (80, 24)


LOOKS = (
    Look("dark theme", ("dark",), ["--theme", "dark"]),
    Look("light theme", ("light",), ["--theme", "light"]),
    Look("NO_COLOR", ("dark", "light"), [], {"NO_COLOR": "1"}),
    Look("ASCII", ("dark", "light"), ["--ascii"], {}, (140, 60)),
    Look("ASCII and NO_COLOR", ("dark", "light"), ["--ascii"], {"NO_COLOR": "1"}, (140, 60)),
)


def run(binary: str, ledger: Ledger) -> None:
    """All checks of this file."""
    for look in LOOKS:
        with ledger.story(f"{look.name}: QR codes"), start(binary, look) as terminal:
            terminal.wait_for("[ Begin ]", "1234-5678-9012")
            enrol_root(terminal, look, ledger)
            enrol_administrator(terminal, look, ledger)


def start(binary: str, look: Look) -> Terminal:
    """lockroot on its practice account, looking like that."""
    columns, rows = look.size
    command = [binary, "practice", *look.flags]
    return Terminal(command, columns=columns, rows=rows, environment=look.environment)


def enrol_root(terminal: Terminal, look: Look, ledger: Ledger) -> None:
    """Root's own device, at the practice console."""
    terminal.press("3")
    terminal.confirm("Phone and e-mail")
    terminal.wait_for("not checked yet")
    for key in ("right", "down", "right", "ctrl-s"):
        terminal.press(key)
    terminal.confirm("Go to the console")
    terminal.wait_for("In practice the console is simulated", "⏎ open" if "--ascii" not in look.flags else "Enter open")
    terminal.press("enter")
    terminal.wait_for("MFA for root", "Scan it")
    enrol(terminal, look, "root", ledger)


def enrol_administrator(terminal: Terminal, look: Look, ledger: Ledger) -> None:
    """A new IAM user's device."""
    terminal.press("5")
    terminal.confirm("Set up an administrator")
    terminal.wait_for("User name")
    terminal.press("ctrl-s")
    terminal.confirm("Make these 6 calls")
    reveal_and_keep(terminal)
    terminal.wait_for("MFA for administrator", "Scan it")
    enrol(terminal, look, "administrator", ledger)


def enrol(terminal: Terminal, look: Look, whose: str, ledger: Ledger) -> None:
    """Reads the code that is shown, makes two codes from it, and waits for the step to turn green."""
    written = seed_as_text(terminal.text())
    secret = None
    for window in look.windows:
        for decoder, uris in uris_on_screen(terminal, window).items():
            name = f"{look.name}, {whose}'s QR code in a {window} window, by {decoder}"
            secret = is_right(name, uris, whose, written, ledger) or secret
    if secret is None:
        raise AssertionError(f"no decoder reads the code on this screen:\n{terminal.text()}")
    terminal.type("".join(consecutive_codes(secret, time.time())))
    terminal.press("enter")
    terminal.wait_for(STEP_IS_DONE)
    ledger.holds(f"{look.name}: codes from {whose}'s decoded QR code are taken, and the step turns green", True)


def is_right(name: str, uris: list[str], whose: str, written: str, ledger: Ledger) -> str | None:
    """Checks the decoded URI against RFC 6238's defaults, the account and the seed as text; the secret if it is right."""
    if len(uris) != 1:
        ledger.holds(name, False, f"decoded {uris}")
        return None
    app = pyotp.parse_uri(uris[0])
    seen = (uris[0].split("?")[0], app.issuer, app.secret, app.digits, app.interval)
    ledger.equal(name, seen, (f"otpauth://totp/AWS:{whose}@{ACCOUNT}", "AWS", written, 6, 30))
    return app.secret if app.secret == written else None
