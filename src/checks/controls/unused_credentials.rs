//! No console password or active access key of a user is unused.

use crate::account::Question;
use crate::account::facts::{Field, ReportKey, ReportRow};
use crate::account::{Facts, Timestamp};
use crate::checks::credentials::{CredentialRule, RuleOutcome, assess as hold, days};
use crate::checks::{Assess, Assessment, Control, Directory, References, Remedy, Severity, StepId, console};

pub(super) const CONTROL: Control = Control {
    id: "unused-credentials",
    title: "No unused credentials",
    severity: Severity::Medium,
    questions: &[Question::CredentialReport, Question::People],
    references: References {
        cis: &[("5.0", "1.11"), ("6.0", "2.11"), ("7.0", "2.11")],
        security_hub: &["IAM.22", "IAM.8"],
        prowler: &["iam_user_accesskey_unused", "iam_user_console_access_unused"],
    },
    differs: "",
    console: Some(console::USERS),
    remedy: Remedy::Step(StepId::Users),
    text: include_str!("../../../assets/explain/unused-credentials.md"),
    assess: Assess::Facts(assess),
};

fn assess(facts: &Facts) -> Result<Assessment, Assessment> {
    let limit = facts.parameters.unused_days;
    hold(
        facts,
        &CredentialRule {
            rule,
            wrong: format!("Not used for {limit} days or more"),
            right: format!("Every password and every active key was used or made within {limit} days."),
            fix: "Deactivate unused keys and delete unused console passwords: lockroot, the step \"Users\". Delete users that you don't need.",
            concerns_newer: false,
        },
    )
}

/// The age of a credential that was never used counts as its time without use.
pub(in crate::checks) fn rule(row: &ReportRow, live: &Directory<'_>, now: Timestamp) -> RuleOutcome {
    let limit = i64::from(live.facts.parameters.unused_days);
    let mut outcome = RuleOutcome::default();
    match &row.password {
        Field::Value(true) => password(row, limit, now, &mut outcome),
        Field::Value(false) | Field::NotApplicable => {}
        other => outcome.unclear.push(format!("password_enabled = {}", other.words(ToString::to_string))),
    }
    let columns = ["access_key_1_last_used_date", "access_key_2_last_used_date"];
    for (column, key) in columns.into_iter().zip(&row.keys) {
        self::key(column, key, limit, now, &mut outcome);
    }
    outcome
}

fn password(row: &ReportRow, limit: i64, now: Timestamp, outcome: &mut RuleOutcome) {
    let since = match (&row.password_used, &row.password_changed) {
        (Field::Value(used), _) => Some((*used, "last used")),
        // Never used, or not since AWS began to record it.
        (Field::NoInformation | Field::NotApplicable, Field::Value(changed)) => Some((*changed, "never used, set")),
        (Field::NoInformation | Field::NotApplicable, _) => {
            row.created.value().map(|at| (*at, "never used, user created"))
        }
        _ => None,
    };
    match since {
        Some((at, words)) if days(at, now) >= limit => {
            outcome.found.push(("password_last_used", format!("{words} {}", at.date())));
        }
        Some(_) => {}
        None => {
            let words = row.password_used.words(ToString::to_string);
            outcome.unclear.push(format!("password_last_used = {words}"));
        }
    }
}

fn key(column: &'static str, key: &ReportKey, limit: i64, now: Timestamp, outcome: &mut RuleOutcome) {
    match &key.active {
        Field::Value(true) => {}
        Field::Value(false) | Field::NotApplicable => return,
        other => return outcome.unclear.push(format!("an access key's state = {}", other.words(ToString::to_string))),
    }
    let since = match (&key.used, &key.made) {
        (Field::Value(used), _) => Some((*used, "last used")),
        (Field::NotApplicable | Field::NoInformation, Field::Value(made)) => Some((*made, "never used, made")),
        _ => None,
    };
    match since {
        Some((at, words)) if days(at, now) >= limit => outcome.found.push((column, format!("{words} {}", at.date()))),
        Some(_) => {}
        None => outcome.unclear.push(format!("{column} = {}", key.used.words(ToString::to_string))),
    }
}
