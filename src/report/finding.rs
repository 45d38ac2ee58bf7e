//! The result of one control in a report, with its suppression.

use super::Suppression;
use super::SuppressionScope;
use crate::checks::{Assessment, Control, Rule, Severity, Verdict};

/// One control's entry.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The control.
    pub control: &'static Control,
    /// Its word.
    pub assessment: Assessment,
    /// What each of its rules says that was asked for; none if it is assessed as a whole.
    pub rules: Vec<(&'static Rule, Assessment)>,
    /// A person's word that it may fail, holding or expired.
    pub suppression: Option<Suppression>,
    /// How far that word reached when the check ended.
    pub scope: SuppressionScope,
}

impl Finding {
    /// Whether there is something to suppress, and a suppression that holds. It does not count for the exit code then.
    #[must_use]
    pub fn is_suppressed(&self) -> bool {
        let sound = matches!(self.assessment.verdict, Verdict::Pass | Verdict::NotApplicable);
        !sound && self.scope == SuppressionScope::Whole && self.suppression.is_some()
    }

    /// The control's title, with its severity where that matters: not behind what is sound.
    #[must_use]
    pub fn title(&self) -> String {
        let Control { title, severity, .. } = self.control;
        match self.assessment.verdict {
            Verdict::Pass | Verdict::NotApplicable => (*title).to_owned(),
            Verdict::Fail | Verdict::Manual | Verdict::Unknown => format!("{title} ({severity})"),
        }
    }

    /// The verdict's word, or that it is suppressed.
    #[must_use]
    pub fn said(&self) -> String {
        let word = match self.assessment.verdict {
            Verdict::Fail => "FAIL",
            Verdict::NotApplicable => "not applicable",
            other => other.word(),
        };
        if self.is_suppressed() { format!("{word}, suppressed") } else { word.to_owned() }
    }

    /// Its suppression in words.
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

    /// What to sort by, so that the most urgent comes first: fails before unknown before the rest, then by severity.
    #[must_use]
    pub fn urgency(&self) -> (u8, Severity) {
        let rank = match self.assessment.verdict {
            Verdict::Fail => 0,
            Verdict::Unknown => 1,
            Verdict::Manual => 2,
            Verdict::Pass => 3,
            Verdict::NotApplicable => 4,
        };
        // What is sound keeps the table's order.
        (rank, if rank < 3 { self.control.severity } else { Severity::Low })
    }
}
