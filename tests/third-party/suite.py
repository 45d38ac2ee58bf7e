"""Runs all third-party checks on the lockroot at the path that is given; exit code 1 if any of them fails."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "outside"))  # its calls are played here too

import administrator_by_others  # noqa: E402
import aws_files_by_others  # noqa: E402
import changes_by_others  # noqa: E402
import commands_of_reviews  # noqa: E402
import hardening_by_others  # noqa: E402
import hardening_on_moto  # noqa: E402
import optional_user_names  # noqa: E402
import oracle.judge  # noqa: E402
import pages_in_chromium  # noqa: E402
import picture  # noqa: E402
import qr_on_screen  # noqa: E402
import reference_numbers  # noqa: E402
import report_formats  # noqa: E402
import report_schema  # noqa: E402
import strangers.all  # noqa: E402
import watchers_on_moto  # noqa: E402
import watchers_set_up_on_moto  # noqa: E402
import wire_of_practice  # noqa: E402
import wizard_on_practice  # noqa: E402
from ledger import Ledger  # noqa: E402


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
    watchers_set_up_on_moto.run(binary, ledger)
    watchers_set_up_on_moto.every_call_is_accounted_for(ledger)
    qr_on_screen.run(binary, ledger)
    wire_of_practice.run(binary, ledger)
    wizard_on_practice.run(binary, ledger)
    administrator_by_others.run(binary, ledger)
    hardening_by_others.run(binary, ledger)
    changes_by_others.run(binary, ledger)
    commands_of_reviews.run(binary, ledger)
    oracle.judge.run(binary, ledger)
    strangers.all.run(binary, ledger)
    print(ledger.sum())
    return 1 if ledger.failed else 0


if __name__ == "__main__":
    sys.exit(main())
