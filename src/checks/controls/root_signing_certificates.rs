//! Root has no signing certificates, active or not.

use crate::account::{Facts, Question, Reading};
use crate::checks::partition::without_root;
use crate::checks::{Assess, Assessment, Control, References, Remedy, Severity, StepId, console, evidence, known};

pub(super) const CONTROL: Control = Control {
    id: "root-signing-certificates",
    title: "Root has no signing certificates",
    severity: Severity::High,
    questions: &[Question::Caller, Question::Summary, Question::RootCertificates],
    references: References::NONE,
    differs: "",
    console: Some(console::ROOT),
    remedy: Remedy::Step(StepId::RootKeys),
    text: include_str!("../../../assets/explain/root-signing-certificates.md"),
    assess: Assess::Facts(assess),
};

const FIX: &str = "Delete root's signing certificates: lockroot, the step \"Root access keys\", signed in as root; by hand: the console's security credentials page, as root.";

fn assess(facts: &Facts) -> Result<Assessment, Assessment> {
    if let Some(none) = without_root(facts)? {
        return Ok(none);
    }
    let listed = facts.root_certificates.known();
    // If the summary was refused, root's own list suffices. Without either, report the summary's failure.
    let count = match known(&facts.summary, &Question::Summary) {
        Ok(summary) => summary.root_certificates(),
        Err(_) if listed.is_some() => None,
        Err(unread) => return Err(unread),
    };
    let counted = count.map_or("absent".to_owned(), |count| count.to_string());
    let field = "AccountSigningCertificatesPresent";
    let mut proof: Vec<_> = evidence(&facts.summary, Question::Summary.action(), field, counted).into_iter().collect();
    let action = Question::RootCertificates.action();
    for found in listed.into_iter().flatten() {
        proof.extend(evidence(&facts.root_certificates, action, found.id.clone(), found.status.wire()));
    }
    if listed.is_some_and(Vec::is_empty) {
        proof.extend(evidence(&facts.root_certificates, action, "Certificates", "empty"));
    }
    let has = "Root has a signing certificate, active or not: a credential without MFA, which you don't need.";
    Ok(match (count, listed.map(Vec::len)) {
        (Some(0) | None, Some(0)) => Assessment::pass("Root has no signing certificate.", proof),
        // AWS may refuse the list to a session. The summary's count then suffices, as for other principals.
        (Some(0), None) => Assessment::pass("AWS's summary counts no root signing certificates.", proof),
        (None, None) => {
            let why = match &facts.root_certificates {
                Reading::Failed(failure) => format!("Root's signing certificates could not be listed: {failure}"),
                _ => "AWS's summary does not say whether root has signing certificates.".to_owned(),
            };
            Assessment::unknown(why, proof)
        }
        (Some(0), Some(_)) | (Some(_), Some(0)) => {
            Assessment::unknown("AWS's summary and its list disagree. Read again in a minute.", proof)
        }
        (_, Some(_)) | (Some(_), None) => Assessment::fail(has, proof, FIX),
    })
}
