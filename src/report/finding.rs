//! The result of one control in a report, with its suppression.

use super::Suppression;
use super::SuppressionScope;
use crate::checks::{Assessment, Control, Rule, Severity, Verdict};

#[derive(Debug, Clone)]
pub struct Finding {
    pub control: &'static Control,
    pub assessment: Assessment,
    /// The selected rules' assessments; empty if the control is assessed as a whole.
    pub rules: Vec<(&'static Rule, Assessment)>,
    /// The accepted risk, in force or expired.
    pub suppression: Option<Suppression>,
    /// What it covered when the check ended.
    pub scope: SuppressionScope,
}

impl Finding {
    /// Whether a suppression covers the whole finding, so that it does not count for the exit code.
    #[must_use]
    pub fn is_suppressed(&self) -> bool {
        let sound = matches!(self.assessment.verdict, Verdict::Pass | Verdict::NotApplicable);
        !sound && self.scope == SuppressionScope::Whole && self.suppression.is_some()
    }

    /// The control's title, with the severity unless it passes or does not apply.
    #[must_use]
    pub fn title(&self) -> String {
        let Control { title, severity, .. } = self.control;
        match self.assessment.verdict {
            Verdict::Pass | Verdict::NotApplicable => (*title).to_owned(),
            Verdict::Fail | Verdict::Manual | Verdict::Unknown => format!("{title} ({severity})"),
        }
    }

    /// The verdict for people, marked if suppressed.
    #[must_use]
    pub fn said(&self) -> String {
        let word = match self.assessment.verdict {
            Verdict::Fail => "FAIL",
            Verdict::NotApplicable => "not applicable",
            other => other.word(),
        };
        if self.is_suppressed() { format!("{word}, suppressed") } else { word.to_owned() }
    }

    #[must_use]
    pub fn suppression_words(&self) -> Option<String> {
        let Suppression { id, reason, owner, until } = self.suppression.as_ref()?;
        Some(match self.scope {
            SuppressionScope::Expired => format!("expired on {until}, so that this counts again: {reason} ({owner})"),
            SuppressionScope::Part => format!("until {until} by {owner}, only of {id}, so that this counts: {reason}"),
            SuppressionScope::Whole if self.is_suppressed() => format!("until {until} by {owner}: {reason}"),
            SuppressionScope::Whole => format!("until {until} by {owner}, not needed now: {reason}"),
        })
    }

    /// The sort key, most urgent first: fail, unknown, the rest; then by severity.
    #[must_use]
    pub fn urgency(&self) -> (u8, Severity) {
        let rank = match self.assessment.verdict {
            Verdict::Fail => 0,
            Verdict::Unknown => 1,
            Verdict::Manual => 2,
            Verdict::Pass => 3,
            Verdict::NotApplicable => 4,
        };
        // Passed controls keep their order.
        (rank, if rank < 3 { self.control.severity } else { Severity::Low })
    }
}
