//! The account password policy asks for what CIS asks: 14 characters, 24 passwords remembered.

use super::{Judgement, evidence, known};
use crate::account::{Facts, PasswordPolicy, Question};

const FIX: &str = "Raise it: the step \"Password policy\" of lockroot, preset CIS. By hand, send every field: what is left out is reset.";

pub(super) fn judge(facts: &Facts) -> Result<Judgement, Judgement> {
    let call = Question::PasswordPolicy.action();
    let proof = |field: &str, value: String| evidence(&facts.password_policy, call, field, value);
    let Some(policy) = known(&facts.password_policy, &Question::PasswordPolicy)? else {
        let proof = proof("PasswordPolicy", "NoSuchEntity: AWS's default is in force".into()).into_iter().collect();
        return Ok(Judgement::fail(
            "Only AWS's default is in force: 8 characters, and old passwords may come back.",
            proof,
            FIX,
        ));
    };
    let proof = [
        proof("MinimumPasswordLength", policy.minimum_length.to_string()),
        proof("PasswordReusePrevention", policy.reuse_prevention.map_or("absent".into(), |count| count.to_string())),
    ];
    let proof = proof.into_iter().flatten().collect();
    let mut lacks = Vec::new();
    if policy.minimum_length < PasswordPolicy::CIS_LENGTH {
        lacks.push(format!(
            "a password may have {} characters, CIS asks for {}",
            policy.minimum_length,
            PasswordPolicy::CIS_LENGTH
        ));
    }
    if policy.reuse_prevention.unwrap_or(0) < PasswordPolicy::CIS_REUSE {
        lacks.push(format!(
            "{} old passwords are remembered, CIS asks for {}",
            policy.reuse_prevention.unwrap_or(0),
            PasswordPolicy::CIS_REUSE
        ));
    }
    Ok(if lacks.is_empty() {
        Judgement::pass(
            format!(
                "At least {} characters, {} passwords remembered.",
                policy.minimum_length,
                PasswordPolicy::CIS_REUSE
            ),
            proof,
        )
    } else {
        Judgement::fail(format!("Too weak: {}.", lacks.join("; ")), proof, FIX)
    })
}
