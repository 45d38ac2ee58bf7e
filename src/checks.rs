//! The controls: each turns facts into a verdict with evidence, one control a file.
//! Pure: no call is made here, and nothing is green that was not read.

mod administrator;
mod contacts;
pub mod explain;
mod groups;
mod password_policy;
mod root_certificates;
mod root_keys;
mod root_mfa;
mod root_sign_in;
pub mod severity;
#[cfg(test)]
mod tests;

pub use severity::Severity;

use crate::account::{ContactType, Facts, Question, Reading, Timestamp};

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

/// How many controls pass.
#[must_use]
pub fn passing(facts: &Facts) -> usize {
    CONTROLS.iter().filter(|control| control.judge(facts).verdict == Verdict::Pass).count()
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

/// All controls, in the order of reports.
/// CIS numbers: versions 5.0, 6.0 and 7.0 of the AWS Foundations Benchmark as Prowler 5.46 maps them.
pub static CONTROLS: &[Control] = &[
    Control {
        id: "root-access-keys",
        title: "Root has no access keys",
        severity: Severity::Critical,
        questions: &[Question::Caller, Question::Summary, Question::RootKeys],
        references: References {
            cis: &[("5.0", "1.3"), ("6.0", "2.3"), ("7.0", "2.4")],
            security_hub: &["IAM.4"],
            prowler: &["iam_no_root_access_key"],
        },
        judge: root_keys::judge,
    },
    Control {
        id: "root-signing-certificates",
        title: "Root has no signing certificates",
        severity: Severity::High,
        questions: &[Question::Caller, Question::Summary, Question::RootCertificates],
        references: References { cis: &[], security_hub: &[], prowler: &[] },
        judge: root_certificates::judge,
    },
    Control {
        id: "root-mfa",
        title: "Root signs in with MFA",
        severity: Severity::Critical,
        questions: &[Question::Caller, Question::Summary, Question::RootDevices, Question::VirtualDevices],
        references: References {
            cis: &[("5.0", "1.4"), ("6.0", "2.4"), ("7.0", "2.5")],
            security_hub: &["IAM.9"],
            prowler: &["iam_root_mfa_enabled"],
        },
        judge: root_mfa::judge,
    },
    Control {
        id: "billing-contact",
        title: "A billing contact is set",
        severity: Severity::Low,
        questions: &[Question::Contact(ContactType::Billing)],
        references: References {
            cis: &[],
            security_hub: &[],
            prowler: &["account_maintain_different_contact_details_to_security_billing_and_operations"],
        },
        judge: contacts::judge_billing,
    },
    Control {
        id: "operations-contact",
        title: "An operations contact is set",
        severity: Severity::Low,
        questions: &[Question::Contact(ContactType::Operations)],
        references: References {
            cis: &[],
            security_hub: &[],
            prowler: &["account_maintain_different_contact_details_to_security_billing_and_operations"],
        },
        judge: contacts::judge_operations,
    },
    Control {
        id: "security-contact",
        title: "A security contact is set",
        severity: Severity::Medium,
        questions: &[Question::Contact(ContactType::Security)],
        references: References {
            cis: &[("5.0", "1.2"), ("6.0", "2.2"), ("7.0", "2.3")],
            security_hub: &["Account.1"],
            prowler: &["account_security_contact_information_is_registered"],
        },
        judge: contacts::judge_security,
    },
    Control {
        id: "administrator",
        title: "An administrator who is not root can sign in",
        severity: Severity::High,
        questions: &[Question::People],
        references: References { cis: &[], security_hub: &[], prowler: &[] },
        judge: administrator::judge,
    },
    Control {
        id: "administrator-mfa",
        title: "Every administrator signs in with MFA",
        severity: Severity::High,
        questions: &[Question::People],
        references: References {
            cis: &[("5.0", "1.9"), ("6.0", "2.9"), ("7.0", "2.10")],
            security_hub: &["IAM.5", "IAM.19"],
            prowler: &["iam_administrator_access_with_mfa", "iam_user_mfa_enabled_console_access"],
        },
        judge: administrator::judge_mfa,
    },
    Control {
        id: "permissions-through-groups",
        title: "Users get permissions through groups only",
        severity: Severity::Low,
        questions: &[Question::People],
        references: References {
            cis: &[("5.0", "1.14"), ("6.0", "2.14"), ("7.0", "2.13")],
            security_hub: &["IAM.2"],
            prowler: &["iam_policy_attached_only_to_group_or_roles"],
        },
        judge: groups::judge,
    },
    Control {
        id: "password-policy",
        title: "The password policy is strong",
        severity: Severity::Medium,
        questions: &[Question::PasswordPolicy],
        references: References {
            cis: &[("5.0", "1.7, 1.8"), ("6.0", "2.7, 2.8"), ("7.0", "2.8, 2.9")],
            security_hub: &["IAM.15", "IAM.16"],
            prowler: &["iam_password_policy_minimum_length_14", "iam_password_policy_reuse_24"],
        },
        judge: password_policy::judge,
    },
    Control {
        id: "root-email",
        title: "Root's e-mail address is a company group mailbox",
        severity: Severity::Medium,
        questions: &[Question::Caller, Question::Summary],
        references: References { cis: &[], security_hub: &[], prowler: &[] },
        judge: root_sign_in::judge_email,
    },
    Control {
        id: "root-password",
        title: "Root's password is strong and kept well",
        severity: Severity::Medium,
        questions: &[Question::Caller, Question::Summary],
        references: References { cis: &[], security_hub: &[], prowler: &[] },
        judge: root_sign_in::judge_password,
    },
];

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
