//! The check as lines: an id and a verdict each.

use std::fmt::Write;

use super::Report;

/// `report`, a line for each control.
#[must_use]
pub fn write(report: &Report) -> String {
    report.findings.iter().fold(String::new(), |mut text, finding| {
        // Into memory: nothing in it can fail.
        let _ = writeln!(text, "{} {}", finding.control.id, finding.assessment.verdict.word());
        text
    })
}
