//! Texts about deactivated keys that wait for deletion. Pure.

use crate::account::age::ago;
use crate::account::facts::{AccessKey, Wait};
use crate::account::{Facts, Reading, Subject, Timestamp};

/// A sentence or two for each waiting root key.
#[must_use]
pub fn waiting(facts: &Facts, now: Timestamp) -> Vec<String> {
    let of_root = facts.waits.iter().filter(|(_, wait)| wait.owner == Subject::Root);
    of_root.map(|(key, wait)| sentence(facts, key, wait, now)).collect()
}

fn sentence(facts: &Facts, key: &str, wait: &Wait, now: Timestamp) -> String {
    let short = key.get(key.len().saturating_sub(4)..).unwrap_or(key);
    let found = facts.root_keys.known().and_then(|keys| keys.iter().find(|found| found.id == *key));
    if found.is_some_and(was_never_used) {
        let since = ago(wait.since, now);
        return format!("…{short} was deactivated {since}, and has never been used: delete it without waiting.");
    }
    let since = format!("…{short} was deactivated {}, and waits for deletion.", ago(wait.since, now));
    let used = match found.map(|found| &found.last_used) {
        Some(Reading::Known { value: Some(used), .. }) if used.at > wait.since => {
            format!("It was used since: {}, {} in {}.", ago(used.at, now), used.service, used.region)
        }
        Some(Reading::Known { .. }) => "IAM has recorded no use since.".into(),
        _ => "Use since then is unknown.".into(),
    };
    let then = if is_over(wait, now) {
        "It has waited long enough: if nothing stopped working, delete it.".to_owned()
    } else {
        format!("Wait until {}, longer if something runs once a month.", wait.until.date())
    };
    format!("{since} {used} {then}")
}

fn is_over(wait: &Wait, now: Timestamp) -> bool {
    wait.until <= now
}

/// Whether IAM shows no use of the key at all, so nobody can miss it.
fn was_never_used(key: &AccessKey) -> bool {
    matches!(key.last_used, Reading::Known { value: None, .. })
}

/// Whether `key` is inactive and should stay so for longer.
pub(in crate::steps) fn waits_on(facts: &Facts, key: &AccessKey, now: Timestamp) -> bool {
    !was_never_used(key) && facts.waits.get(&key.id).is_some_and(|wait| !is_over(wait, now))
}

/// The last use of `key`, if it was recent or is unknown.
pub(in crate::steps) fn late_use(key: &AccessKey, now: Timestamp) -> Option<String> {
    if key.last_used.known().is_none() {
        return Some(format!("The last use of …{} could not be read: it may be in use.", key.last_four()));
    }
    let used = key.late_use(now)?;
    Some(format!("…{} was used {}, for {} in {}.", key.last_four(), ago(used.at, now), used.service, used.region))
}

/// A note before an inactive key is deleted that was used recently.
pub(in crate::steps) fn before_deletion(facts: &Facts, key: &AccessKey, now: Timestamp) -> Option<String> {
    let used = late_use(key, now)?;
    Some(match facts.waits.get(&key.id) {
        Some(wait) if !is_over(wait, now) => format!(
            "{used} It has been inactive only since {}: wait until {}, longer if something runs once a month.",
            wait.since.date(),
            wait.until.date()
        ),
        Some(_) => format!("{used} It has been inactive long enough, if nothing stopped working."),
        None => format!("{used} A deleted key can't be restored. Find out who used it first."),
    })
}
