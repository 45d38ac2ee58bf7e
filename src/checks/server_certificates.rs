//! No server certificate stored in IAM has expired: the next load balancer could be given one that browsers refuse.

use super::credentials::{some, when};
use super::{Evidence, Judgement, evidence, known};
use crate::account::{Facts, Question, Timestamp};

const FIX: &str = "Make sure that no load balancer uses it, then delete it: `aws iam delete-server-certificate`. Keep new certificates in AWS Certificate Manager.";

pub(super) fn judge(facts: &Facts) -> Result<Judgement, Judgement> {
    const QUESTION: Question = Question::ServerCertificates;
    let certificates = known(&facts.server_certificates, &QUESTION)?;
    let now = facts.server_certificates.at().unwrap_or(Timestamp::UNIX_EPOCH);
    let proof = |field: &str, value: String| evidence(&facts.server_certificates, QUESTION.action(), field, value);
    if certificates.is_empty() {
        let none = proof("ServerCertificateMetadataList", "empty".into()).into_iter().collect();
        return Ok(Judgement::not_applicable("IAM stores no server certificate.", none));
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
        Judgement::fail(format!("Expired: {}.", some(&expired)), all, FIX)
    } else if !undated.is_empty() {
        Judgement::unknown(format!("AWS does not tell when these expire: {}.", some(&undated)), all)
    } else {
        Judgement::pass("No server certificate in IAM has expired.", all)
    })
}
