//! A user's access keys: deactivate, watch, delete.

use super::super::root_keys::{before_deletion, late_use, waits_on};
use super::super::{Action, ActionId, Call, Consent, Plan};
use super::action;
use super::alike::is_unused;
use super::findings::{Finding, What};
use super::guard::{Guard, Loss};
use crate::account::age::ago;
use crate::account::facts::{AccessKey, KeyStatus};
use crate::account::{Change, Facts, Subject, Timestamp, Traced};

/// Actions for `key`.
pub(super) fn actions(
    finding: &Finding<'_>,
    key: &AccessKey,
    alike: &[&Finding<'_>],
    guard: &Guard<'_>,
    now: Timestamp,
) -> Vec<Action> {
    let blocked = || finding.loss().and_then(|loss| guard.blocks(&[loss]));
    let who = || action(ActionId::Examine, "Who uses it?", None);
    let watched = || action(ActionId::Deactivate, "Deactivate and watch", blocked());
    let delete = || action(ActionId::Delete, "Delete", blocked());
    let activate = || action(ActionId::Activate, "Activate again", None);
    let watch = || action(ActionId::Watch, "Watch", None);
    if key.status != KeyStatus::Active {
        return if waits_on(guard.facts, key, now) {
            vec![watch(), activate(), who(), delete()]
        } else {
            vec![delete(), activate(), who(), watch()]
        };
    }
    if is_unused(key, now) {
        let mut actions = vec![action(ActionId::Deactivate, "Deactivate", blocked())];
        if alike.len() > 1 {
            let losses: Vec<Loss<'_>> = alike.iter().filter_map(|finding| finding.loss()).collect();
            let label = format!("Deactivate {} unused keys", alike.len());
            actions.push(action(ActionId::DeactivateAll, label, guard.blocks(&losses)));
        }
        actions.extend([delete(), who()]);
        return actions;
    }
    // Find out first who uses the key. After that, the person decides.
    if guard.facts.traces.contains_key(&Traced::Key(key.id.clone())) {
        vec![watched(), who()]
    } else {
        vec![who(), watched()]
    }
}

/// Notes about `key`.
pub(super) fn notes(finding: &Finding<'_>, key: &AccessKey, facts: &Facts, now: Timestamp) -> Vec<String> {
    let made = key.created.map_or_else(String::new, |at| format!(", made {}", at.date()));
    let mut notes = vec![format!("{} of {}{made}.", key.id, finding.user)];
    match (&key.status, key.recent_use(now)) {
        (KeyStatus::Active, Some(used)) => notes.push(format!(
            "It was used {}: {} in {}. Find out who uses it. {} must first move to a role or a new key: only the owner can do that.",
            ago(used.at, now), used.service, used.region, finding.user
        )),
        (KeyStatus::Inactive, _) if waits_on(facts, key, now) => {
            let since = facts.waits.get(&key.id).map_or_else(String::new, |wait| format!(" since {}", wait.since.date()));
            notes.push(format!("It is inactive{since}. Watch what stops working, then delete it."));
        }
        _ => {}
    }
    notes
}

/// Why nothing can be done about the key.
pub(super) fn unread_notes(finding: &Finding<'_>, facts: &Facts) -> Vec<String> {
    let failure = facts.user_keys.get(&finding.user).and_then(|reading| reading.failure());
    failure.map(|failure| format!("The keys of {} could not be read: {failure}", finding.user)).into_iter().collect()
}

/// The plan for `action` on these keys.
pub(super) fn plan(
    action: ActionId,
    concerned: &[&Finding<'_>],
    facts: &Facts,
    guard: &Guard<'_>,
    as_of: Timestamp,
) -> Result<Plan, String> {
    let losses: Vec<Loss<'_>> = concerned.iter().filter_map(|finding| finding.loss()).collect();
    if let Some(why) = guard.blocks(&losses) {
        return Err(why);
    }
    let keys: Vec<(&str, &AccessKey)> = concerned.iter().filter_map(|finding| of(finding)).collect();
    let calls: Vec<Call> = keys.iter().filter_map(|(user, key)| call(action, user, key, as_of)).collect();
    if calls.is_empty() {
        return Err("Nothing to do: the keys have changed since.".into());
    }
    let deletes = action == ActionId::Delete;
    let mut notes = Vec::new();
    if deletes {
        notes.push("A deleted key can't be restored.".to_owned());
        notes.extend(keys.iter().filter_map(|(_, key)| before_deletion(facts, key, as_of)));
    } else if action != ActionId::Activate {
        notes.extend(keys.iter().filter_map(|(_, key)| late_use(key, as_of)));
        notes.push("Programs that use it stop working at once. You can activate it again.".into());
    }
    notes.extend(guard.words(&losses));
    let consent = match keys.as_slice() {
        [(_, only)] if deletes => Consent::Typed {
            what: format!("the last four characters of the key: {}", only.last_four()),
            expected: only.last_four().to_owned(),
        },
        _ => Consent::Careful,
    };
    Ok(Plan { title: title(action, &keys), calls, notes, consent, ..Plan::default() })
}

fn of<'f>(finding: &'f Finding<'_>) -> Option<(&'f str, &'f AccessKey)> {
    match finding.what {
        What::Key(key) => Some((&finding.user, key)),
        _ => None,
    }
}

fn call(action: ActionId, user: &str, key: &AccessKey, now: Timestamp) -> Option<Call> {
    let owner = Subject::User(user.to_owned());
    let before = key.status.wire();
    let is_active = key.status == KeyStatus::Active;
    let set = |status: KeyStatus| {
        let after = status.wire().to_owned();
        Call::new(Change::SetKeyStatus { owner: owner.clone(), key: key.id.clone(), status }, "Status", before, after)
    };
    match action {
        ActionId::Deactivate | ActionId::DeactivateAll => is_active.then(|| set(KeyStatus::Inactive)),
        ActionId::Activate => (!is_active).then(|| set(KeyStatus::Active)),
        // A key in use is never deleted first.
        ActionId::Delete if is_active && !is_unused(key, now) => None,
        ActionId::Delete => {
            let change = Change::DeleteKey { owner: owner.clone(), key: key.id.clone() };
            Some(Call::new(change, "Access key", before, "gone for good"))
        }
        _ => None,
    }
}

fn title(action: ActionId, keys: &[(&str, &AccessKey)]) -> String {
    let verb = match action {
        ActionId::Activate => "Activate again",
        ActionId::Delete => "Delete",
        _ => "Deactivate",
    };
    match keys {
        [(user, key)] => format!("{verb} the key …{} of {user}", key.last_four()),
        several => format!("{verb} {} unused keys", several.len()),
    }
}
