"""A Chromium without a window: the machine's own, or one that npm brings under target/. It looks at local files only."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Error, sync_playwright

FOLDER = Path(__file__).parents[2] / "target" / "third-party-browser"
# Built for machines where nothing can be installed; the package holds the program itself.
PACKAGE = "@sparticuz/chromium@153.0.0"
NAMES = ["chromium", "chromium-browser", "google-chrome", "chrome-headless-shell", "headless_shell"]
UNPACK = """
const fs = require('fs'), zlib = require('zlib'), folder = process.argv[1];
const bin = `${folder}/node_modules/@sparticuz/chromium/bin/`;
for (const [from, to] of [['chromium.br', 'chromium.part'], ['al2023.tar.br', 'libraries.tar']])
  fs.writeFileSync(`${folder}/${to}`, zlib.brotliDecompressSync(fs.readFileSync(bin + from)));
"""


class NoBrowser(Exception):
    """There is none, and why."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser that has started; NoBrowser if there is none."""
    program, environment = found()
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=program, env=environment, args=["--disable-gpu"])
        except Error as error:
            raise NoBrowser(f"{program} does not start: {str(error).splitlines()[0]}") from error
        yield browser
        browser.close()


def found() -> tuple[str, dict[str, str]]:
    """The program and its environment: LOCKROOT_CHROMIUM, one on the PATH, or the one under target/."""
    environment = dict(os.environ)
    named = os.environ.get("LOCKROOT_CHROMIUM")
    program = named or next(filter(None, map(shutil.which, NAMES)), None)
    if program:
        return program, environment
    fetched = FOLDER / "chromium"
    if not fetched.exists():
        fetch()
    # After the machine's own libraries, for those that it lacks.
    libraries = [environment.get("LD_LIBRARY_PATH"), str(FOLDER / "lib")]
    environment["LD_LIBRARY_PATH"] = ":".join(filter(None, libraries))
    return str(fetched), environment


def fetch() -> None:
    """Installs the package; the program is there only once it is whole."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if not npm or not node:
        raise NoBrowser(f"no Chromium on the PATH ({', '.join(NAMES)}), none in LOCKROOT_CHROMIUM, and no npm to fetch one")
    print(f"fetching Chromium ({PACKAGE}) into {FOLDER.relative_to(FOLDER.parents[1])}", flush=True)
    FOLDER.mkdir(parents=True, exist_ok=True)
    install = [npm, "install", "--prefix", str(FOLDER), "--ignore-scripts", "--no-audit", "--no-fund", "--no-save", PACKAGE]
    for command in (install, [node, "-e", UNPACK, str(FOLDER)], ["tar", "xf", str(FOLDER / "libraries.tar"), "-C", str(FOLDER)]):
        done = subprocess.run(command, capture_output=True, text=True, timeout=600)
        if done.returncode != 0:
            said = (done.stderr.strip() or done.stdout.strip() or "it says nothing").splitlines()[-1]
            raise NoBrowser(f"{Path(command[0]).name} could not bring one: {said}")
    (FOLDER / "chromium.part").chmod(0o755)
    (FOLDER / "chromium.part").rename(FOLDER / "chromium")
    shutil.rmtree(FOLDER / "node_modules")
