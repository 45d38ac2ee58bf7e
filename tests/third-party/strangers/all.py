"""All of them, one after the other, and how long it took."""

from __future__ import annotations

import time

from ledger import Ledger
from strangers import cloudsplaining, custodian, pmapper, prowler, scoutsuite
from strangers.tools import Absent

PROGRAMS = {"cloudsplaining": cloudsplaining, "Cloud Custodian": custodian, "PMapper": pmapper, "Prowler": prowler, "ScoutSuite": scoutsuite}


def run(binary: str, ledger: Ledger) -> None:
    """What can't be installed is not run, and said."""
    for name, program in PROGRAMS.items():
        begun = time.monotonic()
        try:
            with ledger.story(f"{name} on the practice account"):
                program.run(binary, ledger)
        except Absent as absent:
            ledger.not_run(name, str(absent))
        print(f"      {name}: {time.monotonic() - begun:.0f} s", flush=True)
