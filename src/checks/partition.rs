//! What depends on the partition: whether it has a root user, and whether root can sign in to a console.

use super::{Assessment, Evidence, evidence, known};
use crate::account::{Facts, Partition, Question};

/// That there is no root user to assess, if so.
pub(super) fn without_root(facts: &Facts) -> Result<Option<Assessment>, Assessment> {
    let caller = known(&facts.caller, &Question::Caller)?;
    let why = "Accounts in AWS China have no root user.";
    Ok((caller.partition() == Partition::China).then(|| Assessment::not_applicable(why, who(facts))))
}

/// That root can't sign in to a console, if so; or that AWS has not said whether it can.
pub(super) fn without_console(facts: &Facts) -> Result<Option<Assessment>, Assessment> {
    let partition = known(&facts.caller, &Question::Caller)?.partition();
    if matches!(partition, Partition::EuropeanSovereign | Partition::Other(_)) {
        let why = format!("AWS has not documented what root can do in the partition {}.", partition.name());
        return Err(Assessment::unknown(why, who(facts)));
    }
    let why = "Root can't sign in to a console in this partition.";
    Ok((!partition.has_root_console()).then(|| Assessment::not_applicable(why, who(facts))))
}

/// Who is signed in, and so where.
pub(super) fn who(facts: &Facts) -> Vec<Evidence> {
    let arn = facts.caller.known().map(|caller| caller.arn.clone());
    arn.and_then(|arn| evidence(&facts.caller, Question::Caller.action(), "Arn", arn)).into_iter().collect()
}
