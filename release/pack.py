"""Archives in which nothing depends on who packs them, when, and where."""

import dataclasses
import gzip
import io
import tarfile
import time
import zipfile


@dataclasses.dataclass
class Member:
    """A file, or a folder if it has no content."""

    content: bytes | None
    mode: int = 0o644
    owner: int = 0


def squeezed(content):
    return gzip.compress(content, 9, mtime=0)


def tar(members, date):
    """`members`: path, Member; in this order."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as file:
        for name, member in members.items():
            info = tarfile.TarInfo(name)
            info.mtime, info.mode, info.uid, info.gid = date, member.mode, member.owner, member.owner
            if member.content is None:
                info.type = tarfile.DIRTYPE
            info.size = len(member.content or b"")
            file.addfile(info, io.BytesIO(member.content or b""))
    return packed.getvalue()


def tar_gz(members, date):
    return squeezed(tar(members, date))


def zip(members, date):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        for name, member in members.items():
            info = zipfile.ZipInfo(name, time.gmtime(date)[:6])
            info.create_system, info.external_attr = 3, (0o100000 | member.mode) << 16  # as Unix writes it, on every system
            info.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(info, member.content)
    return packed.getvalue()
