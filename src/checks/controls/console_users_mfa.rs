//! Every user with a console password has MFA. A live read of a user takes precedence over the report.

use crate::account::Question;
use crate::account::facts::{Field, ReportRow};
use crate::account::{Facts, Timestamp};
use crate::checks::credentials::{CredentialRule, RuleOutcome, assess as hold};
use crate::checks::{Assess, Assessment, Control, Directory, References, Remedy, Severity, StepId, console};

pub(super) const CONTROL: Control = Control {
    id: "console-users-mfa",
    title: "Every console user signs in with MFA",
    severity: Severity::Medium,
    questions: &[Question::CredentialReport, Question::People, Question::VirtualDevices],
    references: References {
        cis: &[("5.0", "1.9"), ("6.0", "2.9"), ("7.0", "2.10")],
        security_hub: &["IAM.5", "IAM.19"],
        prowler: &["iam_user_mfa_enabled_console_access"],
    },
    differs: "IAM.19 includes users without a password",
    console: Some(console::USERS),
    remedy: Remedy::Step(StepId::Users),
    text: include_str!("../../../assets/explain/console-users-mfa.md"),
    assess: Assess::Facts(assess),
};

fn assess(facts: &Facts) -> Result<Assessment, Assessment> {
    hold(
        facts,
        &CredentialRule {
            rule,
            wrong: "Console password without MFA".into(),
            right: "Every user with a console password has MFA.".into(),
            fix: "Ask each user to assign an MFA device in the console, Security credentials. Or delete the console passwords of users who don't need one.",
            concerns_newer: true,
        },
    )
}

pub(in crate::checks) fn rule(row: &ReportRow, live: &Directory<'_>, _now: Timestamp) -> RuleOutcome {
    let mut outcome = RuleOutcome::default();
    let sign_in = live.sign_in(&row.user);
    let password = sign_in.and_then(|sign_in| sign_in.password.known()).map(Option::is_some);
    match (password, &row.password) {
        (Some(false), _) | (None, Field::Value(false) | Field::NotApplicable) => return outcome,
        (Some(true), _) | (None, Field::Value(true)) => {}
        (None, other) => {
            outcome.unclear.push(format!("password_enabled = {}", other.words(ToString::to_string)));
            return outcome;
        }
    }
    let listed = sign_in.and_then(|sign_in| sign_in.devices.known()).map(|devices| !devices.is_empty());
    // The list of virtual devices can prove that a device exists, but not that there is none.
    match (listed, live.owns_device(&row.user), &row.mfa) {
        (Some(true), _, Field::Value(false)) | (None, true, Field::Value(false)) => {
            outcome.overtaken.push("it says no MFA, but AWS's list shows a device".into());
        }
        (Some(true), _, _) | (None, true, _) => {}
        (Some(false), _, Field::Value(true)) => {
            outcome.overtaken.push("it says MFA, but AWS's list shows no device".into());
            outcome.found.push(("mfa_active", "true, but iam:ListMFADevices lists none".into()));
        }
        (Some(false), _, _) => outcome.found.push(("mfa_active", "false".into())),
        (None, false, Field::Value(true)) => {}
        (None, false, Field::Value(false)) => outcome.found.push(("mfa_active", "false".into())),
        (None, false, other) => outcome.unclear.push(format!("mfa_active = {}", other.words(ToString::to_string))),
    }
    outcome
}
