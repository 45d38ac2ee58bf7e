//! The controls: each turns facts into a verdict with evidence, one control a file.
//! Pure: no call is made here, and nothing is green that was not read.

mod abandoned_devices;
mod account_alias;
mod administrator;
mod central_root;
mod cloudtrail_on;
mod console_users_mfa;
mod contacts;
mod contacts_differ;
mod credentials;
mod full_admin_policies;
mod groups;
mod key_age;
mod password_policy;
mod password_rules;
mod primary_contact;
mod root_activity;
mod root_certificates;
mod root_devices;
mod root_keys;
mod root_mfa;
mod root_sign_in;
mod root_unused;
mod set_up_key;
mod support_role;
#[cfg(test)]
mod tests;
mod two_active_keys;
mod unused_credentials;
pub mod users;

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

/// How many controls are about something that is there: all but those that do not apply.
#[must_use]
pub fn applying(facts: &Facts) -> usize {
    CONTROLS.iter().filter(|control| control.judge(facts).verdict != Verdict::NotApplicable).count()
}

/// Everything that all controls together have to know, each question once.
#[must_use]
pub fn questions() -> Vec<Question> {
    let mut questions: Vec<Question> = CONTROLS.iter().flat_map(|control| control.questions.iter().cloned()).collect();
    questions.push(Question::Alias);
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
        questions: &[Question::Caller, Question::Summary, Question::RootCertificates],
        references: References { cis: &[], security_hub: &[], prowler: &[] },
        judge: root_certificates::judge,
    },
    Control {
        id: "root-mfa",
        title: "Root signs in with MFA",
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
        questions: &[Question::People],
        references: References { cis: &[], security_hub: &[], prowler: &[] },
        judge: administrator::judge,
    },
    Control {
        id: "administrator-mfa",
        title: "Every administrator signs in with MFA",
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
        questions: &[Question::Caller, Question::Summary],
        references: References { cis: &[], security_hub: &[], prowler: &[] },
        judge: root_sign_in::judge_email,
    },
    Control {
        id: "root-password",
        title: "Root's password is strong and kept well",
        questions: &[Question::Caller, Question::Summary],
        references: References { cis: &[], security_hub: &[], prowler: &[] },
        judge: root_sign_in::judge_password,
    },
    Control {
        id: "root-devices",
        title: "Root has more than one MFA device",
        questions: &[Question::Caller, Question::Summary, Question::RootDevices, Question::VirtualDevices],
        references: References { cis: &[], security_hub: &[], prowler: &[] },
        judge: root_devices::judge,
    },
    Control {
        id: "root-hardware-mfa",
        title: "Root has a passkey or a hardware token",
        questions: &[Question::Caller, Question::Summary, Question::RootDevices, Question::VirtualDevices],
        references: References {
            cis: &[("5.0", "1.5"), ("6.0", "2.5"), ("7.0", "2.6")],
            security_hub: &["IAM.6"],
            prowler: &["iam_root_hardware_mfa_enabled"],
        },
        judge: root_devices::judge_kind,
    },
    Control {
        id: "root-unused",
        title: "Root is not used",
        questions: &[Question::Caller, Question::Summary, Question::RootKeys, Question::CredentialReport],
        references: References {
            cis: &[("5.0", "1.6"), ("6.0", "2.6"), ("7.0", "2.7")],
            security_hub: &[],
            prowler: &["iam_avoid_root_usage"],
        },
        judge: root_unused::judge,
    },
    Control {
        id: "root-activity",
        title: "CloudTrail shows nothing of root's",
        questions: &[Question::Caller, Question::RootActivity],
        references: References { cis: &[], security_hub: &[], prowler: &[] },
        judge: root_activity::judge,
    },
    Control {
        id: "root-credentials-removed",
        title: "Root credentials of member accounts are managed centrally",
        questions: &[Question::OrganizationsFeatures, Question::Summary],
        references: References {
            cis: &[("7.0", "2.1.1")],
            security_hub: &[],
            prowler: &["iam_root_credentials_management_enabled"],
        },
        judge: central_root::judge,
    },
    Control {
        id: "contacts-differ",
        title: "The alternate contacts are different mailboxes",
        questions: &[
            Question::Contact(ContactType::Billing),
            Question::Contact(ContactType::Operations),
            Question::Contact(ContactType::Security),
        ],
        references: References {
            cis: &[],
            security_hub: &[],
            prowler: &["account_maintain_different_contact_details_to_security_billing_and_operations"],
        },
        judge: contacts_differ::judge,
    },
    Control {
        id: "primary-contact",
        title: "The account's own contact is set",
        questions: &[Question::ContactInformation],
        references: References {
            cis: &[("5.0", "1.1"), ("6.0", "2.1"), ("7.0", "2.2")],
            security_hub: &[],
            prowler: &["account_maintain_current_contact_details"],
        },
        judge: primary_contact::judge,
    },
    Control {
        id: "two-administrators",
        title: "More than one administrator can sign in",
        questions: &[Question::People],
        references: References { cis: &[], security_hub: &[], prowler: &[] },
        judge: administrator::judge_number,
    },
    Control {
        id: "console-users-mfa",
        title: "Every console user signs in with MFA",
        questions: &[Question::CredentialReport, Question::People, Question::VirtualDevices],
        references: References {
            cis: &[("5.0", "1.9"), ("6.0", "2.9"), ("7.0", "2.10")],
            security_hub: &["IAM.5", "IAM.19"],
            prowler: &["iam_user_mfa_enabled_console_access"],
        },
        judge: console_users_mfa::judge,
    },
    Control {
        id: "unused-credentials",
        title: "No credentials lie unused",
        questions: &[Question::CredentialReport, Question::People],
        references: References {
            cis: &[("5.0", "1.11"), ("6.0", "2.11"), ("7.0", "2.11")],
            security_hub: &["IAM.22", "IAM.8"],
            prowler: &["iam_user_accesskey_unused", "iam_user_console_access_unused"],
        },
        judge: unused_credentials::judge,
    },
    Control {
        id: "key-age",
        title: "Access keys of users are replaced in time",
        questions: &[Question::CredentialReport, Question::People],
        references: References {
            cis: &[("5.0", "1.13"), ("6.0", "2.13"), ("7.0", "2.12")],
            security_hub: &["IAM.3"],
            prowler: &["iam_rotate_access_key_90_days"],
        },
        judge: key_age::judge,
    },
    Control {
        id: "two-active-keys",
        title: "No user has two active access keys",
        questions: &[Question::CredentialReport, Question::People],
        references: References { cis: &[], security_hub: &[], prowler: &["iam_user_two_active_access_key"] },
        judge: two_active_keys::judge,
    },
    Control {
        id: "set-up-key-never-used",
        title: "No console user has a key from set-up that was never used",
        questions: &[Question::CredentialReport, Question::People],
        references: References {
            cis: &[("5.0", "1.10"), ("6.0", "2.10")],
            security_hub: &[],
            prowler: &["iam_user_no_setup_initial_access_key"],
        },
        judge: set_up_key::judge,
    },
    Control {
        id: "full-admin-policies",
        title: "No customer managed policy allows everything",
        questions: &[Question::People],
        references: References {
            cis: &[("5.0", "1.15"), ("6.0", "2.15"), ("7.0", "2.14")],
            security_hub: &["IAM.1"],
            prowler: &[],
        },
        judge: full_admin_policies::judge,
    },
    Control {
        id: "password-policy-length",
        title: "Passwords are long enough",
        questions: &[Question::PasswordPolicy],
        references: References {
            cis: &[("5.0", "1.7"), ("6.0", "2.7"), ("7.0", "2.8")],
            security_hub: &["IAM.15"],
            prowler: &["iam_password_policy_minimum_length_14"],
        },
        judge: password_rules::length,
    },
    Control {
        id: "password-policy-reuse",
        title: "Old passwords may not come back",
        questions: &[Question::PasswordPolicy],
        references: References {
            cis: &[("5.0", "1.8"), ("6.0", "2.8"), ("7.0", "2.9")],
            security_hub: &["IAM.16"],
            prowler: &["iam_password_policy_reuse_24"],
        },
        judge: password_rules::reuse,
    },
    Control {
        id: "password-policy-uppercase",
        title: "Passwords have an uppercase letter",
        questions: &[Question::PasswordPolicy],
        references: References { cis: &[], security_hub: &["IAM.11"], prowler: &["iam_password_policy_uppercase"] },
        judge: password_rules::uppercase,
    },
    Control {
        id: "password-policy-lowercase",
        title: "Passwords have a lowercase letter",
        questions: &[Question::PasswordPolicy],
        references: References { cis: &[], security_hub: &["IAM.12"], prowler: &["iam_password_policy_lowercase"] },
        judge: password_rules::lowercase,
    },
    Control {
        id: "password-policy-symbol",
        title: "Passwords have a symbol",
        questions: &[Question::PasswordPolicy],
        references: References { cis: &[], security_hub: &["IAM.13"], prowler: &["iam_password_policy_symbol"] },
        judge: password_rules::symbol,
    },
    Control {
        id: "password-policy-number",
        title: "Passwords have a digit",
        questions: &[Question::PasswordPolicy],
        references: References { cis: &[], security_hub: &["IAM.14"], prowler: &["iam_password_policy_number"] },
        judge: password_rules::number,
    },
    Control {
        id: "password-policy-expiry",
        title: "Passwords expire, where that is asked for",
        questions: &[Question::PasswordPolicy],
        references: References {
            cis: &[],
            security_hub: &["IAM.17"],
            prowler: &["iam_password_policy_expires_passwords_within_90_days_or_less"],
        },
        judge: password_rules::expiry,
    },
    Control {
        id: "support-role",
        title: "Somebody can ask AWS's support",
        questions: &[Question::SupportRole],
        references: References {
            cis: &[("5.0", "1.16"), ("6.0", "2.16"), ("7.0", "2.15")],
            security_hub: &["IAM.18"],
            prowler: &["iam_support_role_created"],
        },
        judge: support_role::judge,
    },
    Control {
        id: "abandoned-devices",
        title: "No virtual MFA device is without an owner",
        questions: &[Question::VirtualDevices],
        references: References { cis: &[], security_hub: &[], prowler: &[] },
        judge: abandoned_devices::judge,
    },
    Control {
        id: "account-alias",
        title: "The account has an alias",
        questions: &[Question::Alias],
        references: References { cis: &[], security_hub: &[], prowler: &[] },
        judge: account_alias::judge,
    },
    Control {
        id: "cloudtrail-on",
        title: "CloudTrail records every region",
        questions: &[Question::Trails],
        references: References {
            cis: &[("5.0", "3.1, 3.2")],
            security_hub: &["CloudTrail.1", "CloudTrail.4"],
            prowler: &["cloudtrail_multi_region_enabled", "cloudtrail_log_file_validation_enabled"],
        },
        judge: cloudtrail_on::judge,
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
