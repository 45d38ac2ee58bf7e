//! The result of a check, ready to be written: who was asked, what every control says, how it sums up. One format a file.

pub mod json;
pub mod text;
pub mod users;

use crate::account::{Caller, Facts, Reading, Timestamp};
use crate::checks::{CONTROLS, Control, Judgement, Verdict};

/// A finished check.
#[derive(Debug)]
pub struct Report<'a> {
    /// Everything that was read.
    pub facts: &'a Facts,
    /// Whether the account is the practice one.
    pub practice: bool,
    /// When the check ended.
    pub checked_at: Timestamp,
    /// What each control says, in the controls' order.
    pub results: Vec<(&'static Control, Judgement)>,
    /// Whether every user is to be listed.
    pub users: bool,
}

impl<'a> Report<'a> {
    /// Lets every control judge `facts`.
    #[must_use]
    pub fn new(facts: &'a Facts, practice: bool, checked_at: Timestamp) -> Self {
        let results = CONTROLS.iter().map(|control| (control, control.judge(facts))).collect();
        Self { facts, practice, checked_at, results, users: false }
    }

    /// How many controls gave that verdict.
    #[must_use]
    pub fn count(&self, verdict: Verdict) -> usize {
        self.results.iter().filter(|(_, judgement)| judgement.verdict == verdict).count()
    }

    /// Who was signed in.
    #[must_use]
    pub fn caller(&self) -> Option<&Caller> {
        self.facts.caller.known()
    }

    /// The account's alias.
    #[must_use]
    pub fn alias(&self) -> Option<&str> {
        match &self.facts.alias {
            Reading::Known { value, .. } => value.as_deref(),
            Reading::Unread | Reading::Failed(_) | Reading::Closed(_) => None,
        }
    }

    /// The exit code that says the same: 1 something fails, 3 something could not be read, 0 otherwise.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match (self.count(Verdict::Fail), self.count(Verdict::Unknown)) {
            (0, 0) => 0,
            (0, _) => 3,
            _ => 1,
        }
    }
}

/// A moment as RFC 3339 has it, to the second.
fn rfc3339(moment: Timestamp) -> String {
    let whole = moment.replace_nanosecond(0).unwrap_or(moment);
    whole.format(&time::format_description::well_known::Rfc3339).unwrap_or_default()
}
