"""Runs all third-party checks on the lockroot at the path that is given; exit code 1 if any of them fails."""

from __future__ import annotations

import sys
from pathlib import Path

import administrator_by_others
import aws_files_by_others
import hardening_by_others
import hardening_on_moto
import optional_user_names
import oracle.judge
import pages_in_chromium
import picture
import qr_on_screen
import reference_numbers
import report_formats
import report_schema
import strangers.all
import watchers_on_moto
import wire_of_practice
import wizard_on_practice
from ledger import Ledger


def main() -> int:
    """Says each check and the sum."""
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_file():
        print("usage: run PATH-OF-THE-LOCKROOT-BINARY", file=sys.stderr)
        return 2
    binary, ledger = str(Path(sys.argv[1]).resolve()), Ledger()
    print(f"QR codes are read by {', '.join(picture.DECODERS)}", flush=True)
    report_schema.run(binary, ledger)
    report_formats.run(binary, ledger)
    pages_in_chromium.run(binary, ledger)
    reference_numbers.run(binary, ledger)
    optional_user_names.run(ledger)
    aws_files_by_others.run(binary, ledger)
    hardening_on_moto.run(binary, ledger)
    watchers_on_moto.run(binary, ledger)
    qr_on_screen.run(binary, ledger)
    wire_of_practice.run(binary, ledger)
    wizard_on_practice.run(binary, ledger)
    administrator_by_others.run(binary, ledger)
    hardening_by_others.run(binary, ledger)
    oracle.judge.run(binary, ledger)
    strangers.all.run(binary, ledger)
    print(ledger.sum())
    return 1 if ledger.failed else 0


if __name__ == "__main__":
    sys.exit(main())
