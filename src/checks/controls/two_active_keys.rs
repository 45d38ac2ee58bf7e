//! No user has two active keys, except during a rotation.

use crate::account::Question;
use crate::account::facts::{Field, ReportRow};
use crate::account::{Facts, Timestamp};
use crate::checks::credentials::{CredentialRule, RuleOutcome, assess as hold};
use crate::checks::{Assess, Assessment, Control, Directory, References, Remedy, Severity, StepId, console};

pub(super) const CONTROL: Control = Control {
    id: "two-active-keys",
    title: "No user has two active access keys",
    severity: Severity::Low,
    questions: &[Question::CredentialReport, Question::People],
    references: References {
        cis: &[("5.0", "1.12"), ("6.0", "2.12")],
        security_hub: &[],
        prowler: &["iam_user_two_active_access_key"],
    },
    differs: "",
    console: Some(console::USERS),
    remedy: Remedy::Step(StepId::Users),
    text: include_str!("../../../assets/explain/two-active-keys.md"),
    assess: Assess::Facts(assess),
};

fn assess(facts: &Facts) -> Result<Assessment, Assessment> {
    hold(
        facts,
        &CredentialRule {
            rule,
            wrong: "Two active access keys".into(),
            right: "No user has two active access keys.".into(),
            fix: "Find out which key is not needed, deactivate it, watch, then delete it: lockroot, the step \"Users\".",
            concerns_newer: true,
        },
    )
}

pub(in crate::checks) fn rule(row: &ReportRow, _live: &Directory<'_>, _now: Timestamp) -> RuleOutcome {
    let mut outcome = RuleOutcome::default();
    match (&row.keys[0].active, &row.keys[1].active) {
        (Field::Value(true), Field::Value(true)) => {
            outcome.found.push(("access_key_2_active", "both keys are active".into()));
        }
        // One inactive key suffices to pass.
        (Field::Value(false) | Field::NotApplicable, _) | (_, Field::Value(false) | Field::NotApplicable) => {}
        (Field::Value(true), other) | (other, _) => {
            outcome.unclear.push(format!("an access key's state = {}", other.words(ToString::to_string)));
        }
    }
    outcome
}
