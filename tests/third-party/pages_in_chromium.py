"""The HTML report and the sheet for the safe in Chromium: on a phone, a laptop, in the dark and on paper.

Nothing runs over the edge, nothing is cut off, nothing is hard to read, nothing is asked of the network. Each judge is
shown to refuse. The pictures are left in target/third-party-pictures for people.
"""

from __future__ import annotations

import io
import subprocess
import tempfile
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from browser import NoBrowser, chromium
from ledger import Ledger
from playwright.sync_api import Browser, Page
from pypdf import PdfReader
from terminal import bare_environment

PICTURES = Path(__file__).parents[2] / "target" / "third-party-pictures"
JUDGES = Path(__file__).parent / "pages_in_chromium.js"
# Names as long as AWS allows, without a place to break them.
LONG = f"""
title = "an account with names as long as they get"
account = "123456789012"
[[users]]
name = "{'W' * 64}"
password = true
last_sign_in = "2y"
policies = ["AdministratorAccess"]
[[users.keys]]
age = "3y"
last_used = "never"
[contacts.security]
name = "{'M' * 64}"
title = "{'m' * 50}"
email = "{'w' * 60}@{'w' * 50}.example"
phone = "+41 44 000 00 03"
"""
# The content of an A4 page within the report's own margins, in CSS pixels.
SIZES = {"phone": (320, 640), "laptop": (1366, 768), "dark": (1366, 768), "paper": (680, 1009)}
# Everything that a page must not be: every judge has to find something here.
BAD = """<html><body style="background:#fff"><style>:root{color-scheme:light}</style>
<div style="width:3000px">wide</div><div style="width:20px;overflow:hidden;white-space:nowrap">this is cut off</div>
<p style="color:#ccc">faint</p><img src="https://example.com/x.png"><details><summary>s</summary><p>folded</p></details>
<table><tr style="break-inside:auto"><td>a</td></tr></table><script>console.error('no')</script></body></html>"""


@dataclass
class Seen:
    """What the judges say of a page; each is empty where all is well."""

    title: str = ""
    overflow: list[str] = field(default_factory=list)
    clipped: list[str] = field(default_factory=list)
    faint: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    breakable: list[str] = field(default_factory=list)
    light: bool = False
    requests: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)


def run(binary: str, ledger: Ledger) -> None:
    """Every page in every size."""
    try:
        with chromium() as browser, tempfile.TemporaryDirectory() as folder:
            PICTURES.mkdir(parents=True, exist_ok=True)
            judges_refuse(browser, Path(folder), ledger)
            for name, page in written(binary, Path(folder)).items():
                with ledger.story(f"{name} in Chromium"):
                    judged(browser, name, page, ledger)
    except NoBrowser as reason:
        ledger.not_run("the HTML report and the sheet in Chromium", str(reason))


def written(binary: str, folder: Path) -> dict[str, Path]:
    """The pages to look at."""
    (folder / "long.toml").write_text(LONG)
    commands = {
        "the report of leaky-startup": ["check", "--practice", "leaky-startup"],
        "the report of a hardened account": ["check", "--practice", "hardened"],
        "the report of long names": ["check", "--scenario", str(folder / "long.toml")],
        "the report without credentials": ["check"],
        "the sheet for the safe": ["break-glass", "--html", "--practice", "hardened"],
    }
    pages = {}
    for number, (name, command) in enumerate(commands.items()):
        page = folder / f"{number}.html"
        subprocess.run([binary, *command, "--output", str(page)], env=bare_environment(str(folder)), capture_output=True)
        pages[name] = page
    return pages


def judged(browser: Browser, name: str, page: Path, ledger: Ledger) -> None:
    """One page in all sizes."""
    for size in SIZES:
        seen = look(browser, page, size, PICTURES / f"{name.replace(' ', '-')}-{size}.png")
        at = f"{name}, {size}:"
        ledger.holds(f"{at} a title that names the program or the account", seen.title.startswith(("lockroot", "Break glass")))
        ledger.equal(f"{at} nothing over the edge", seen.overflow, [])
        ledger.equal(f"{at} no text cut off", seen.clipped, [])
        ledger.equal(f"{at} every text stands out from its ground (4.5 to 1)", seen.faint, [])
        ledger.equal(f"{at} nothing asked of anybody", seen.requests, [])
        ledger.equal(f"{at} nothing on the console", seen.console, [])
        if size == "paper":
            ledger.equal(f"{at} nothing stays folded up", seen.hidden, [])
            ledger.equal(f"{at} no row may be cut by the end of a page", seen.breakable, [])
            ledger.holds(f"{at} a light ground, however dark the screen is", seen.light)
            cut = [row for row in seen.rows if not any(row in sheet for sheet in seen.pages)]
            ledger.equal(f"{at} every row of {len(seen.rows)} is whole on one page of {len(seen.pages)}", cut, [])


def judges_refuse(browser: Browser, folder: Path, ledger: Ledger) -> None:
    """A page with everything wrong."""
    page = folder / "bad.html"
    page.write_text(BAD)
    with ledger.story("the judges of pages refuse"):
        seen = look(browser, page, "paper", None)
        dark = look(browser, page, "phone", None)
        found = [seen.overflow, seen.clipped, seen.faint, seen.hidden, seen.breakable, seen.requests, seen.console, dark.overflow]
        ledger.holds("each judge of pages finds what is wrong on a bad one", all(found) and not seen.title, repr(seen))


def look(browser: Browser, file: Path, size: str, picture: Path | None) -> Seen:
    """Opens a page and lets the judges look."""
    width, height = SIZES[size]
    scheme = "light" if size in ("phone", "laptop") else "dark"
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, offline=True)
    page, seen = context.new_page(), Seen()
    page.on("request", lambda request: seen.requests.append(request.url))
    page.on("console", lambda message: seen.console.append(message.text))
    page.on("pageerror", lambda error: seen.console.append(str(error)))
    page.goto(file.as_uri())
    seen.requests.remove(file.as_uri())
    if size == "paper":
        page.emulate_media(media="print", color_scheme="dark")
    else:
        # Unfolded, so that what is folded up is looked at too.
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    for name, value in page.evaluate(JUDGES.read_text()).items():
        setattr(seen, name, value)
    if picture and size != "paper":
        # Of a long page its beginning: pictures have a greatest height.
        tall = min(4000, page.evaluate("document.documentElement.scrollHeight"))
        page.screenshot(path=picture, full_page=True, clip={"x": 0, "y": 0, "width": width, "height": tall})
    if size == "paper":
        printed(page, seen, picture)
    context.close()
    return seen


def printed(page: Page, seen: Seen, picture: Path | None) -> None:
    """The text of each printed page, and of each row, both without blanks."""
    pdf = page.pdf(prefer_css_page_size=True, format="A4")
    if picture:
        picture.with_suffix(".pdf").write_bytes(pdf)
    sheets = PdfReader(io.BytesIO(pdf)).pages
    seen.pages = [squeezed(sheet.extract_text()) for sheet in sheets]
    seen.rows = [squeezed(row) for row in seen.rows]


def squeezed(text: str) -> str:
    """Without blanks, ligatures as letters."""
    return "".join(unicodedata.normalize("NFKC", text).split())
