//! No API shows how root's password is stored, so a person answers.

use crate::account::{Question, Topic};
use crate::checks::{Assess, Control, References, Remedy, Severity, StepId, root_sign_in};

pub(super) const CONTROL: Control = Control {
    id: "root-password",
    title: "Root's password is strong and kept safe",
    severity: Severity::Medium,
    questions: &[Question::Caller, Question::Summary],
    references: References::NONE,
    differs: "",
    console: None,
    remedy: Remedy::Step(StepId::RootSignIn),
    text: include_str!("../../../assets/explain/root-password.md"),
    assess: Assess::Facts(|facts| root_sign_in::assess(facts, &TOPICS, FIX, "root's password")),
};

const FIX: &str = "Make a new password for root, keep it in a password manager, and set it in the console, as root: the step \"Root sign-in\" of lockroot makes one and names the page.";
const TOPICS: [Topic; 3] = [Topic::PasswordKept, Topic::PasswordNotShared, Topic::PasswordFresh];
