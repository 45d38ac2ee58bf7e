//! Access keys are rotated in time.

use crate::account::Question;
use crate::account::facts::{Field, ReportRow};
use crate::account::{Facts, Timestamp};
use crate::checks::credentials::{CredentialRule, RuleOutcome, assess as hold, days};
use crate::checks::{Assess, Assessment, Control, Directory, References, Remedy, Severity, StepId, console};

pub(super) const CONTROL: Control = Control {
    id: "key-age",
    title: "Access keys are rotated in time",
    severity: Severity::Medium,
    questions: &[Question::CredentialReport, Question::People],
    references: References {
        cis: &[("5.0", "1.13"), ("6.0", "2.13"), ("7.0", "2.12")],
        security_hub: &["IAM.3"],
        prowler: &["iam_rotate_access_key_90_days"],
    },
    differs: "",
    console: Some(console::USERS),
    remedy: Remedy::Step(StepId::Users),
    text: include_str!("../../../assets/explain/key-age.md"),
    assess: Assess::Facts(assess),
};

fn assess(facts: &Facts) -> Result<Assessment, Assessment> {
    let limit = facts.parameters.key_age_days;
    hold(
        facts,
        &CredentialRule {
            rule,
            wrong: format!("Active keys older than {limit} days"),
            right: format!("No active key is older than {limit} days."),
            fix: "Rotate the keys: create a second key, move to it, then deactivate, watch and delete the old one (lockroot, the step \"Users\"). Better: use roles, which need no keys.",
            concerns_newer: false,
        },
    )
}

pub(in crate::checks) fn rule(row: &ReportRow, live: &Directory<'_>, now: Timestamp) -> RuleOutcome {
    // A key of 90 days and a second is older than 90 days. Whole days would accept it for another day.
    let limit = time::Duration::days(live.facts.parameters.key_age_days.into());
    let mut outcome = RuleOutcome::default();
    let columns = ["access_key_1_last_rotated", "access_key_2_last_rotated"];
    for (column, key) in columns.into_iter().zip(&row.keys) {
        match (&key.active, &key.made) {
            (Field::Value(true), Field::Value(made)) if now - *made > limit => {
                outcome.found.push((column, format!("made {}, {} days ago", made.date(), days(*made, now))));
            }
            (Field::Value(true), Field::Value(_)) => {}
            (Field::Value(true), other) => {
                outcome.unclear.push(format!("{column} = {}", other.words(ToString::to_string)))
            }
            (Field::Value(false) | Field::NotApplicable, _) => {}
            (other, _) => outcome.unclear.push(format!("an access key's state = {}", other.words(ToString::to_string))),
        }
    }
    outcome
}
