"""What is known to fall short today, each with its reason. A row that holds again is a failure: take it off the list."""

from __future__ import annotations

from fnmatch import fnmatchcase

# Calls whose answer has no body of its own: a web page in its place counts as an answer.
EMPTY = [
    "UpdateAccessKey to Inactive",
    "UpdateAccessKey to Active",
    "DeleteAccessKey",
    "UpdateSigningCertificate",
    "DeleteSigningCertificate",
    "PutAlternateContact",
    "DeleteAlternateContact",
    "PutContactInformation",
    "CreateAccountAlias",
    "DeleteAccountAlias",
    "AttachGroupPolicy",
    "PutGroupPolicy",
    "PutGroupPolicy of a user's policy",
    "AddUserToGroup",
    "TagUser",
    "DetachUserPolicy",
    "DeleteUserPolicy",
    "UpdateAccountPasswordPolicy",
    "DeleteAccountPasswordPolicy",
    "DeleteVirtualMFADevice",
    "EnableMFADevice",
]

# Cells (with wildcards), the law that falls, and why.
KNOWN: list[tuple[str, str, str]] = [
    ("* / closed terminal", "ends", "restoring a terminal that is gone panics, and the process aborts"),
    ("* / SIGTERM", "ends", "an interrupted wizard exits with 0"),
    ("* / SIGINT", "ends", "an interrupted wizard exits with 0"),
    ("DeleteAccountAlias / conflict at the review / *", "told", "the form says that the empty alias is too short, not that the alias is gone"),
    ("CreateUser / conflict at the review / *", "told", "it says that the user could not be read, not that somebody made it"),
    *((f"{call} / 200 that is no answer / SIG*", "green", "a web page with status 200 counts as an answer") for call in EMPTY),
]


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
