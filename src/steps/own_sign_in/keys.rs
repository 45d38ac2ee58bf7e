//! The user's own access keys: create a new one, deactivate the old one, delete it later. The key that signs this
//! session stays, or nothing could sign.

use super::super::{Action, ActionId, Call, Consent, Plan};
use super::own::is_old;
use super::{READ_AGAIN, keys};
use crate::account::age::{age, ago};
use crate::account::facts::{AccessKey, KeyStatus};
use crate::account::{Caller, Change, Facts, Reading, Subject, Timestamp};

/// Maximum number of access keys per user. Source: "IAM and AWS STS quotas".
const MAX_KEYS: usize = 2;

/// The action that creates a key.
pub(super) fn offer_new(facts: &Facts) -> Action {
    let full = keys(facts).is_some_and(|keys| keys.len() >= MAX_KEYS);
    let blocked = full.then(|| format!("You have {MAX_KEYS} access keys already, the maximum. Delete one first."));
    Action { id: ActionId::NewKey, label: "New access key".into(), blocked }
}

/// The actions for one key, most useful first.
pub(super) fn offers(caller: &Caller, place: usize, facts: &Facts, now: Timestamp) -> Vec<Action> {
    let Some((key, all)) = keys(facts).and_then(|keys| Some((keys.get(place)?, keys))) else { return Vec::new() };
    let signs = caller.signed_with(&key.id);
    let blocked = signs.then(|| {
        format!("…{} signs this session. Create a new key and sign in with it (s, where it is shown), or sign in with `aws login`. Then you can remove this one.", key.last_four())
    });
    let action = |id, label: &str| Action { id, label: label.into(), blocked: blocked.clone() };
    let examine = Action { id: ActionId::Examine, label: "Who uses it?".into(), blocked: None };
    let (deactivate, delete) = (action(ActionId::Deactivate, "Deactivate"), action(ActionId::Delete, "Delete"));
    match key.status {
        KeyStatus::Active if all.len() < MAX_KEYS && (signs || is_old(key, now, facts)) => {
            vec![offer_new(facts), deactivate, delete, examine]
        }
        // What is in use goes in two steps, as everybody's does.
        KeyStatus::Active if key.recent_use(now).is_some() => vec![deactivate, examine],
        KeyStatus::Active => vec![deactivate, delete, examine],
        _ => vec![delete, action(ActionId::Activate, "Activate again"), examine],
    }
}

/// A note about one key.
pub(super) fn note(caller: &Caller, place: usize, facts: &Facts) -> Option<String> {
    let key = keys(facts)?.get(place)?;
    let short = key.last_four();
    if caller.signed_with(&key.id) {
        return Some(format!("…{short} signs this session: delete it last."));
    }
    let is_off = key.status != KeyStatus::Active;
    is_off
        .then(|| format!("…{short} is deactivated: AWS refuses it. Wait until every job has run once, then delete it."))
}

/// Cells of one key's row.
pub(super) fn cells(place: usize, facts: &Facts, now: Timestamp) -> Vec<String> {
    let Some(key) = keys(facts).and_then(|keys| keys.get(place)) else { return Vec::new() };
    let used = match &key.last_used {
        _ if facts.caller.known().is_some_and(|caller| caller.signed_with(&key.id)) => "now, by this session".into(),
        Reading::Known { value: None, .. } => "never".into(),
        Reading::Known { value: Some(used), .. } => format!("{} {} {}", ago(used.at, now), used.service, used.region),
        Reading::Unread | Reading::Failed(_) | Reading::Closed(_) => "could not be read".into(),
    };
    vec![key.id.clone(), key.status.wire().to_lowercase(), key.created.map_or("?".into(), |at| age(at, now)), used]
}

/// The plan that creates a key.
pub(super) fn plan_new(user: &str, facts: &Facts) -> Plan {
    let before = match keys(facts).map(<[_]>::len) {
        None => "not known".to_owned(),
        Some(0) => "none".to_owned(),
        Some(count) => format!("{count}"),
    };
    Plan {
        title: "A new access key of your own".into(),
        calls: vec![Call::new(Change::CreateKey { user: user.to_owned() }, "Your access keys", before, "one more")],
        notes: vec![
            "AWS shows its secret only once. You can save it as a profile, and sign in with it here.".into(),
            "For use on this machine only, `aws login` needs no key.".into(),
        ],
        consent: Consent::Plain,
        ..Plan::default()
    }
}

/// The plan for `action` on one key.
pub(super) fn plan(
    action: ActionId,
    user: &str,
    place: usize,
    facts: &Facts,
    as_of: Timestamp,
) -> Result<Plan, String> {
    let key = keys(facts)
        .and_then(|keys| keys.get(place))
        .ok_or_else(|| format!("That key no longer exists. {READ_AGAIN}"))?;
    let (owner, id, short) = (Subject::User(user.to_owned()), key.id.clone(), key.last_four());
    let set = |status: KeyStatus| {
        let after = status.wire().to_owned();
        let change = Change::SetKeyStatus { owner: owner.clone(), key: id.clone(), status };
        Call::new(change, "Status", key.status.wire(), after)
    };
    let others = keys(facts).is_some_and(|keys| keys.iter().any(|other| other.id != key.id && works(other)));
    let alone = (!others && key.status == KeyStatus::Active)
        .then(|| "You have no other active access key. Programs that need one stop working.".to_owned());
    let used = key.recent_use(as_of).map(|used| {
        format!(
            "It was used {}, for {} in {}. Programs that still use it stop working at once.",
            ago(used.at, as_of),
            used.service,
            used.region
        )
    });
    let mut notes: Vec<String> = alone.into_iter().chain(used).collect();
    let (title, call, consent) = match action {
        ActionId::Activate => (format!("Activate your key …{short}"), set(KeyStatus::Active), Consent::Careful),
        ActionId::Delete => {
            notes.push("A deleted key can't be restored.".into());
            let change = Change::DeleteKey { owner: owner.clone(), key: id.clone() };
            let what = format!("the last four characters of the key: {short}");
            (
                format!("Delete your key …{short}"),
                Call::new(change, "Access key", key.status.wire(), "gone for good"),
                Consent::Typed { what, expected: short.to_owned() },
            )
        }
        _ => {
            notes.push("You can activate it again.".into());
            (format!("Deactivate your key …{short}"), set(KeyStatus::Inactive), Consent::Careful)
        }
    };
    Ok(Plan { title, calls: vec![call], notes, consent, ..Plan::default() })
}

fn works(key: &AccessKey) -> bool {
    key.status == KeyStatus::Active
}
