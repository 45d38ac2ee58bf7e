"""The JSON report against its published schema, judged by jsonschema."""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path

from jsonschema import Draft202012Validator
from ledger import Ledger
from terminal import bare_environment

SCHEMA = Path(__file__).parents[2] / "docs" / "check.schema.json"
RUNS = {
    "of a fresh account": ["check", "--practice", "fresh"],
    "of a hardened account": ["check", "--practice", "hardened"],
    "without credentials": ["check"],
    "with suppressions and drift": ["check", "--practice", "leaky-startup", "--config", "c.toml", "--since", "then.json"],
}
CONFIG = '[[suppress]]\nid = "root-mfa"\nreason = "in the post"\nowner = "dana"\nuntil = 2999-12-31\n'


def run(binary: str, ledger: Ledger) -> None:
    """Every report is what the schema says, and the schema can refuse."""
    validator = Draft202012Validator(json.loads(SCHEMA.read_text()))
    Draft202012Validator.check_schema(validator.schema)
    with tempfile.TemporaryDirectory(prefix="lockroot-home-") as home:
        (Path(home) / "c.toml").write_text(CONFIG)
        then = written(binary, ["check", "--practice", "leaky-startup"], home)
        then["checks"][0] |= {"id": "once-upon-a-time"}
        then["checks"][1] |= {"verdict": "pass"}
        (Path(home) / "then.json").write_text(json.dumps(then))
        for name, arguments in RUNS.items():
            report = written(binary, arguments, home)
            errors = [error.message for error in validator.iter_errors(report)]
            ledger.equal(f"the report {name} is what its schema says", errors, [])
            fields = {"checked", "controls", "suppressed", "drift"} - report.keys()
            ledger.equal(f"the report {name} has the fields that came later", fields, set())
            del report["checks"][0]["verdict"]
            ledger.holds(f"the schema refuses a report {name} that lacks a verdict", not validator.is_valid(report))


def written(binary: str, arguments: list[str], home: str) -> dict:
    """The report that lockroot writes."""
    command = [binary, *arguments, "--format", "json"]
    environment = bare_environment(home)
    done = subprocess.run(command, env=environment, cwd=home, capture_output=True, text=True, check=False)
    return json.loads(done.stdout)
