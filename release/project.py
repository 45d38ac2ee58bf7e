"""What the scripts of a release know together: the package, the targets, the names of archives, and plain helpers."""

import functools
import hashlib
import json
import os
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent
LINUX = ["x86_64-unknown-linux-musl", "aarch64-unknown-linux-musl"]
MAC = ["aarch64-apple-darwin", "x86_64-apple-darwin"]
WINDOWS = ["x86_64-pc-windows-msvc"]
TARGETS = LINUX + MAC + WINDOWS


def run(*command, **environment):
    subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, check=True)


def output(*command, **options):
    return subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, **options).stdout


def git(*arguments):
    return output("git", *arguments, text=True).strip()


@functools.cache
def package():
    """Cargo.toml, as cargo reads it."""
    return json.loads(output("cargo", "metadata", "--no-deps", "--format-version=1"))["packages"][0]


def version():
    return package()["version"]


def release_name(target):
    """The folder in an archive, and the archive's name without its ending."""
    return f"lockroot-{version()}-{target}"


def archive_name(target):
    return release_name(target) + (".zip" if target in WINDOWS else ".tar.gz")


def url(target):
    """Where a published release has the archive."""
    return f"{package()['repository']}/releases/download/v{version()}/{archive_name(target)}"


def use_tools():
    """Puts the programs of release/tools first in the path, and returns their folder."""
    folder = output("release/tools", text=True).strip()
    os.environ["PATH"] = folder + os.pathsep + os.environ["PATH"]
    return pathlib.Path(folder)


def set_date():
    """The date of the commit is the time on every file."""
    os.environ.setdefault("SOURCE_DATE_EPOCH", git("log", "-1", "--format=%ct"))


def date():
    return int(os.environ["SOURCE_DATE_EPOCH"])


def sha256(content):
    return hashlib.sha256(content).hexdigest()
