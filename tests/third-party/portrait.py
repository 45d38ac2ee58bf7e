"""Draws the pictures in README and docs: real screens of the practice account, as SVG. portrait.py PATH-OF-THE-BINARY FOLDER"""

from __future__ import annotations

import sys
from html import escape
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from pyte.screens import Char
from terminal import Terminal

CELL = (8.4, 18)  # pixels
EDGE = 16
BACKGROUND, FOREGROUND = "#11151c", "#d7dce2"
PALETTE = {
    "default": FOREGROUND,
    "black": "#11151c",
    "red": "#ff7b72",
    "green": "#7ee787",
    "brown": "#e3b341",
    "blue": "#79c0ff",
    "magenta": "#d2a8ff",
    "cyan": "#76e3ea",
    "white": "#d7dce2",
    "brightblack": "#8b949e",
    # The same, where they come by their number: pyte then gives xterm's own values.
    "cd0000": "#ff7b72",
    "ff0000": "#ff7b72",
    "00cd00": "#7ee787",
    "cdcd00": "#e3b341",
    "0000ee": "#79c0ff",
    "cd00cd": "#d2a8ff",
    "00cdcd": "#76e3ea",
    "7f7f7f": "#8b949e",
}


def ink(cell: Char) -> tuple[str, str, bool]:
    """Colour, background and weight of a cell."""
    front = PALETTE.get(cell.fg, FOREGROUND if cell.fg.startswith("bright") else f"#{cell.fg}")
    back = BACKGROUND if cell.bg == "default" else PALETTE.get(cell.bg, f"#{cell.bg}")
    return (back, front, cell.bold) if cell.reverse else (front, back, cell.bold)


def row(cells: list[Char], y: float) -> list[str]:
    """One line of the terminal: a rectangle behind what has a background, and one text for each run of a style."""
    width, height = CELL
    parts = []
    for (front, back, bold), run in groupby(enumerate(cells), key=lambda pair: ink(pair[1])):
        run = list(run)
        x, text = EDGE + run[0][0] * width, "".join(cell.data for _, cell in run)
        if back != BACKGROUND:
            parts.append(f'<rect x="{x:.1f}" y="{y:.1f}" width="{len(run) * width:.1f}" height="{height}" fill="{back}"/>')
        if text.strip():
            weight = ' font-weight="bold"' if bold else ""
            parts.append(
                f'<text x="{x:.1f}" y="{y + 13.5:.1f}" fill="{front}"{weight} textLength="{len(run) * width:.1f}" '
                f'xml:space="preserve">{escape(text)}</text>'
            )
    return parts


def portrait(cells: list[list[Char]]) -> str:
    """The whole terminal."""
    width, height = EDGE * 2 + len(cells[0]) * CELL[0], EDGE * 2 + len(cells) * CELL[1]
    lines = [part for y, line in enumerate(cells) for part in row(line, EDGE + y * CELL[1])]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" '
            'font-family="ui-monospace, SFMono-Regular, Menlo, DejaVu Sans Mono, Consolas, monospace" font-size="14">',
            f'<rect width="100%" height="100%" rx="10" fill="{BACKGROUND}"/>',
            *lines,
            "</svg>",
            "",
        ]
    )


class Picture(NamedTuple):
    """A screen that is worth a picture: how one gets there on the practice account."""

    name: str
    scenario: str
    columns: int
    rows: int
    keys: list[tuple[str, str]]  # what is waited for, and the key that is pressed then
    shows: str


START = " steps done"
FORM = "Company domain"
ANSWERS = ["right", "down", "right", "down", "right", "down", "*IT", "down", "right", "down", "*Reception", "down", "right", "down", "right"]
PICTURES = [
    Picture("welcome", "fresh", 80, 24, [], "So far"),
    Picture("wizard", "fresh", 92, 26, [(START, "2")], "never been used"),
    Picture("review", "fresh", 80, 24, [(START, "5"), ("Set up an administrator", "enter"), ("User names", "ctrl-s")], "Make these"),
    Picture("wide", "fresh", 150, 40, [(START, "5"), ("Set up an administrator", "enter"), ("User names", "ctrl-s")], "Make these"),
    Picture(
        "ending",
        "hardened",
        80,
        24,
        [(START, "7"), ("Answer the questions", "enter"), *((FORM, key) for key in [*ANSWERS, "ctrl-s"]), ("Next step", "0")],
        "Root is locked away",
    ),
]


def main() -> None:
    binary, folder = sys.argv[1:]
    for picture in PICTURES:
        command = [str(Path(binary).resolve()), "practice", picture.scenario, "--theme", "dark"]
        size = {"columns": picture.columns, "rows": picture.rows}
        with Terminal(command, **size, environment={"COLORTERM": "truecolor"}) as terminal:
            for seen, key in picture.keys:
                terminal.wait_for(seen)
                terminal.type(key[1:]) if key.startswith("*") else terminal.press(key)
            terminal.wait_for(picture.shows)
            (Path(folder) / f"{picture.name}.svg").write_text(portrait(terminal.cells()))


main()
