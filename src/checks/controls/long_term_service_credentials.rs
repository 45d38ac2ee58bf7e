//! No service-specific credential is active: MFA does not protect these passwords and API keys, and no credential
//! report lists them.

use crate::account::facts::ServiceCredential;
use crate::account::{Facts, Question, Timestamp};
use crate::checks::credentials::{some, when};
use crate::checks::{
    Assess, Assessment, Control, Evidence, References, Remedy, Severity, StepId, console, evidence, known,
};

pub(super) const CONTROL: Control = Control {
    id: "long-term-service-credentials",
    title: "No active service-specific credentials",
    severity: Severity::Medium,
    questions: &[Question::ServiceCredentials],
    references: References { cis: &[], security_hub: &[], prowler: &["bedrock_api_key_no_long_term_credentials"] },
    differs: "Prowler checks only Bedrock's, and passes those that expire soon",
    console: Some(console::USERS),
    remedy: Remedy::Step(StepId::Users),
    text: include_str!("../../../assets/explain/long-term-service-credentials.md"),
    assess: Assess::Facts(assess),
};

const FIX: &str = "Move the program to temporary credentials, then delete this one: `aws iam delete-service-specific-credential`. Amazon Bedrock has short-term API keys.";

fn assess(facts: &Facts) -> Result<Assessment, Assessment> {
    const QUESTION: Question = Question::ServiceCredentials;
    let credentials = known(&facts.service_credentials, &QUESTION)?;
    let now = facts.service_credentials.at().unwrap_or(Timestamp::UNIX_EPOCH);
    let proof = |field: &str, value: String| evidence(&facts.service_credentials, QUESTION.action(), field, value);
    if credentials.is_empty() {
        let none = proof("ServiceSpecificCredentials", "empty".into()).into_iter().collect();
        return Ok(Assessment::pass("No IAM user has service-specific credentials.", none));
    }
    let all: Vec<Evidence> =
        credentials.iter().filter_map(|one| proof(&format!("{} {}", one.user, one.id), words(one))).collect();
    let odd: Vec<&str> = credentials.iter().filter(|one| is_odd(one)).map(|one| one.id.as_str()).collect();
    let in_force = credentials.iter().filter(|one| one.is_in_force(now));
    let in_force: Vec<String> = in_force.map(|one| format!("{} ({})", one.user, one.service)).collect();
    Ok(if !in_force.is_empty() {
        Assessment::fail(format!("Active and unexpired: {}.", some(&in_force)), all, FIX)
    } else if !odd.is_empty() {
        Assessment::unknown(format!("lockroot does not know the state of {}.", some(&odd)), all)
    } else {
        Assessment::pass("Every service-specific credential is inactive or has expired.", all)
    })
}

/// Whether its status is unknown to AWS's current model.
fn is_odd(one: &ServiceCredential) -> bool {
    !matches!(one.status.wire(), "Active" | "Inactive" | "Expired")
}

fn words(one: &ServiceCredential) -> String {
    let end = one.expires.map_or("no expiration".to_owned(), |end| format!("expires {}", when(end)));
    format!("{}, {}, {end}", one.service, one.status.wire())
}
