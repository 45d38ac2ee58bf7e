"""The list of IAM's calls with an optional UserName, which a test of ours guards, against AWS's own model."""

from __future__ import annotations

from pathlib import Path

import botocore.session
from ledger import Ledger

LIST = Path(__file__).with_suffix(".txt")


def run(ledger: Ledger) -> None:
    """No call is missing, and none is listed that AWS does not model so."""
    service = botocore.session.get_session().get_service_model("iam")
    inputs = {name: service.operation_model(name).input_shape for name in service.operation_names}
    optional = sorted(
        name
        for name, shape in inputs.items()
        if shape and "UserName" in shape.members and "UserName" not in shape.required_members
    )
    ledger.equal("the calls whose UserName is optional are those of botocore's model", sorted(LIST.read_text().split()), optional)
