//! The check as SARIF 2.1.0 (OASIS), with a rule and a result for each control.

use serde_json::{Value, json};

use super::suppression::Reach;
use super::words;
use super::{Finding, Report, rfc3339};
use crate::checks::{Severity, Verdict};
use crate::plain::{plain, plain_json};

/// `report` as a SARIF log.
#[must_use]
pub fn write(report: &Report) -> String {
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "lockroot",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": report.findings.iter().map(rule).collect::<Vec<_>>(),
            }},
            "invocations": [{ "executionSuccessful": true, "endTimeUtc": rfc3339(report.checked_at) }],
            "results": report.findings.iter().enumerate().map(|(i, finding)| result(report, i, finding)).collect::<Vec<_>>(),
            "properties": {
                "practice": report.practice,
                "account": report.caller().map(|caller| &caller.account),
                "summary": report.summary(),
            },
        }],
    });
    let mut text = plain_json(&serde_json::to_string_pretty(&log).unwrap_or_default());
    text.push('\n');
    text
}

fn rule(finding: &Finding) -> Value {
    let control = finding.control;
    let tags: Vec<String> =
        ["security", "aws"].into_iter().map(str::to_owned).chain(words::references(control)).collect();
    let mut rule = json!({
        "id": control.id,
        "shortDescription": { "text": control.title },
        "defaultConfiguration": { "level": level(control.severity) },
        "properties": {
            "tags": tags,
            "security-severity": score(control.severity),
        },
    });
    if let Some(fix) = finding.judgement.fix {
        rule["help"] = json!({ "text": fix });
    }
    rule
}

fn result(report: &Report, index: usize, finding: &Finding) -> Value {
    let Finding { control, judgement, .. } = finding;
    let (kind, level) = match judgement.verdict {
        Verdict::Fail => ("fail", level(control.severity)),
        Verdict::Pass => ("pass", "none"),
        Verdict::Manual => ("review", "none"),
        Verdict::NotApplicable => ("notApplicable", "none"),
        Verdict::Unknown => ("open", "none"),
    };
    let subject = report.caller().map_or_else(
        || "unknown".to_owned(),
        |caller| format!("arn:{}:iam::{}:root", caller.partition().name(), caller.account),
    );
    let mut result = json!({
        "ruleId": control.id,
        "ruleIndex": index,
        "kind": kind,
        "level": level,
        "message": { "text": plain(&judgement.why) },
        "locations": [{ "logicalLocations": [{ "fullyQualifiedName": subject, "kind": "resource" }] }],
        "partialFingerprints": { "control/v1": format!("{subject}/{}", control.id) },
        "properties": {
            "severity": control.severity.word(),
            "evidence": judgement.evidence.iter().map(|e| json!({
                "call": e.call, "field": plain(&e.field), "value": plain(&e.value), "read_at": rfc3339(e.read_at),
            })).collect::<Vec<_>>(),
        },
    });
    if finding.suppression.is_some() && finding.reach == Reach::Whole {
        result["suppressions"] = json!([{
            "kind": "external",
            "status": "accepted",
            "justification": finding.suppression_words().map(|words| plain(&words)),
        }]);
    }
    result
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical | Severity::High => "error",
        Severity::Medium => "warning",
        Severity::Low => "note",
    }
}

/// A number as code scanning sorts by: critical from 9.0, high from 7.0, medium from 4.0, low below.
fn score(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "9.5",
        Severity::High => "8.0",
        Severity::Medium => "5.5",
        Severity::Low => "2.0",
    }
}
