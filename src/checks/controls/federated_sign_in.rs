//! People sign in through federation. Never fails: users with a password are listed, and a person decides.

use crate::account::facts::Field;
use crate::account::{Facts, Question, Timestamp};
use crate::checks::credentials::{by_report, generated, some};
use crate::checks::{
    Assess, Assessment, Awaits, Control, HandOff, References, Remedy, Severity, StepId, console, evidence, known,
};

pub(super) const CONTROL: Control = Control {
    id: "federated-sign-in",
    title: "People sign in through federation",
    severity: Severity::Low,
    questions: &[Question::CredentialReport],
    references: References {
        cis: &[("5.0", "1.20"), ("6.0", "2.20"), ("7.0", "2.19")],
        security_hub: &[],
        prowler: &["iam_check_saml_providers_sts"],
    },
    differs: "never fails here; Prowler asks for a SAML provider",
    console: Some(console::IDENTITY_CENTER),
    remedy: Remedy::OptionalHandOff(
        StepId::Administrator,
        HandOff {
            steps: &[
                "IAM Identity Center, in the management account: choose Enable. If the account has no organization, this creates one.",
                "Users, Add user: one for each person, who gets a mail, sets a password and registers MFA. Or Settings, Identity source: your directory.",
                "Permission sets, Create permission set: Predefined permission set, AdministratorAccess, Next, Create.",
                "AWS accounts: pick this account, Assign users or groups, pick the person and the permission set, Submit.",
                "Keep one IAM administrator, for the day Identity Center is down. Other users' console passwords can go then.",
            ],
            costs: Some("IAM Identity Center is free."),
            awaits: Awaits::IdentityCenterRole,
        },
    ),
    text: include_str!("../../../assets/explain/federated-sign-in.md"),
    assess: Assess::Facts(assess),
};

fn assess(facts: &Facts) -> Result<Assessment, Assessment> {
    const QUESTION: Question = Question::CredentialReport;
    let report = known(&facts.credential_report, &QUESTION)?;
    let by = by_report(report, facts.credential_report.at().unwrap_or(Timestamp::UNIX_EPOCH));
    let (mut with, mut unclear) = (Vec::new(), Vec::new());
    for row in report.users() {
        match &row.password {
            Field::Value(true) => with.push(row.user.as_str()),
            Field::Value(false) | Field::NotApplicable => {}
            _ => unclear.push(row.user.as_str()),
        }
    }
    let value = format!("{} of {} users", with.len(), report.users().count());
    let mut proof: Vec<_> = generated(facts, report).into_iter().collect();
    proof.extend(evidence(&facts.credential_report, QUESTION.action(), "password_enabled", value));
    Ok(if !with.is_empty() {
        let why = format!(
            "IAM users with a console password: {}. AWS advises IAM Identity Center or another identity provider for people. {by}",
            some(&with)
        );
        Assessment::manual(why, proof)
    } else if !unclear.is_empty() {
        Assessment::unknown(
            format!("The report does not say whether these users have a password: {}. {by}", some(&unclear)),
            proof,
        )
    } else {
        Assessment::pass(format!("No IAM user has a console password. {by}"), proof)
    })
}
