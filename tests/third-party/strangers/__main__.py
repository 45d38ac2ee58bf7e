"""By hand: `python -m strangers BINARY`."""

import sys

from ledger import Ledger
from strangers.all import run

if __name__ == "__main__":
    ledger = Ledger()
    run(sys.argv[1], ledger)
    print(ledger.sum())
    sys.exit(1 if ledger.failed else 0)
