//! The check as one JSON object, schema `lockroot.check/1`. Fields are only ever added to it.

use serde_json::{Map, Value, json};

use super::{Report, rfc3339};
use crate::checks::{Control, Evidence, Judgement, Verdict};

/// The schema's name and version.
pub const SCHEMA: &str = "lockroot.check/1";

/// `report` as JSON, indented, with a line break at its end.
#[must_use]
pub fn write(report: &Report) -> String {
    let caller = report.caller();
    let account = caller.map(|caller| {
        json!({ "id": caller.account, "alias": report.alias(), "partition": caller.partition().name() })
    });
    let summary: Map<String, Value> =
        Verdict::ALL.iter().map(|verdict| (verdict.word().to_owned(), report.count(*verdict).into())).collect();
    let object = json!({
        "schema": SCHEMA,
        "practice": report.practice,
        "account": account,
        "caller": caller.map(|caller| json!({ "arn": caller.arn, "kind": caller.principal.kind() })),
        "checked_at": rfc3339(report.checked_at),
        "summary": summary,
        "checks": report.results.iter().map(|(control, judgement)| check(control, judgement)).collect::<Vec<_>>(),
    });
    format!("{object:#}\n")
}

fn check(control: &Control, judgement: &Judgement) -> Value {
    let cis: Map<String, Value> =
        control.references.cis.iter().map(|(version, number)| ((*version).to_owned(), (*number).into())).collect();
    json!({
        "id": control.id,
        "title": control.title,
        "verdict": judgement.verdict.word(),
        "why": judgement.why,
        "evidence": judgement.evidence.iter().map(evidence).collect::<Vec<_>>(),
        "references": {
            "cis": cis,
            "security_hub": control.references.security_hub,
            "prowler": control.references.prowler,
        },
        "fix": judgement.fix,
    })
}

fn evidence(evidence: &Evidence) -> Value {
    json!({
        "call": evidence.call,
        "field": evidence.field,
        "value": evidence.value,
        "read_at": rfc3339(evidence.read_at),
    })
}
