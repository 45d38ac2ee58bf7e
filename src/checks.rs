//! The controls: each turns facts into a verdict with evidence, one control a file.
//! Pure: no call is made here, and nothing is green that was not read.

mod abandoned_devices;
mod access_analyzer_on;
mod account_alias;
mod administrator;
mod administrator_hardware;
mod attached;
mod central_root;
mod cloudtrail_on;
mod console_users_mfa;
mod contacts;
mod contacts_differ;
mod credentials;
mod directory;
pub mod explain;
mod federation;
mod full_admin_policies;
mod groups;
mod guardduty_on;
mod inline_full_admin;
mod judged;
mod key_age;
mod organization;
mod partition;
mod password_policy;
mod password_rules;
mod primary_contact;
mod regional;
mod root_activity;
mod root_certificates;
mod root_devices;
mod root_keys;
mod root_mfa;
mod root_sign_in;
mod root_unused;
mod root_use_alarm;
mod security_hub_on;
mod server_certificates;
mod service_credentials;
mod set_up_key;
pub mod severity;
mod support_role;
mod table;
#[cfg(test)]
mod tests;
mod two_active_keys;
mod unused_credentials;
pub mod users;

pub(crate) use credentials::{NAMED, by_report, some};
pub use directory::Directory;
pub use judged::Judged;
pub use severity::Severity;
pub use table::CONTROLS;

use crate::account::{Facts, Principal, Question, Reading, Timestamp};

/// What a control says of the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Read, and sound.
    Pass,
    /// Read, and not sound.
    Fail,
    /// Only a person can know.
    Manual,
    /// There is nothing here that it could be about.
    NotApplicable,
    /// Could not be read; the reason says why. Never a pass, never a fail.
    Unknown,
}

impl Verdict {
    /// All five.
    pub const ALL: [Self; 5] = [Self::Pass, Self::Fail, Self::Manual, Self::NotApplicable, Self::Unknown];

    /// As reports spell it.
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

    /// The verdict that reports spell `word`.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.word() == word)
    }
}

/// One thing that AWS said and that a verdict rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The call, as IAM names actions.
    pub call: &'static str,
    /// The field of its answer.
    pub field: String,
    /// The field's value, in words where AWS's own would not be read easily.
    pub value: String,
    /// When it was read.
    pub read_at: Timestamp,
}

/// A control's word on the account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// The verdict.
    pub verdict: Verdict,
    /// The reason, in one or two sentences.
    pub why: String,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
    /// What to do, where there is something to do.
    pub fix: Option<&'static str>,
}

impl Judgement {
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

/// What others call the same thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct References {
    /// CIS AWS Foundations Benchmark: version and recommendation.
    pub cis: &'static [(&'static str, &'static str)],
    /// AWS Security Hub controls.
    pub security_hub: &'static [&'static str],
    /// Prowler checks.
    pub prowler: &'static [&'static str],
}

/// One control.
#[derive(Debug)]
pub struct Control {
    /// Its name in reports and on the command line. Never changes.
    pub id: &'static str,
    /// What is true when it passes.
    pub title: &'static str,
    /// How bad it is when it fails: AWS Security Hub's rating where it has one for the same thing (docs/check.md).
    pub severity: Severity,
    /// What it has to know.
    pub questions: &'static [Question],
    /// What others call it.
    pub references: References,
    judge: fn(&Facts) -> Result<Judgement, Judgement>,
}

impl Control {
    /// Whether the verdict `then`, which `principal` was told, differs from `now` only because somebody else asks. Of its keys
    /// and devices AWS tells root alone; not everybody may read everything; and what root did is another thing for root.
    #[must_use]
    pub fn differs_by_caller(&self, then: Verdict, principal: &str, now: Verdict, facts: &Facts) -> bool {
        let Some(caller) = facts.caller.known().filter(|caller| caller.arn != principal) else { return false };
        let either = |verdict: Verdict| then == verdict || now == verdict;
        let is_told_to_root = self.questions.iter().any(Question::is_for_root_only);
        either(Verdict::Unknown)
            || (is_told_to_root && either(Verdict::Manual))
            || (self.questions.contains(&Question::RootActivity)
                && (caller.is_root() || Principal::of_arn(principal) == Principal::Root)
                && root_activity::differs_by_caller(then, now, caller.is_root(), facts))
    }

    /// Its word on `facts`.
    #[must_use]
    pub fn judge(&self, facts: &Facts) -> Judgement {
        (self.judge)(facts).unwrap_or_else(|unknown| unknown)
    }
}

/// The control called `id`.
#[must_use]
pub fn control(id: &str) -> Option<&'static Control> {
    CONTROLS.iter().find(|control| control.id == id)
}

/// Everything that all controls together have to know, each question once.
#[must_use]
pub fn questions() -> Vec<Question> {
    questions_of(CONTROLS.iter())
}

/// Everything that `controls` have to know, and who is asked about: each question once.
#[must_use]
pub fn questions_of<'a>(controls: impl Iterator<Item = &'a Control>) -> Vec<Question> {
    let mut questions: Vec<Question> = controls.flat_map(|control| control.questions.iter().cloned()).collect();
    questions.extend([Question::Caller, Question::Alias]);
    questions.sort();
    questions.dedup();
    questions
}

/// The value of `reading`, or the judgement that it could not be read.
fn known<'a, T>(reading: &'a Reading<T>, question: &Question) -> Result<&'a T, Judgement> {
    match reading {
        Reading::Known { value, .. } => Ok(value),
        Reading::Unread => Err(Judgement::unknown(format!("{} has not been read yet.", question.action()), Vec::new())),
        Reading::Failed(failure) => Err(Judgement::unknown(format!("Could not be read: {failure}"), Vec::new())),
        Reading::Closed(reason) => Err(Judgement::unknown(format!("Could not be read: {reason}."), Vec::new())),
    }
}

/// Evidence from `reading`; none if it is not known.
fn evidence<T>(
    reading: &Reading<T>,
    call: &'static str,
    field: impl Into<String>,
    value: impl Into<String>,
) -> Option<Evidence> {
    Some(Evidence { call, field: field.into(), value: value.into(), read_at: reading.at()? })
}
