"""Every report format, judged by what others published: JUnit's schema, OCSF's own, an HTML5 parser, csv.

Each judge is shown to be able to refuse.
"""

from __future__ import annotations

import copy
import csv
import io
import json
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import html5lib
import markdown_it
import ocsf as ocsf_package
import pydantic
import xmlschema
from ledger import Ledger
from ocsf.v1_7_0.events import ComplianceFinding
from terminal import bare_environment

SCHEMAS = Path(__file__).parent / "schemas"
# A suppression that holds, so that every branch of a format is written; with characters that each format has to escape.
CONFIG = """
[[suppress]]
id = "root-mfa"
reason = 'the key is <b>in</b> the post | "soon", says \\x & co'
owner = "=dana"
until = 2999-12-31
"""
# What somebody may have typed as a contact: each format has to keep it a name.
HOSTILE = """
title = "an account whose contact is no name"
account = "123456789012"
[contacts.security]
name = '<b>x</b> | [y](z) `k` &amp; ]]> "q"'
title = "=1+1"
email = "a@b.example"
phone = "+41 44 000 00 03"
"""
RUNS = {
    "of an account with a hostile contact": ["--scenario", "hostile.toml"],
    "of leaky-startup": ["--practice", "leaky-startup"],
    "of leaky-startup with a suppression": ["--practice", "leaky-startup", "--config", "lockroot.toml"],
    "of a hardened account": ["--practice", "hardened"],
    "of a member account": ["--practice", "member"],
    "without credentials": [],
}

JUNIT = xmlschema.XMLSchema(SCHEMAS / "junit-10.xsd")


def run(binary: str, ledger: Ledger) -> None:
    """Every format of every run."""
    with tempfile.TemporaryDirectory(prefix="lockroot-home-") as home:
        (Path(home) / "lockroot.toml").write_text(CONFIG)
        (Path(home) / "hostile.toml").write_text(HOSTILE)
        for name, arguments in RUNS.items():
            def written(form: str, arguments: list[str] = arguments) -> str:
                command = [binary, "check", *arguments, "--format", form]
                environment = bare_environment(home)
                return subprocess.run(
                    command, env=environment, cwd=home, capture_output=True, text=True, check=False
                ).stdout

            report = json.loads(written("json"))
            for form, judge in JUDGES.items():
                with ledger.story(f"the {form} report {name}"):
                    judge(written(form), name, report, ledger)


def junit(text: str, name: str, report: dict, ledger: Ledger) -> None:
    """JUnit XML by the schema of Jenkins's xUnit plugin."""
    ledger.equal(f"JUnit {name} is what Jenkins's schema says", [error.reason for error in JUNIT.iter_errors(text)], [])
    tree = JUNIT.to_dict(text)
    cases = tree["testsuite"][0]["testcase"]
    ledger.equal(f"JUnit {name} has every control", [case["@name"].split(":")[0] for case in cases], ids(report))
    suppressed = [(check["suppression"] or {}).get("holds", False) for check in report["checks"]]
    pairs = list(zip(report["checks"], suppressed, strict=True))
    wanted = [
        sum(check["verdict"] == "fail" and not held for check, held in pairs),
        sum(check["verdict"] == "unknown" and not held for check, held in pairs),
    ]
    counted = [sum("failure" in case for case in cases), sum("error" in case for case in cases)]
    suite = tree["testsuite"][0]
    ledger.equal(f"JUnit {name} counts failures and errors", counted, wanted)
    ledger.equal(f"JUnit {name} says so", [int(suite["@failures"]), int(suite["@errors"])], wanted)
    ledger.holds(f"Jenkins's schema refuses {name} without a name", not JUNIT.is_valid(text.replace(" name=", " nome=")))


def ocsf(text: str, name: str, report: dict, ledger: Ledger) -> None:
    """OCSF 1.7.0 by models that are made from the published schema, required fields included."""
    events = json.loads(text)
    problems = [problem for event in events for problem in refused(event)]
    ledger.equal(f"OCSF {name} is what the published schema says", problems, [])
    ledger.equal(f"OCSF {name} has every control", [event["compliance"]["control"] for event in events], ids(report))
    wanted = [check["verdict"] for check in report["checks"]]
    ledger.equal(f"OCSF {name} has every verdict", [event["compliance"]["status_code"] for event in events], wanted)
    lacking = sorted({field for event in events for field in OCSF_REQUIRED - event.keys()})
    ledger.equal(f"OCSF {name} has the {len(OCSF_REQUIRED)} fields that the schema requires", lacking, [])
    for field, value in [("compliance", None), ("finding_info", None), ("metadata", None), ("time", None), ("class_uid", 2004)]:
        event = copy.deepcopy(events[0])
        event[field] = value
        ledger.holds(f"the schema refuses an event {name} with {value} for {field}", refused(event))


