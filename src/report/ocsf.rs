//! The check as OCSF 1.7.0 events: an array of Compliance Findings (class 2003), one per control.

use serde_json::{Value, json};

use super::words;
use super::{Finding, Report, rfc3339};
use crate::checks::{Severity, Verdict};
use crate::plain::{plain, plain_json};

/// Version of the Open Cybersecurity Schema Framework.
pub const VERSION: &str = "1.7.0";

/// A JSON array of events.
#[must_use]
pub fn write(report: &Report) -> String {
    let events: Vec<Value> = report.findings.iter().map(|finding| event(report, finding)).collect();
    let mut text = plain_json(&serde_json::to_string_pretty(&events).unwrap_or_default());
    text.push('\n');
    text
}

fn event(report: &Report, finding: &Finding) -> Value {
    let Finding { control, assessment, .. } = finding;
    let caller = report.caller();
    let account = caller.map_or("unknown", |caller| caller.account.as_str());
    let partition = caller.map_or("unknown".to_owned(), |caller| caller.partition().name().to_owned());
    let (severity_id, severity) = severity(control.severity);
    let (compliance_id, compliance) = compliance(assessment.verdict);
    // The receiving system moves a finding on from New; lockroot never marks one as resolved.
    let (status_id, status) = if finding.is_suppressed() { (3, "Suppressed") } else { (1, "New") };
    let mut event = json!({
        "activity_id": 1,
        "activity_name": "Create",
        "category_uid": 2,
        "category_name": "Findings",
        "class_uid": 2003,
        "class_name": "Compliance Finding",
        "type_uid": 200_301,
        "type_name": "Compliance Finding: Create",
        "time": report.checked_at.unix_timestamp() * 1000,
        "time_dt": rfc3339(report.checked_at),
        "severity_id": severity_id,
        "severity": severity,
        "status_id": status_id,
        "status": status,
        "message": plain(&assessment.why),
        "metadata": {
            "version": VERSION,
            "profiles": ["cloud", "datetime"],
            "event_code": control.id,
            "product": { "name": "lockroot", "vendor_name": "lockroot", "version": env!("CARGO_PKG_VERSION") },
        },
        "finding_info": {
            "uid": format!("lockroot-{}-{account}", control.id),
            "title": control.title,
            "types": ["compliance"],
        },
        "compliance": {
            "control": control.id,
            "standards": standards(finding),
            "requirements": words::references(control),
            "status_id": compliance_id,
            "status": compliance,
            "status_code": assessment.verdict.word(),
            "status_detail": plain(&assessment.why),
        },
        "cloud": {
            "provider": "AWS",
            "cloud_partition": partition,
            "account": { "uid": account, "type_id": 10, "type": "AWS Account" },
        },
        "resources": [{
            "uid": format!("arn:{partition}:iam::{account}:root"),
            "type": "AWS::IAM::Root",
            "cloud_partition": partition,
        }],
        "unmapped": {
            "practice": report.practice,
            "summary": report.summary(),
            "evidence": assessment.evidence.iter().map(|e| json!({
                "call": e.call, "field": plain(&e.field), "value": plain(&e.value), "read_at": rfc3339(e.read_at),
            })).collect::<Vec<_>>(),
        },
    });
    if let Some(alias) = report.alias() {
        event["cloud"]["account"]["name"] = json!(plain(alias));
    }
    if let Some(fix) = assessment.fix {
        event["remediation"] = json!({ "desc": fix });
    }
    if let Some(words) = finding.suppression_words() {
        event["comment"] = json!(plain(&format!("Suppression {words}")));
    }
    event
}

fn standards(finding: &Finding) -> Vec<String> {
    let references = finding.control.references();
    let cis = references.cis.iter().map(|(version, _)| format!("CIS AWS Foundations Benchmark {version}"));
    let hub = (!references.security_hub.is_empty()).then(|| "AWS Security Hub".to_owned());
    cis.chain(hub).collect()
}

/// `severity_id` and its caption.
fn severity(severity: Severity) -> (u8, &'static str) {
    match severity {
        Severity::Low => (2, "Low"),
        Severity::Medium => (3, "Medium"),
        Severity::High => (4, "High"),
        Severity::Critical => (5, "Critical"),
    }
}

/// `compliance.status_id` and its caption. Warning is the schema's term for a check without a result.
fn compliance(verdict: Verdict) -> (u8, &'static str) {
    match verdict {
        Verdict::Pass => (1, "Pass"),
        Verdict::Fail => (3, "Fail"),
        Verdict::Unknown => (2, "Warning"),
        Verdict::Manual | Verdict::NotApplicable => (99, verdict.word()),
    }
}
