//! No console user has an active access key that was never used. CIS speaks of keys from set-up, but audits any
//! such key.

use crate::account::Question;
use crate::account::facts::{Field, ReportRow};
use crate::account::{Facts, Timestamp};
use crate::checks::credentials::{CredentialRule, RuleOutcome, assess as hold};
use crate::checks::{Assess, Assessment, Control, Directory, References, Remedy, Severity, StepId, console};

pub(super) const CONTROL: Control = Control {
    id: "set-up-key-never-used",
    title: "No console user has an access key that was never used",
    severity: Severity::Medium,
    questions: &[Question::CredentialReport, Question::People],
    references: References {
        cis: &[("5.0", "1.10"), ("6.0", "2.10")],
        security_hub: &[],
        prowler: &["iam_user_no_setup_initial_access_key"],
    },
    differs: "any key without a use, as CIS and Prowler audit it; CIS speaks of keys from set-up",
    console: Some(console::USERS),
    remedy: Remedy::Step(StepId::Users),
    text: include_str!("../../../assets/explain/set-up-key-never-used.md"),
    assess: Assess::Facts(assess),
};

fn assess(facts: &Facts) -> Result<Assessment, Assessment> {
    hold(
        facts,
        &CredentialRule {
            rule,
            wrong: "Console users with an active access key that was never used".into(),
            right: "No console user has an active access key without a recorded use.".into(),
            fix: "Delete the key: nobody has used it. For the AWS CLI, users sign in with `aws login`.",
            concerns_newer: true,
        },
    )
}

pub(in crate::checks) fn rule(row: &ReportRow, _live: &Directory<'_>, _now: Timestamp) -> RuleOutcome {
    let mut outcome = RuleOutcome::default();
    match &row.password {
        Field::Value(true) => {}
        Field::Value(false) | Field::NotApplicable => return outcome,
        other => {
            outcome.unclear.push(format!("password_enabled = {}", other.words(ToString::to_string)));
            return outcome;
        }
    }
    let columns = ["access_key_1_last_used_date", "access_key_2_last_used_date"];
    for (column, key) in columns.into_iter().zip(&row.keys).filter(|(_, key)| key.is_active()) {
        match (&key.used, &key.made) {
            (Field::Value(_), _) => {}
            (Field::NotApplicable | Field::NoInformation, Field::Value(made)) => {
                outcome.found.push((column, format!("no use on record, made {}", made.date())));
            }
            (Field::NotApplicable | Field::NoInformation, _) => outcome.found.push((column, "no use on record".into())),
            (other, _) => outcome.unclear.push(format!("{column} = {}", other.words(ToString::to_string))),
        }
    }
    outcome
}
