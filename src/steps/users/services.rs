//! Service-specific credentials. AWS does not record their last use, so each is deactivated first and deleted
//! later.

use super::super::{Action, ActionId, Call, Consent, Plan};
use super::action;
use super::findings::{Finding, What};
use crate::account::Change;
use crate::account::facts::{KeyStatus, ServiceCredential};

pub(super) const NOTE: &str =
    "AWS does not say when such a credential was last used. Deactivate it, watch what stops working, then delete it.";

pub(super) fn actions(credential: &ServiceCredential) -> Vec<Action> {
    match credential.status {
        KeyStatus::Active => vec![action(ActionId::Deactivate, "Deactivate", None)],
        _ => vec![action(ActionId::Delete, "Delete", None), action(ActionId::Activate, "Activate again", None)],
    }
}

pub(super) fn plan(action: ActionId, concerned: &[&Finding<'_>]) -> Result<Plan, String> {
    let [Finding { what: What::Service(credential), .. }] = concerned else {
        return Err("Nothing to do: the credential no longer exists.".into());
    };
    let (user, id) = (credential.user.clone(), credential.id.clone());
    let before = credential.status.wire();
    let service = &credential.service;
    let set = |status: KeyStatus| {
        let after = status.wire().to_owned();
        let change = Change::SetServiceCredentialStatus { user: user.clone(), credential: id.clone(), status };
        Call::new(change, "Status", before, after)
    };
    let careful = Consent::Careful;
    let (verb, call, note, consent) = match (action, &credential.status) {
        (ActionId::Deactivate, KeyStatus::Active) => {
            let note = "Programs that use it stop working at once. You can activate it again.";
            ("Deactivate", set(KeyStatus::Inactive), note, careful)
        }
        (ActionId::Activate, KeyStatus::Inactive) => {
            ("Activate again", set(KeyStatus::Active), "It works again at once.", careful)
        }
        // An active credential is deactivated before it is deleted.
        (ActionId::Delete, status) if *status != KeyStatus::Active => {
            let change = Change::DeleteServiceCredential { user: user.clone(), credential: id.clone() };
            let last_four = id.get(id.len().saturating_sub(4)..).unwrap_or(&id).to_owned();
            let what = format!("the last four characters of its id: {last_four}");
            let typed = Consent::Typed { what, expected: last_four };
            let call = Call::new(change, "Credential", before, "gone for good");
            ("Delete", call, "A deleted credential can't be restored.", typed)
        }
        _ => return Err("Nothing to do: the state of the credential has changed.".into()),
    };
    let title = format!("{verb} the {service} credential of {user}");
    Ok(Plan { title, calls: vec![call], notes: vec![note.into()], consent, ..Plan::default() })
}
