//! Differences between partitions: whether root exists, and whether it can sign in to a console.

use super::{Assessment, Evidence, evidence, known};
use crate::account::{Facts, Partition, Question};

/// Not applicable, if the partition has no root user.
pub(super) fn without_root(facts: &Facts) -> Result<Option<Assessment>, Assessment> {
    let caller = known(&facts.caller, &Question::Caller)?;
    let why = "Accounts in AWS China have no root user.";
    Ok((caller.partition() == Partition::China).then(|| Assessment::not_applicable(why, who(facts))))
}

/// Not applicable, if root cannot sign in to a console. `Err`: AWS has not documented it.
pub(super) fn without_console(facts: &Facts) -> Result<Option<Assessment>, Assessment> {
    let partition = known(&facts.caller, &Question::Caller)?.partition();
    if matches!(partition, Partition::EuropeanSovereign | Partition::Other(_)) {
        let why = format!("AWS has not documented what root can do in the partition {}.", partition.name());
        return Err(Assessment::unknown(why, who(facts)));
    }
    let why = "Root can't sign in to a console in this partition.";
    Ok((!partition.has_root_console()).then(|| Assessment::not_applicable(why, who(facts))))
}

/// Evidence on the signed-in principal, and so on the partition.
pub(super) fn who(facts: &Facts) -> Vec<Evidence> {
    let arn = facts.caller.known().map(|caller| caller.arn.clone());
    arn.and_then(|arn| evidence(&facts.caller, Question::Caller.action(), "Arn", arn)).into_iter().collect()
}
