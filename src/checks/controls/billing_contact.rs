//! The billing contact is set.

use crate::account::{ContactType, Question};
use crate::checks::{Assess, Control, References, Remedy, Severity, StepId, console, contacts};

pub(super) const CONTROL: Control = Control {
    id: "billing-contact",
    title: "A billing contact is set",
    severity: Severity::Low,
    questions: &[Question::Contact(ContactType::Billing)],
    references: References {
        cis: &[],
        security_hub: &[],
        prowler: &["account_maintain_different_contact_details_to_security_billing_and_operations"],
    },
    differs: "contacts may be the same here",
    console: Some(console::ACCOUNT),
    remedy: Remedy::Step(StepId::Contacts),
    text: include_str!("../../../assets/explain/billing-contact.md"),
    assess: Assess::Facts(|facts| contacts::assess(facts, ContactType::Billing)),
};