def required() -> set[str]:
    """What the published schema requires of a Compliance Finding and of all that it extends, without its profiles."""
    schema = json.loads((Path(ocsf_package.__file__).parent / "schemas" / "v1_7_0.json").read_text())
    fields, name = set(), "compliance_finding"
    while name:
        kind = schema["events"][name]
        own = kind["attributes"].items()
        fields |= {field for field, about in own if isinstance(about, dict) and about.get("requirement") == "required"}
        name = kind.get("extends")
    return fields


def refused(event: dict) -> list[str]:
    """What is wrong with an event."""
    try:
        ComplianceFinding.model_validate(event)
    except pydantic.ValidationError as error:
        return [f"{problem['loc']}: {problem['msg']}" for problem in error.errors()]
    return []


def html(text: str, name: str, report: dict, ledger: Ledger) -> None:
    """HTML by the parser of the HTML5 specification, strictly; and what a person needs to find their way in it."""
    page = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
    ledger.holds(f"HTML {name} has no parse error", page is not None)
    found = [article.get("id") for article in page.iter("article")]
    ledger.equal(f"HTML {name} has every control once", sorted(found), sorted(ids(report)))
    names = {element.tag for element in page.iter() if isinstance(element.tag, str)}
    ledger.equal(f"HTML {name} has no script and nothing from elsewhere", names & {"script", "link", "img", "iframe", "b"}, set())
    ledger.equal(f"HTML {name} has a language and a title", [page.get("lang"), page.find("head/title") is not None], ["en", True])
    headings = [int(element.tag[1]) for element in page.iter() if element.tag in ("h1", "h2", "h3", "h4")]
    steps = [after - before for before, after in zip(headings, headings[1:], strict=False)]
    ledger.holds(f"HTML {name}: headings go down one at a time, from one h1", headings.count(1) == 1 and headings[0] == 1 and max(steps) <= 1)
    scopes = {cell.get("scope") for cell in page.iter("th")}
    ledger.holds(f"HTML {name}: table headings say what they head", scopes <= {"col"})
    said = ["".join(article.find("h3").itertext()) for article in page.iter("article")]
    words = ("FAIL", "pass", "unknown", "not applicable", "manual")
    ledger.holds(f"HTML {name}: verdicts are words", all(line.startswith(words) for line in said))
    try:
        html5lib.HTMLParser(strict=True).parse(text.replace("</h3>", "</h4>", 1))
        ledger.holds(f"the HTML parser refuses {name} with a wrong tag", False)
    except html5lib.html5parser.ParseError:
        ledger.holds(f"the HTML parser refuses {name} with a wrong tag", True)


def markdown(text: str, name: str, report: dict, ledger: Ledger) -> None:
    """Markdown by a CommonMark parser with tables: nothing of the account turns into markup."""
    tokens = markdown_it.MarkdownIt("commonmark").enable("table").parse(text)
    kinds = [token.type for token in tokens]
    titles = [tokens[i + 1].content for i, kind in enumerate(kinds) if kind == "heading_open" and tokens[i].tag == "h3"]
    ledger.equal(f"Markdown {name} has every control", len(titles), len(report["checks"]))
    rows = kinds.count("tr_open") - kinds.count("thead_open")
    ledger.equal(f"Markdown {name} has a row for each control", rows, len(report["checks"]))
    inline = [child.type for token in tokens for child in token.children or []]
    ledger.holds(f"Markdown {name} has no HTML", "html_block" not in kinds and "html_inline" not in inline)


def table(text: str, name: str, report: dict, ledger: Ledger) -> None:
    """CSV by Python's own reader."""
    rows = list(csv.DictReader(io.StringIO(text), strict=True))
    ledger.equal(f"CSV {name} has every control", [row["id"] for row in rows], ids(report))
    ledger.equal(f"CSV {name} has every verdict", [row["verdict"] for row in rows], [c["verdict"] for c in report["checks"]])
    cells = [cell for row in rows for cell in row.values()]
    ledger.holds(f"CSV {name} has no formula", not any(cell.startswith(("=", "+", "-", "@")) for cell in cells))


def ids(report: dict) -> list[str]:
    """The controls of the JSON report."""
    return [check["id"] for check in report["checks"]]


OCSF_REQUIRED = required()
JUDGES: dict[str, Callable[[str, str, dict, Ledger], None]] = {
    "junit": junit,
    "ocsf": ocsf,
    "html": html,
    "markdown": markdown,
    "csv": table,
}
