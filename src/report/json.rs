//! The check as one JSON object, schema `lockroot.check/1`. Fields are added, never removed or renamed.

use std::collections::BTreeMap;

use serde::Serialize;

use super::drift::{Drift, Move};
use super::{Finding, Report, rfc3339, users};
use crate::checks::{self, CONTROLS, Verdict};
use crate::plain::plain_json;

/// Schema name and version.
pub const SCHEMA: &str = "lockroot.check/1";

#[derive(Serialize)]
struct Object<'a> {
    schema: &'static str,
    practice: bool,
    account: Option<Account<'a>>,
    caller: Option<Caller<'a>>,
    checked_at: String,
    summary: BTreeMap<&'static str, usize>,
    checks: Vec<Check<'a>>,
    checked: usize,
    controls: usize,
    suppressed: usize,
    drift: Option<Changes<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    credential_report_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    users: Option<Vec<users::Line>>,
}

#[derive(Serialize)]
struct Account<'a> {
    id: &'a str,
    alias: Option<&'a str>,
    partition: String,
}

#[derive(Serialize)]
struct Caller<'a> {
    arn: &'a str,
    kind: &'static str,
}

#[derive(Serialize)]
struct Check<'a> {
    id: &'static str,
    title: &'static str,
    severity: &'static str,
    verdict: &'static str,
    why: &'a str,
    evidence: Vec<Evidence<'a>>,
    references: References,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    rules: Vec<Rule<'a>>,
    fix: Option<&'static str>,
    suppression: Option<Suppressed<'a>>,
}

#[derive(Serialize)]
struct Suppressed<'a> {
    holds: bool,
    reason: &'a str,
    owner: &'a str,
    until: String,
}

#[derive(Serialize)]
struct Changes<'a> {
    since: &'a str,
    #[serde(flatten)]
    lists: BTreeMap<&'static str, Vec<Changed<'a>>>,
}

#[derive(Serialize)]
struct Changed<'a> {
    id: &'a str,
    from: Option<&'static str>,
    to: Option<&'static str>,
}

#[derive(Serialize)]
struct Evidence<'a> {
    call: &'static str,
    field: &'a str,
    value: &'a str,
    read_at: String,
}

#[derive(Serialize)]
struct References {
    cis: BTreeMap<&'static str, String>,
    security_hub: Vec<&'static str>,
    prowler: Vec<&'static str>,
}

#[derive(Serialize)]
struct Rule<'a> {
    id: &'static str,
    title: &'static str,
    verdict: &'static str,
    why: &'a str,
    references: References,
}

/// Indented, with a final line break.
#[must_use]
pub fn write(report: &Report) -> String {
    let caller = report.caller();
    let object = Object {
        schema: SCHEMA,
        practice: report.practice,
        account: caller.map(|caller| Account {
            id: &caller.account,
            alias: report.alias(),
            partition: caller.partition().name().to_owned(),
        }),
        caller: caller.map(|caller| Caller { arn: &caller.arn, kind: caller.principal.kind() }),
        checked_at: rfc3339(report.checked_at),
        summary: Verdict::ALL.iter().map(|verdict| (verdict.word(), report.count(*verdict))).collect(),
        checks: report.findings.iter().map(check).collect(),
        checked: report.checked(),
        controls: CONTROLS.len(),
        suppressed: report.suppressed(),
        drift: report.drift.as_ref().map(changes),
        credential_report_at: report.users.then(|| users::generated(report.facts)).flatten(),
        users: report.users.then(|| users::lines(report.facts)),
    };
    // Serializing texts, numbers and maps with text keys cannot fail.
    let mut text = plain_json(&serde_json::to_string_pretty(&object).unwrap_or_default());
    text.push('\n');
    text
}

fn rule<'a>((rule, assessment): &'a (&'static checks::Rule, checks::Assessment)) -> Rule<'a> {
    Rule {
        id: rule.id,
        title: rule.title,
        verdict: assessment.verdict.word(),
        why: &assessment.why,
        references: references(rule.references()),
    }
}

fn references(names: checks::Names) -> References {
    References { cis: names.cis.into_iter().collect(), security_hub: names.security_hub, prowler: names.prowler }
}

fn check(finding: &Finding) -> Check<'_> {
    let Finding { control, assessment, .. } = finding;
    Check {
        id: control.id,
        title: control.title,
        severity: control.severity.word(),
        verdict: assessment.verdict.word(),
        why: &assessment.why,
        evidence: assessment.evidence.iter().map(evidence).collect(),
        references: references(control.references()),
        rules: finding.rules.iter().map(rule).collect(),
        fix: assessment.fix,
        suppression: finding.suppression.as_ref().map(|suppression| Suppressed {
            holds: finding.is_suppressed(),
            reason: &suppression.reason,
            owner: &suppression.owner,
            until: suppression.until.to_string(),
        }),
    }
}

fn changes(drift: &Drift) -> Changes<'_> {
    let lists = drift.lists().into_iter().map(|(name, moves)| (name, moves.iter().map(changed).collect()));
    Changes { since: &drift.since, lists: lists.collect() }
}

fn changed(moved: &Move) -> Changed<'_> {
    Changed { id: &moved.id, from: moved.from.map(Verdict::word), to: moved.to.map(Verdict::word) }
}

fn evidence(evidence: &crate::checks::Evidence) -> Evidence<'_> {
    Evidence { call: evidence.call, field: &evidence.field, value: &evidence.value, read_at: rfc3339(evidence.read_at) }
}
