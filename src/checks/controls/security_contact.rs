//! The security contact is set.

use crate::account::{ContactType, Question};
use crate::checks::{Assess, Control, References, Remedy, Severity, StepId, console, contacts};

pub(super) const CONTROL: Control = Control {
    id: "security-contact",
    title: "A security contact is set",
    severity: Severity::Medium,
    questions: &[Question::Contact(ContactType::Security)],
    references: References {
        cis: &[("5.0", "1.2"), ("6.0", "2.2"), ("7.0", "2.3")],
        security_hub: &["Account.1"],
        prowler: &["account_security_contact_information_is_registered"],
    },
    differs: "",
    console: Some(console::ACCOUNT),
    remedy: Remedy::Step(StepId::Contacts),
    text: include_str!("../../../assets/explain/security-contact.md"),
    assess: Assess::Facts(|facts| contacts::assess(facts, ContactType::Security)),
};
