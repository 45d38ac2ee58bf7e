//! Root has no access keys, active or not.

use crate::account::age::ago;
use crate::account::facts::{AccessKey, KeyStatus, LastUse};
use crate::account::{Facts, Question, Reading};
use crate::checks::partition::without_root;
use crate::checks::{
    Assess, Assessment, Control, Evidence, References, Remedy, Severity, StepId, console, evidence, known,
};

pub(super) const CONTROL: Control = Control {
    id: "root-access-keys",
    title: "Root has no access keys",
    severity: Severity::Critical,
    questions: &[Question::Caller, Question::Summary, Question::RootKeys],
    references: References {
        cis: &[("5.0", "1.3"), ("6.0", "2.3"), ("7.0", "2.4")],
        security_hub: &["IAM.4"],
        prowler: &["iam_no_root_access_key"],
    },
    differs: "inactive keys count here",
    console: Some(console::ROOT),
    remedy: Remedy::Step(StepId::RootKeys),
    text: include_str!("../../../assets/explain/root-access-keys.md"),
    assess: Assess::Facts(assess),
};

const FIX: &str = "Delete root's access keys: lockroot, the step \"Root access keys\", signed in as root; by hand: the console's security credentials page, as root.";

const FIX_IN_USE: &str = "A key is in use: deactivate it first and watch what stops working. Move that work to an IAM role, then delete the key: \
     lockroot, the step \"Root access keys\", signed in as root.";

fn assess(facts: &Facts) -> Result<Assessment, Assessment> {
    if let Some(none) = without_root(facts)? {
        return Ok(none);
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
        proof.extend(keys.iter().flat_map(|key| key_evidence(facts, key)));
        if keys.is_empty() {
            proof.extend(evidence(&facts.root_keys, Question::RootKeys.action(), "AccessKeyMetadata", "empty"));
        }
    }
    if let (Reading::Failed(failure), Some(0) | None) = (&facts.root_keys, summary.root_keys()) {
        return Ok(Assessment::unknown(format!("Root's keys could not be listed: {failure}"), proof));
    }
    match (summary.root_keys(), listed.map(Vec::len)) {
        (None, None) => Ok(Assessment::unknown("AWS's summary does not say whether root has keys.", proof)),
        (Some(0) | None, Some(0)) | (Some(0), None) => Ok(Assessment::pass("Root has no access key.", proof)),
        (Some(0), Some(_)) => Ok(Assessment::unknown(
            "AWS's summary counts no keys, but its list shows keys. Read again in a minute.",
            proof,
        )),
        (Some(_), Some(0)) => Ok(Assessment::unknown(
            "AWS's list is empty, but its summary still counts a key. Read again in a minute.",
            proof,
        )),
        (_, Some(count)) => Ok(fail(facts, count, proof)),
        (Some(_), None) => Ok(Assessment::fail("Root has at least one access key, active or not.", proof, FIX)),
    }
}

fn fail(facts: &Facts, count: usize, proof: Vec<Evidence>) -> Assessment {
    let keys = facts.root_keys.known().map_or(&[][..], Vec::as_slice);
    let are_inactive = !keys.is_empty() && keys.iter().all(|key| key.status == KeyStatus::Inactive);
    let has = match (count, are_inactive) {
        (1, false) => "an access key. Anyone who has it can do everything, without MFA.".to_owned(),
        (_, false) => format!("{count} access keys. Anyone who has one can do everything, without MFA."),
        (1, true) => "an inactive access key. Root can activate it again, so delete it.".to_owned(),
        (_, true) => format!("{count} inactive access keys. Root can activate them again, so delete them."),
    };
    let now = facts.root_keys.at();
    let used = now.and_then(|now| keys.iter().find_map(|key| Some((key, key.recent_use(now)?))));
    let Some((key, used)) = used else {
        return Assessment::fail(format!("Root has {has}"), proof, FIX);
    };
    let ago = now.map_or_else(String::new, |now| ago(used.at, now));
    if is_own(facts, key, used) {
        let words = format!(
            "Last use: …{}, {ago}, {} {}: that is lockroot, which signs with this key. Earlier uses can't be seen.",
            key.last_four(),
            used.service,
            used.region
        );
        return Assessment::fail(format!("Root has {has} {words}"), proof, FIX);
    }
    let words = format!("In use: …{}, {ago}, {} {}.", key.last_four(), used.service, used.region);
    Assessment::fail(format!("Root has {has} {words}"), proof, FIX_IN_USE)
}

/// Whether the last use of `key` may be lockroot's own call: this session signs with it, and AWS keeps only the last
/// use.
fn is_own(facts: &Facts, key: &AccessKey, used: &LastUse) -> bool {
    let signs = facts.caller.known().is_some_and(|caller| caller.signed_with(&key.id));
    signs && facts.root_keys.at().is_some_and(|now| (now - used.at).whole_hours() < 1)
}

fn key_evidence(facts: &Facts, key: &AccessKey) -> Vec<Evidence> {
    let status = evidence(&facts.root_keys, Question::RootKeys.action(), key.id.clone(), key.status.wire());
    let used = key.last_used.known().map(|used| match used {
        Some(used) => format!("last used {}, {} in {}", used.at.date(), used.service, used.region),
        None => "never used".to_owned(),
    });
    let used = used.and_then(|used| evidence(&key.last_used, "iam:GetAccessKeyLastUsed", key.id.clone(), used));
    status.into_iter().chain(used).collect()
}
