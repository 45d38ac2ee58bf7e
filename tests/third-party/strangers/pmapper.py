"""PMapper: it works out who is an administrator by simulating every policy."""

from __future__ import annotations

import json

from ledger import Ledger
from strangers.tools import installed, work

# It was written for Pythons that had these names elsewhere.
START = """
import collections, collections.abc, sys
for name in ("Mapping", "MutableMapping"):
    setattr(collections, name, getattr(collections.abc, name))
from principalmapper.__main__ import main
sys.exit(main())
"""


def run(binary: str, ledger: Ledger) -> None:
    """The inherited account's principals."""
    python = installed("pmapper") / "python"
    with work(binary, "inherited") as at:
        (at.folder / "pmapper.py.start").write_text(START)
        ended = at.run(python, at.folder / "pmapper.py.start", "graph", "create", "--include-regions", "us-east-1", "--include-services", "iam", "sts")
        files = list(at.folder.rglob("nodes.json"))
        ledger.holds("PMapper draws its graph", ended.returncode == 0 and len(files) == 1, ended.stdout[-1500:] + ended.stderr[-3000:])
        nodes = json.loads(files[0].read_text()) if files else []
        refused = {refusal for refusal in at.served.refusals() if refusal.startswith("iam:")}
    ledger.equal("PMapper was refused nothing of IAM", refused - {"iam:GetLoginProfile NoSuchEntity"}, set())
    powerful = {node["arn"].rpartition("/")[2] for node in nodes if node["is_admin"]}
    ledger.equal("PMapper finds who can do everything", powerful, {"maria", "tom", "gustavo", "consultant-2019"})
