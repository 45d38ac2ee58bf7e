"""Many random accounts, several at a time; one line for each that is judged otherwise, and the sum."""

from __future__ import annotations

import os
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial

from ledger import Ledger
from oracle import trial

ACCOUNTS = int(os.environ.get("LOCKROOT_ORACLE_ACCOUNTS", "200"))
FIRST = os.environ.get("LOCKROOT_ORACLE_FIRST", "0")  # the same accounts in every run, so that what fails is the change


def run(binary: str, ledger: Ledger, accounts: int = ACCOUNTS, first: int | None = None) -> None:
    """The accounts from `first` on: the number of each is what makes it."""
    if first is None:
        first = int(FIRST)
    print(f"random accounts {first} to {first + accounts - 1}; others with LOCKROOT_ORACLE_FIRST=…", flush=True)
    with ledger.story("the oracle"):
        begun = time.monotonic()
        with ProcessPoolExecutor(2 * (os.cpu_count() or 1)) as pool:
            trials = list(pool.map(partial(trial.run, binary), range(first, first + accounts)))
        for one in trials:
            for wrong in one.wrong:
                print(f"      account {one.seed}: {wrong}", flush=True)
        verdicts, facts = sum(one.verdicts for one in trials), sum(one.facts for one in trials)
        wrong = sum(len(one.wrong) for one in trials)
        seconds = time.monotonic() - begun
        ledger.equal(f"the oracle agrees with {verdicts} verdicts and {facts} facts of {accounts} accounts ({seconds:.0f} s)", wrong, 0)
        unjudged = set().union(*(one.unjudged for one in trials))
        ledger.equal("the oracle has a definition of every control", unjudged, set())
        seen = set().union(*(one.seen for one in trials))
        ledger.holds(f"{len(seen)} different outcomes of controls came up", len(seen) >= min(125, accounts), str(sorted(seen)))
