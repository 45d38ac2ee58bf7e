"""What was checked and how it came out: one line a check, and the sum at the end."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import contextmanager


class Ledger:
    """Counts checks and says each as it comes."""

    def __init__(self) -> None:
        self.passed = 0
        self.failed = 0
        self.unrun: list[str] = []

    def holds(self, name: str, condition: object, detail: str = "") -> None:
        """A check that `condition` is true."""
        if condition:
            self.passed += 1
            print(f"ok    {name}", flush=True)
        else:
            self.failed += 1
            print(f"FAIL  {name}{': ' + detail if detail else ''}", flush=True)

    def not_run(self, name: str, why: str) -> None:
        """A check that could not be made. It is no success: the sum says it again."""
        self.unrun.append(f"{name}: {why}")
        print(f"NOT RUN  {name}: {why}", flush=True)

    def equal(self, name: str, seen: object, wanted: object) -> None:
        """A check that `seen` is what is `wanted`."""
        self.holds(name, seen == wanted, f"{seen!r} instead of {wanted!r}")

    @contextmanager
    def story(self, name: str) -> Iterator[None]:
        """A chain of checks that rest on each other: what breaks it is one failure, and ends it."""
        try:
            yield
        except Exception:
            self.holds(f"{name} comes to its end", False, "\n" + traceback.format_exc())

    def sum(self) -> str:
        """The last line."""
        unrun = "".join(f"\nNOT RUN  {what}" for what in self.unrun)
        return f"{self.passed} passed, {self.failed} failed, {len(self.unrun)} not run{unrun}"
