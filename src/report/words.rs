//! Shared by several formats: account line and references.

use super::Report;
use crate::checks::Control;
use crate::plain::plain;

/// Account, principal and time.
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

/// The same, short enough for one line.
pub(super) fn brief_subject(report: &Report) -> String {
    let practice = if report.practice { "PRACTICE " } else { "" };
    let at = super::rfc3339(report.checked_at);
    let Some(caller) = report.caller() else { return subject(report) };
    let alias = report.alias().map(|alias| format!(" ({})", plain(alias))).unwrap_or_default();
    format!("{practice}account {}{alias} · as {} · {at}", caller.account, plain(&caller.principal.words()))
}

/// Changes since a saved report: a heading, and a line per kind of change. `None` if no report was given.
pub(super) fn drift(report: &Report) -> Option<(String, Vec<String>)> {
    let drift = report.drift.as_ref()?;
    let lines = if drift.is_empty() { vec!["Nothing has changed.".to_owned()] } else { drift.lines() };
    Some((format!("Since {}", plain(&drift.since)), lines.iter().map(|line| plain(line)).collect()))
}

/// References such as `CIS 5.0: 1.3`, `Security Hub: IAM.4`, `Prowler: iam_no_root_access_key`.
pub(super) fn references(control: &Control) -> Vec<String> {
    let names = control.references();
    let cis = names.cis.iter().map(|(version, numbers)| format!("CIS {version}: {numbers}"));
    let hub = names.security_hub.iter().map(|id| format!("Security Hub: {id}"));
    let prowler = names.prowler.iter().map(|id| format!("Prowler: {id}"));
    cis.chain(hub).chain(prowler).collect()
}
