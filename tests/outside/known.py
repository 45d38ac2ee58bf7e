"""What is known to fall short today, each with its reason. A row that holds again is a failure: take it off the list."""

from __future__ import annotations

from fnmatch import fnmatchcase

# Cells (with wildcards), the law that falls, and why.
KNOWN: list[tuple[str, str, str]] = []


def reason(cell: str, law: str) -> str:
    """Why this cell is known to fall short of that law; empty if it is not."""
    return next((why for cells, broken, why in KNOWN if broken == law and fnmatchcase(cell, cells)), "")


def overtaken(played: dict[str, set[str]]) -> list[str]:
    """Cells that are on the list and hold."""
    return [
        f"{name} holds now ({law}): take it off the list of what is known ({why})"
        for name, falls in played.items()
        for cells, law, why in KNOWN
        if fnmatchcase(name, cells) and law not in falls
    ]
