//! The user's own access keys: create a new one, deactivate the old one, watch, delete it later. The key that signs this
//! session stays, or nothing could sign.

use super::super::root_keys::{before_deletion, late_use, waits_on};
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
    let (delete, activate) = (action(ActionId::Delete, "Delete"), action(ActionId::Activate, "Activate again"));
    let watch = Action { id: ActionId::Watch, label: "Watch".into(), blocked: None };
    if key.status != KeyStatus::Active {
        let waits = waits_on(facts, key, now);
        return if waits { vec![watch, activate, examine, delete] } else { vec![delete, activate, examine, watch] };
    }
    let new = (all.len() < MAX_KEYS && (signs || is_old(key, now, facts))).then(|| offer_new(facts));
    // A key that may be in use is deactivated and watched first, old or not, as any user's is.
    let rest = if key.may_be_in_use(now) {
        vec![action(ActionId::Deactivate, "Deactivate and watch"), examine]
    } else {
        vec![action(ActionId::Deactivate, "Deactivate"), delete, examine]
    };
    new.into_iter().chain(rest).collect()
}

/// A note about one key.
pub(super) fn note(caller: &Caller, place: usize, facts: &Facts) -> Option<String> {
    let key = keys(facts)?.get(place)?;
    let short = key.last_four();
    if caller.signed_with(&key.id) {
        return Some(format!("…{short} signs this session: delete it last."));
    }
    let since = facts.waits.get(&key.id).map_or_else(String::new, |wait| format!(" since {}", wait.since.date()));
    (key.status != KeyStatus::Active).then(|| {
        format!("…{short} is inactive{since}: AWS refuses it. Wait until every job has run once, then delete it.")
    })
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
    let mut notes: Vec<String> = alone.into_iter().collect();
    let (title, call, consent) = match action {
        ActionId::Activate => (format!("Activate your key …{short}"), set(KeyStatus::Active), Consent::Careful),
        ActionId::Delete => {
            notes.push("A deleted key can't be restored.".into());
            notes.extend(before_deletion(facts, key, as_of));
            let change = Change::DeleteKey { owner: owner.clone(), key: id.clone() };
            let what = format!("the last four characters of the key: {short}");
            (
                format!("Delete your key …{short}"),
                Call::new(change, "Access key", key.status.wire(), "gone for good"),
                Consent::Typed { what, expected: short.to_owned() },
            )
        }
        _ => {
            notes.extend(late_use(key, as_of));
            notes.push("Programs that use it stop working at once. You can activate it again.".into());
            (format!("Deactivate your key …{short}"), set(KeyStatus::Inactive), Consent::Careful)
        }
    };
    Ok(Plan { title, calls: vec![call], notes, consent, ..Plan::default() })
}

fn works(key: &AccessKey) -> bool {
    key.status == KeyStatus::Active
}

#[cfg(test)]
mod tests {
    use super::super::super::{Plan, Step};
    use super::super::OwnSignIn;
    use super::*;
    use crate::account::facts::{LastUse, Wait};
    use crate::account::{Credential, CredentialKind, Principal};
    use time::Duration;

    const NOW: Timestamp = time::macros::datetime!(2026-11-21 12:00:00 UTC);
    const ROW: usize = 2;

    fn key(status: KeyStatus, last_used: Reading<Option<LastUse>>) -> AccessKey {
        AccessKey { id: "AKIAOWNKEY".into(), status, created: Some(NOW - Duration::days(800)), last_used }
    }

    fn used(at: Timestamp) -> Reading<Option<LastUse>> {
        let used = LastUse { at, service: "s3".into(), region: "eu-west-1".into() };
        Reading::Known { value: Some(used), at: NOW }
    }

    fn never() -> Reading<Option<LastUse>> {
        Reading::Known { value: None, at: NOW }
    }

    /// Dana, who came with `aws login`, and her keys.
    fn facts(keys: Vec<AccessKey>) -> Facts {
        let arn = "arn:aws:iam::123456789012:user/dana";
        let caller = Caller {
            account: "123456789012".into(),
            arn: arn.into(),
            principal: Principal::of_arn(arn),
            credential: Credential {
                access_key_id: "ASIASESSION".into(),
                kind: CredentialKind::Temporary,
                source: "the test".into(),
                base: None,
            },
            clock_ahead: None,
        };
        Facts {
            caller: Reading::Known { value: caller, at: NOW },
            user_keys: [("dana".to_owned(), Reading::Known { value: keys, at: NOW })].into(),
            ..Facts::default()
        }
    }

    fn offered(facts: &Facts) -> Vec<ActionId> {
        OwnSignIn.view(facts, ROW, NOW).actions.into_iter().map(|action| action.id).collect()
    }

    fn planned(action: ActionId, facts: &Facts) -> Result<Plan, String> {
        OwnSignIn.plan(action, ROW, None, facts, NOW)
    }

    #[test]
    fn an_old_key_in_use_or_of_unread_use_is_not_deleted_before_it_was_deactivated() {
        use ActionId::{Deactivate, Delete, Examine, NewKey};
        for last_used in [used(NOW - Duration::hours(1)), Reading::Unread] {
            let facts = facts(vec![key(KeyStatus::Active, last_used)]);
            assert_eq!(offered(&facts), [NewKey, Deactivate, Examine]);
            assert!(planned(Delete, &facts).is_err());
            assert!(planned(Deactivate, &facts).is_ok());
        }
        let unused = facts(vec![key(KeyStatus::Active, never())]);
        assert_eq!(offered(&unused), [NewKey, Deactivate, Delete, Examine]);
        assert!(planned(Delete, &unused).is_ok());
    }

    #[test]
    fn of_two_keys_the_one_whose_use_was_not_read_is_not_deleted_first() {
        let other = AccessKey { id: "AKIAOTHER".into(), ..key(KeyStatus::Active, never()) };
        let facts = facts(vec![key(KeyStatus::Active, Reading::Unread), other]);
        assert!(planned(ActionId::Delete, &facts).is_err());
    }

    #[test]
    fn a_deactivated_key_is_watched_first_and_deleted_once_it_has_waited() {
        let mut facts = facts(vec![key(KeyStatus::Inactive, used(NOW - Duration::days(2)))]);
        let owner = Subject::User("dana".into());
        let wait = |until| Wait { owner: owner.clone(), since: NOW - Duration::days(1), until };
        facts.waits = [("AKIAOWNKEY".to_owned(), wait(NOW + Duration::days(13)))].into();
        assert_eq!(offered(&facts)[0], ActionId::Watch);
        let plan = planned(ActionId::Delete, &facts).expect("it no longer works, so it may be deleted");
        assert!(plan.notes.iter().any(|note| note.contains("wait until 2026-12-04")), "{:?}", plan.notes);
        facts.waits = [("AKIAOWNKEY".to_owned(), wait(NOW))].into();
        assert_eq!(offered(&facts)[0], ActionId::Delete);
    }
}
