//! No API shows root's e-mail address on a standalone account, so a person answers.

use crate::account::{Question, Topic};
use crate::checks::{Assess, Control, References, Remedy, Severity, StepId, console, root_sign_in};

pub(super) const CONTROL: Control = Control {
    id: "root-email",
    title: "Root's e-mail address is a company group mailbox",
    severity: Severity::Medium,
    questions: &[Question::Caller, Question::Summary],
    references: References::NONE,
    differs: "",
    console: Some(console::ACCOUNT),
    remedy: Remedy::Step(StepId::RootSignIn),
    text: include_str!("../../../assets/explain/root-email.md"),
    assess: Assess::Facts(|facts| root_sign_in::assess(facts, &TOPICS, FIX, "root's e-mail address")),
};

const FIX: &str = "Change root's e-mail address to a group mailbox on a company domain, in the console, as root, and have more than one person read it.";
const TOPICS: [Topic; 3] = [Topic::RecoveryEmail, Topic::EmailDomain, Topic::EmailGroup];
