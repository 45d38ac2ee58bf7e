//! The check as CSV (RFC 4180), one row per control.

use super::words;
use super::{Finding, Report, rfc3339};
use crate::checks::CONTROLS;
use crate::plain::plain;

const HEADINGS: [&str; 16] = [
    "checked_at",
    "practice",
    "checked",
    "account",
    "id",
    "title",
    "severity",
    "verdict",
    "why",
    "fix",
    "suppressed",
    "suppression_until",
    "suppression_owner",
    "suppression_reason",
    "evidence",
    "references",
];

/// In control order. Cells that a spreadsheet would take for a formula get a leading apostrophe.
#[must_use]
pub fn write(report: &Report) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing rows of equal length into memory cannot fail.
    let _ = writer.write_record(HEADINGS);
    for finding in &report.findings {
        let _ = writer.write_record(row(report, finding).map(|cell| no_formula(&plain(&cell))));
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

fn row(report: &Report, finding: &Finding) -> [String; 16] {
    let Finding { control, assessment, suppression, .. } = finding;
    let of = |field: fn(&super::Suppression) -> String| suppression.as_ref().map(field).unwrap_or_default();
    let evidence = assessment.evidence.iter().map(|e| format!("{} {} = {}", e.call, e.field, e.value));
    [
        rfc3339(report.checked_at),
        report.practice.to_string(),
        format!("{} of {}", report.checked(), CONTROLS.len()),
        report.caller().map(|caller| caller.account.clone()).unwrap_or_default(),
        control.id.to_owned(),
        control.title.to_owned(),
        control.severity.word().to_owned(),
        assessment.verdict.word().to_owned(),
        assessment.why.clone(),
        assessment.fix.unwrap_or_default().to_owned(),
        finding.is_suppressed().to_string(),
        of(|suppression| suppression.until.to_string()),
        of(|suppression| suppression.owner.clone()),
        of(|suppression| suppression.reason.clone()),
        evidence.collect::<Vec<_>>().join("; "),
        words::references(control).join("; "),
    ]
}

fn no_formula(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@']) { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::no_formula;

    #[test]
    fn a_name_cannot_become_a_formula() {
        assert_eq!(no_formula("=HYPERLINK(\"http://x\")"), "'=HYPERLINK(\"http://x\")");
        assert_eq!(no_formula("+41 44"), "'+41 44");
        assert_eq!(no_formula("dana"), "dana");
    }
}
