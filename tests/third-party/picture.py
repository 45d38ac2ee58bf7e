"""The terminal's cells as a picture, as a camera sees them, and QR codes read out of it by decoders of others."""

from __future__ import annotations

import shutil
import subprocess
import tempfile

import cv2
import numpy
import zxingcpp
from PIL import Image, ImageDraw, ImageFont
from pyte.screens import Char

Colour = tuple[int, int, int]

CELL = (8, 16)  # pixels; a cell is about twice as high as wide in every terminal
BLACK, WHITE = (0, 0, 0), (255, 255, 255)
NAMED: dict[str, Colour] = {  # xterm's sixteen, by pyte's names
    "black": (0, 0, 0),
    "red": (205, 0, 0),
    "green": (0, 205, 0),
    "brown": (205, 205, 0),
    "blue": (0, 0, 238),
    "magenta": (205, 0, 205),
    "cyan": (0, 205, 205),
    "white": (229, 229, 229),
    "brightblack": (127, 127, 127),
    "brightred": (255, 0, 0),
    "brightgreen": (0, 255, 0),
    "brightbrown": (255, 255, 0),
    "brightblue": (92, 92, 255),
    "brightmagenta": (255, 0, 255),
    "bfightmagenta": (255, 0, 255),  # pyte's own slip of the pen
    "brightcyan": (0, 255, 255),
    "brightwhite": (255, 255, 255),
}
# The inked part of a block character: left, top, right, bottom, in halves of a cell.
BLOCKS = {"█": (0, 0, 2, 2), "▀": (0, 0, 2, 1), "▄": (0, 1, 2, 2), "▌": (0, 0, 1, 2), "▐": (1, 0, 2, 2)}


def draw(cells: list[list[Char]], *, background: Colour, foreground: Colour) -> Image.Image:
    """The cells on a terminal whose own colours are `background` and `foreground`, with its window's edge around."""
    width, height = CELL
    picture = Image.new("RGB", ((len(cells[0]) + 2) * width, (len(cells) + 2) * height), background)
    pen = ImageDraw.Draw(picture)
    font = ImageFont.load_default()
    for y, row in enumerate(cells, start=1):
        for x, cell in enumerate(row, start=1):
            ink, paper = colour(cell.fg, foreground), colour(cell.bg, background)
            if cell.reverse:
                ink, paper = paper, ink
            left, top = x * width, y * height
            pen.rectangle((left, top, left + width - 1, top + height - 1), fill=paper)
            if cell.data in BLOCKS:
                x0, y0, x1, y1 = (edge * half for edge, half in zip(BLOCKS[cell.data], (4, 8, 4, 8), strict=True))
                pen.rectangle((left + x0, top + y0, left + x1 - 1, top + y1 - 1), fill=ink)
            elif cell.data.strip() and cell.data.isascii():
                pen.text((left, top + 2), cell.data, fill=ink, font=font)
    return picture


def colour(name: str, default: Colour) -> Colour:
    """A colour as pyte names it: `default`, a name, or six hexadecimal digits."""
    if name == "default":
        return default
    if name in NAMED:
        return NAMED[name]
    return (int(name[0:2], 16), int(name[2:4], 16), int(name[4:6], 16))


def by_opencv(picture: Image.Image) -> list[str]:
    """What OpenCV reads. Its older detector misses one clean picture in thirty, whoever drew it."""
    pixels = cv2.cvtColor(numpy.array(picture), cv2.COLOR_RGB2GRAY)
    text, _, _ = cv2.QRCodeDetectorAruco().detectAndDecode(pixels)
    return [text] if text else []


def by_zxing(picture: Image.Image) -> list[str]:
    """What ZXing reads. It is not allowed to invert: apps that can't must be able to scan the code too."""
    read = zxingcpp.read_barcodes(numpy.array(picture), formats=zxingcpp.BarcodeFormat.QRCode, try_invert=False)
    return [code.text for code in read]


def by_zbar(picture: Image.Image) -> list[str]:
    """What zbar reads."""
    with tempfile.NamedTemporaryFile(suffix=".png") as file:
        picture.save(file.name)
        command = ["zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", file.name]
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout.splitlines()


DECODERS = {"OpenCV": by_opencv, "ZXing": by_zxing}
if shutil.which("zbarimg"):
    DECODERS["zbar"] = by_zbar
