"""By hand: `python -m oracle BINARY [HOW-MANY [FIRST]]`, or one account with `BINARY 1 NUMBER`."""

import sys

from ledger import Ledger
from oracle.judge import run

if __name__ == "__main__":
    number, first = (int(text) for text in (*sys.argv[2:], "200", "0")[:2]) if len(sys.argv) != 3 else (int(sys.argv[2]), 0)
    ledger = Ledger()
    run(sys.argv[1], ledger, number, first)
    print(ledger.sum())
    sys.exit(1 if ledger.failed else 0)
