"""The templates of what package managers want to have of a release, filled in."""

import pathlib
import re
import sys
import tempfile

import pack
import project
from pack import Member
from project import ROOT, TARGETS

TEMPLATES = ROOT / "release/templates"
PLACEHOLDER = re.compile(r"@[A-Z0-9]+(?: [\w-]+)?@")


def values(folder):
    """What can be filled in: placeholder, text. One whose archive is not in `folder` is missing."""
    package = project.package()
    owner_and_name = package["repository"].removeprefix("https://github.com/")
    known = {"@VERSION@": package["version"], "@REPOSITORY@": package["repository"], "@SLUG@": owner_and_name,
             "@DESCRIPTION@": package["description"]}
    for target in TARGETS:
        archive = folder / project.archive_name(target)
        if archive.exists():
            known[f"@URL {target}@"] = project.url(target)
            known[f"@SHA256 {target}@"] = project.sha256(archive.read_bytes())
    return known


def fill(folder, into, is_partial):
    """Every template with its placeholders filled in, under the same name in `into`."""
    known = values(folder)
    for template in sorted(path for path in TEMPLATES.rglob("*") if path.is_file()):
        name = template.relative_to(TEMPLATES)
        text = template.read_text()
        missing = sorted(set(PLACEHOLDER.findall(text)) - set(known))
        if missing and not (is_partial and all(is_of_an_archive(placeholder) for placeholder in missing)):
            sys.exit(f"error: nothing to fill in for {', '.join(missing)} of release/templates/{name}\n"
                     "help: build the archives that are missing, or give --partial")
        if missing:
            print(f"left out, as archives are missing: {name}")
            continue
        path = into / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PLACEHOLDER.sub(lambda found: known[found.group()], text))


def is_of_an_archive(placeholder):
    return placeholder in [f"@{what} {target}@" for what in ("URL", "SHA256") for target in TARGETS]


def write(folder, is_partial):
    """The filled templates in one archive, and the text of the release beside it."""
    with tempfile.TemporaryDirectory() as temporary:
        into = pathlib.Path(temporary)
        fill(folder, into, is_partial)
        files = {str(path.relative_to(into)): path.read_bytes() for path in sorted(into.rglob("*")) if path.is_file()}
    notes = files.pop("NOTES.md", None)
    if notes:
        (folder / "NOTES.md").write_bytes(notes)
    name = f"lockroot-{project.version()}-manifests"
    members = {f"{name}/{path}": Member(content) for path, content in files.items()}
    (folder / f"{name}.tar.gz").write_bytes(pack.tar_gz(members, project.date()))
