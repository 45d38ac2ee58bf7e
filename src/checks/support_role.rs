//! Somebody but an administrator can open cases with AWS's support.

use super::{Judgement, evidence, known};
use crate::account::{Facts, Question};

const FIX: &str =
    "Attach AWS's AWSSupportAccess to a role or a group of those who handle incidents: IAM console, Policies.";

pub(super) fn judge(facts: &Facts) -> Result<Judgement, Judgement> {
    let holders = known(&facts.support, &Question::SupportRole)?;
    let words = if holders.is_empty() { "nobody".to_owned() } else { holders.words() };
    let proof = evidence(&facts.support, Question::SupportRole.action(), "AWSSupportAccess", words.clone());
    let proof = proof.into_iter().collect();
    Ok(if holders.is_empty() {
        Judgement::fail("Nobody carries AWSSupportAccess: only administrators can ask AWS for help.", proof, FIX)
    } else {
        Judgement::pass(format!("AWSSupportAccess is carried by {words}."), proof)
    })
}
