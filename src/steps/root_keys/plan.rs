//! The plan for root's access keys: its calls, notes and consent, and why a key may not go yet.

use super::{keys, signs_session, waiting};
use crate::account::facts::{AccessKey, KeyStatus};
use crate::account::second_way::second_way;
use crate::account::{Change, Facts, Subject, Timestamp};
use crate::checks::{self, Verdict};
use crate::steps::{ActionId, Call, Consent};

/// Why the key that signs this session can't be changed yet.
pub(super) fn last_one(action: ActionId, key: &AccessKey, keys: &[AccessKey], facts: &Facts) -> Option<String> {
    if action == ActionId::Examine {
        return None;
    }
    if action != ActionId::Delete {
        return Some(format!(
            "This session is signed with …{}: once deactivated, this session could not activate it again.",
            key.last_four()
        ));
    }
    if keys.len() > 1 {
        return Some("This session is signed with this key: delete the other key first.".into());
    }
    if !administrators_pass(facts) {
        return Some(
            "This session is signed with this key: delete it last, once an administrator can sign in with MFA (the step Administrator)."
                .into(),
        );
    }
    if second_way(facts).is_none() {
        return Some(
            "This session is signed with this key: delete it last, once another way to sign in is proven (i).".into(),
        );
    }
    None
}

/// Whether an administrator other than root can sign in with MFA.
pub(super) fn administrators_pass(facts: &Facts) -> bool {
    let passes = |id: &&str| checks::control(id).is_some_and(|control| control.assess(facts).verdict == Verdict::Pass);
    ["administrator", "administrator-mfa"].iter().all(passes)
}

pub(super) fn verb(action: ActionId) -> &'static str {
    match action {
        ActionId::Deactivate => "Deactivate",
        ActionId::Activate => "Activate again",
        _ => "Delete",
    }
}

pub(super) fn call(action: ActionId, key: &AccessKey) -> Option<Call> {
    let owner = Subject::Root;
    let before = key.status.wire();
    let set = |status: KeyStatus| {
        let after = status.wire().to_owned();
        Call::new(Change::SetKeyStatus { owner: Subject::Root, key: key.id.clone(), status }, "Status", before, after)
    };
    match action {
        ActionId::Deactivate => (key.status == KeyStatus::Active).then(|| set(KeyStatus::Inactive)),
        ActionId::Activate => (key.status == KeyStatus::Inactive).then(|| set(KeyStatus::Active)),
        ActionId::Delete => {
            Some(Call::new(Change::DeleteKey { owner, key: key.id.clone() }, "Access key", before, "gone for good"))
        }
        ActionId::DeactivateAll
        | ActionId::DeleteAll
        | ActionId::Message
        | ActionId::FillIn
        | ActionId::HandOff
        | ActionId::EnrolMfa
        | ActionId::ResyncMfa
        | ActionId::Answer
        | ActionId::AskAws
        | ActionId::MakePassword
        | ActionId::ChangePassword
        | ActionId::NewKey
        | ActionId::MfaSession
        | ActionId::DeleteDevice
        | ActionId::ResetPassword
        | ActionId::MoveToGroup
        | ActionId::MoveToNewGroup
        | ActionId::ReducePermissions
        | ActionId::AllowSelfService
        | ActionId::MarkReviewed
        | ActionId::AddDailyUser
        | ActionId::DetachFromUser
        | ActionId::Examine
        | ActionId::Watch
        | ActionId::PrimaryContact
        | ActionId::SendPhoneCode
        | ActionId::EnterPhoneCode
        | ActionId::AccountAlias
        | ActionId::DeleteContact
        | ActionId::TurnOn
        | ActionId::TurnOnAll
        | ActionId::ByHand
        | ActionId::RestoreContact => None,
    }
}

pub(super) fn title(action: ActionId, count: usize) -> String {
    let keys = if count == 1 { "root's access key".to_owned() } else { format!("{count} of root's access keys") };
    format!("{} {keys}", verb(action))
}

pub(super) fn consent(action: ActionId, picked: &[&AccessKey], facts: &Facts) -> Consent {
    match (action, picked) {
        (ActionId::Delete, [only]) => Consent::Typed {
            what: format!("the last four characters of the key: {}", only.last_four()),
            expected: only.last_four().to_owned(),
        },
        (ActionId::Delete, _) => {
            let account = facts.caller.known().map(|caller| caller.account.clone()).unwrap_or_default();
            Consent::Typed { what: format!("the account's number: {account}"), expected: account }
        }
        _ => Consent::Careful,
    }
}

pub(super) fn plan_notes(action: ActionId, picked: &[&AccessKey], facts: &Facts, as_of: Timestamp) -> Vec<String> {
    let mut notes = Vec::new();
    if action == ActionId::Delete {
        notes.push("A deleted key can't be restored.".into());
        // lockroot itself uses the key that signs this session with every call.
        let others = picked.iter().filter(|key| !signs_session(facts, key));
        notes.extend(others.filter_map(|key| waiting::before_deletion(facts, key, as_of)));
    }
    if action == ActionId::Delete && picked.len() == keys(facts).len() && !administrators_pass(facts) {
        notes.push(
            "No administrator is known to be able to sign in with MFA. Without this key, root's sign-in is the only way in."
                .into(),
        );
    }
    if action == ActionId::Deactivate {
        notes.extend(picked.iter().filter_map(|key| waiting::late_use(key, as_of)));
        notes.push("Programs that use it stop working at once. You can activate it again.".into());
    }
    if picked.iter().any(|key| signs_session(facts, key)) {
        notes.push(
            "This session ends with the key, as planned. Then sign in as the administrator, who sees that the key is gone.".into(),
        );
    }
    notes
}
