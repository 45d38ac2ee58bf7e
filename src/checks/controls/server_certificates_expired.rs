//! No server certificate stored in IAM has expired: somebody could deploy an expired one by mistake.

use crate::account::{Facts, Question, Timestamp};
use crate::checks::credentials::{some, when};
use crate::checks::{
    Assess, Assessment, Awaits, Control, Evidence, HandOff, References, Remedy, Severity, evidence, known,
};

pub(super) const CONTROL: Control = Control {
    id: "server-certificates-expired",
    title: "No server certificate in IAM has expired",
    severity: Severity::Medium,
    questions: &[Question::ServerCertificates],
    references: References {
        cis: &[("5.0", "1.18"), ("6.0", "2.18"), ("7.0", "2.17")],
        security_hub: &["IAM.26"],
        prowler: &["iam_no_expired_server_certificates_stored"],
    },
    differs: "",
    console: None,
    remedy: Remedy::HandOff(HandOff {
        steps: &[
            "Make sure that no load balancer uses the certificate: give it another one first.",
            "The console does not list these certificates. Run: aws iam delete-server-certificate --server-certificate-name NAME",
            "Keep new certificates in AWS Certificate Manager, which renews them.",
        ],
        costs: None,
        awaits: Awaits::Pass,
    }),
    text: include_str!("../../../assets/explain/server-certificates-expired.md"),
    assess: Assess::Facts(assess),
};

const FIX: &str = "Make sure that no load balancer uses it, then delete it: `aws iam delete-server-certificate`. Keep new certificates in AWS Certificate Manager.";

fn assess(facts: &Facts) -> Result<Assessment, Assessment> {
    const QUESTION: Question = Question::ServerCertificates;
    let certificates = known(&facts.server_certificates, &QUESTION)?;
    let now = facts.server_certificates.at().unwrap_or(Timestamp::UNIX_EPOCH);
    let proof = |field: &str, value: String| evidence(&facts.server_certificates, QUESTION.action(), field, value);
    if certificates.is_empty() {
        let none = proof("ServerCertificateMetadataList", "empty".into()).into_iter().collect();
        return Ok(Assessment::not_applicable("IAM stores no server certificate.", none));
    }
    let all: Vec<Evidence> = certificates
        .iter()
        .filter_map(|one| proof(&format!("{} Expiration", one.name), one.expires.map_or("absent".into(), when)))
        .collect();
    let expired = certificates.iter().filter(|one| one.expires.is_some_and(|end| end <= now));
    let expired: Vec<&str> = expired.map(|one| one.name.as_str()).collect();
    let undated = certificates.iter().filter(|one| one.expires.is_none());
    let undated: Vec<&str> = undated.map(|one| one.name.as_str()).collect();
    Ok(if !expired.is_empty() {
        Assessment::fail(format!("Expired: {}.", some(&expired)), all, FIX)
    } else if !undated.is_empty() {
        Assessment::unknown(format!("AWS does not say when these expire: {}.", some(&undated)), all)
    } else {
        Assessment::pass("No server certificate in IAM has expired.", all)
    })
}
