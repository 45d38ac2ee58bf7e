//! The controls: each turns facts into a verdict with evidence. They make no calls, and nothing passes without a
//! read.

mod administrators;
mod assessments;
mod attached;
pub mod console;
pub mod contacts;
mod control;
mod controls;
mod credentials;
mod directory;
pub mod explain;
mod live;
mod organization;
mod partition;
mod regional;
mod remedy;
mod root_devices;
mod root_sign_in;
pub mod severity;
mod step_id;
pub mod suppression;
#[cfg(test)]
mod tests;
pub mod users;

pub(crate) use administrators::identity_center::in_use as identity_center_in_use;
pub use assessments::Assessments;
pub use control::{Control, Names, Rule};
pub use controls::CONTROLS;
pub(crate) use credentials::{NAMED, by_report, some};
pub use directory::Directory;
pub use remedy::{Awaits, HandOff, Remedy};
pub use severity::Severity;
pub use step_id::StepId;
pub use suppression::SuppressionScope;

use control::{Assess, References};

use crate::account::{Question, Reading, Timestamp};

/// A control's result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Read, and in order.
    Pass,
    /// Read, and not in order.
    Fail,
    /// Only a person can know.
    Manual,
    /// The account has nothing that the control could apply to.
    NotApplicable,
    /// Could not be read; the reason says why. Never counts as pass or fail.
    Unknown,
}

impl Verdict {
    pub const ALL: [Self; 5] = [Self::Pass, Self::Fail, Self::Manual, Self::NotApplicable, Self::Unknown];

    /// The spelling in reports.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Manual => "manual",
            Self::NotApplicable => "not-applicable",
            Self::Unknown => "unknown",
        }
    }

    /// Parses the spelling in reports.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.word() == word)
    }
}

/// A value from AWS that supports a verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// IAM action name, e.g. `iam:ListUsers`.
    pub call: &'static str,
    /// Field name in the answer.
    pub field: String,
    /// The value, put into words where AWS's own would be hard to read.
    pub value: String,
    /// When it was read.
    pub read_at: Timestamp,
}

/// A control's verdict, with reason and evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessment {
    pub verdict: Verdict,
    /// The reason, in one or two sentences.
    pub why: String,
    pub evidence: Vec<Evidence>,
    /// What to do, if anything.
    pub fix: Option<&'static str>,
}

impl Assessment {
    fn new(verdict: Verdict, why: impl Into<String>, evidence: Vec<Evidence>) -> Self {
        Self { verdict, why: why.into(), evidence, fix: None }
    }

    fn pass(why: impl Into<String>, evidence: Vec<Evidence>) -> Self {
        Self::new(Verdict::Pass, why, evidence)
    }

    fn fail(why: impl Into<String>, evidence: Vec<Evidence>, fix: &'static str) -> Self {
        Self { fix: Some(fix), ..Self::new(Verdict::Fail, why, evidence) }
    }

    fn manual(why: impl Into<String>, evidence: Vec<Evidence>) -> Self {
        Self::new(Verdict::Manual, why, evidence)
    }

    fn not_applicable(why: impl Into<String>, evidence: Vec<Evidence>) -> Self {
        Self::new(Verdict::NotApplicable, why, evidence)
    }

    fn unknown(why: impl Into<String>, evidence: Vec<Evidence>) -> Self {
        Self::new(Verdict::Unknown, why, evidence)
    }
}

#[must_use]
pub fn control(id: &str) -> Option<&'static Control> {
    CONTROLS.iter().find(|control| control.id == id)
}

/// The control, or control and rule, called `id`.
#[must_use]
pub fn named(id: &str) -> Option<(&'static Control, Option<&'static Rule>)> {
    let by_rule = |control: &'static Control| {
        let rule = control.rules().iter().find(|rule| rule.id == id)?;
        Some((control, Some(rule)))
    };
    control(id).map(|control| (control, None)).or_else(|| CONTROLS.iter().find_map(by_rule))
}

/// The questions of all controls, without duplicates.
#[must_use]
pub fn questions() -> Vec<Question> {
    questions_of(CONTROLS.iter())
}

/// The questions of `controls`, plus caller and alias, without duplicates.
#[must_use]
pub fn questions_of<'a>(controls: impl Iterator<Item = &'a Control>) -> Vec<Question> {
    let mut questions: Vec<Question> = controls.flat_map(|control| control.questions.iter().cloned()).collect();
    questions.extend([Question::Caller, Question::Alias]);
    questions.sort();
    questions.dedup();
    questions
}

/// The value of `reading`, or an `unknown` assessment.
fn known<'a, T>(reading: &'a Reading<T>, question: &Question) -> Result<&'a T, Assessment> {
    match reading {
        Reading::Known { value, .. } => Ok(value),
        Reading::Unread => {
            Err(Assessment::unknown(format!("{} has not been read yet.", question.action()), Vec::new()))
        }
        Reading::Failed(failure) => Err(Assessment::unknown(format!("Could not be read: {failure}"), Vec::new())),
        Reading::Closed(reason) => Err(Assessment::unknown(format!("Could not be read: {reason}."), Vec::new())),
    }
}

/// Evidence from `reading`; `None` if it is not known.
fn evidence<T>(
    reading: &Reading<T>,
    call: &'static str,
    field: impl Into<String>,
    value: impl Into<String>,
) -> Option<Evidence> {
    Some(Evidence { call, field: field.into(), value: value.into(), read_at: reading.at()? })
}
