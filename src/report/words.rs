//! Shared by several formats: safe names, references in one line.

use super::Report;
use crate::checks::Control;
use crate::plain::plain;

/// Which account, as whom, when.
pub(super) fn subject(report: &Report) -> String {
    let practice = if report.practice { "PRACTICE " } else { "" };
    let at = super::rfc3339(report.checked_at);
    match report.caller() {
        Some(caller) => format!(
            "{practice}account {}{} · signed in as {}, {} · {at}",
            caller.account,
            report.alias().map(|alias| format!(" ({})", plain(alias))).unwrap_or_default(),
            plain(&caller.principal.words()),
            caller.credential.kind.words(),
        ),
        None => format!("{practice}not signed in · {at}"),
    }
}

/// Which account, as whom, when, in the words that fit a line.
pub(super) fn brief_subject(report: &Report) -> String {
    let practice = if report.practice { "PRACTICE " } else { "" };
    let at = super::rfc3339(report.checked_at);
    let Some(caller) = report.caller() else { return subject(report) };
    let alias = report.alias().map(|alias| format!(" ({})", plain(alias))).unwrap_or_default();
    format!("{practice}account {}{alias} · as {} · {at}", caller.account, plain(&caller.principal.words()))
}

/// What changed since a saved report: a heading and a line for each kind of change. Nothing if none was asked for.
pub(super) fn drift(report: &Report) -> Option<(String, Vec<String>)> {
    let drift = report.drift.as_ref()?;
    let lines = if drift.is_empty() { vec!["Nothing has changed.".to_owned()] } else { drift.lines() };
    Some((format!("Since {}", plain(&drift.since)), lines.iter().map(|line| plain(line)).collect()))
}

/// Each reference as `CIS 5.0: 1.3`, `Security Hub: IAM.4`, `Prowler: iam_no_root_access_key`.
pub(super) fn references(control: &Control) -> Vec<String> {
    let names = control.references();
    let cis = names.cis.iter().map(|(version, numbers)| format!("CIS {version}: {numbers}"));
    let hub = names.security_hub.iter().map(|id| format!("Security Hub: {id}"));
    let prowler = names.prowler.iter().map(|id| format!("Prowler: {id}"));
    cis.chain(hub).chain(prowler).collect()
}
