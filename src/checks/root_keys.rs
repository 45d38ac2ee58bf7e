//! Root has no access keys, active or not.

use super::{Judgement, evidence, known};
use crate::account::{Facts, Partition, Question, Reading};

const FIX: &str = "Delete root's access keys: the step \"Root access keys\" of lockroot, signed in as root; by hand: the console's security credentials page, as root.";

pub(super) fn judge(facts: &Facts) -> Result<Judgement, Judgement> {
    let caller = known(&facts.caller, &Question::Caller)?;
    if caller.partition() == Partition::China {
        return Ok(Judgement::not_applicable("Accounts in AWS China have no root user.", Vec::new()));
    }
    let summary = known(&facts.summary, &Question::Summary)?;
    let mut proof: Vec<_> = evidence(
        &facts.summary,
        Question::Summary.action(),
        "AccountAccessKeysPresent",
        summary.root_keys().map_or("absent".to_owned(), |count| count.to_string()),
    )
    .into_iter()
    .collect();
    let listed = facts.root_keys.known();
    if let Some(keys) = listed {
        proof.extend(keys.iter().filter_map(|key| {
            evidence(&facts.root_keys, Question::RootKeys.action(), key.id.clone(), key.status.wire())
        }));
        if keys.is_empty() {
            proof.extend(evidence(&facts.root_keys, Question::RootKeys.action(), "AccessKeyMetadata", "empty"));
        }
    }
    if let (Reading::Failed(failure), Some(0) | None) = (&facts.root_keys, summary.root_keys()) {
        return Ok(Judgement::unknown(format!("Root's keys could not be listed: {failure}"), proof));
    }
    match (summary.root_keys(), listed.map(Vec::len)) {
        (None, None) => Ok(Judgement::unknown("AWS's summary does not say whether root has keys.", proof)),
        (Some(0) | None, Some(0)) | (Some(0), None) => Ok(Judgement::pass("Root has no access key.", proof)),
        (Some(0), Some(_)) => {
            Ok(Judgement::unknown("AWS's summary says none, but its list shows keys. Read again in a minute.", proof))
        }
        (Some(_), Some(0)) => Ok(Judgement::unknown(
            "AWS's list is empty, but its summary still counts a key. Read again in a minute.",
            proof,
        )),
        (_, Some(1)) => {
            Ok(Judgement::fail("Root has an access key. Whoever holds it can do everything, without MFA.", proof, FIX))
        }
        (_, Some(count)) => Ok(Judgement::fail(
            format!("Root has {count} access keys. Whoever holds one can do everything, without MFA."),
            proof,
            FIX,
        )),
        (Some(_), None) => Ok(Judgement::fail("Root has at least one access key, active or not.", proof, FIX)),
    }
}
