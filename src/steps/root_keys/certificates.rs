//! Removes root's signing certificates, credentials for AWS's old SOAP interfaces. Pure.

use super::super::{Action, ActionId, Call, Consent, Plan};
use crate::account::age::age;
use crate::account::facts::{KeyStatus, SigningCertificate};
use crate::account::{Change, Facts, Subject, Timestamp};

pub(super) fn all(facts: &Facts) -> &[SigningCertificate] {
    facts.root_certificates.known().map_or(&[], Vec::as_slice)
}

pub(super) fn rows(facts: &Facts, now: Timestamp) -> impl Iterator<Item = Vec<String>> {
    all(facts).iter().map(move |found| {
        let made = found.uploaded.map_or("?".into(), |at| age(at, now));
        vec![found.id.clone(), found.status.wire().to_lowercase(), made, "signing certificate".into()]
    })
}

pub(super) fn note(found: &SigningCertificate) -> String {
    format!(
        "…{} is a signing certificate, for AWS's old SOAP interfaces and tools. AWS does not say when it was last used.",
        found.last_four()
    )
}

pub(super) fn actions(found: &SigningCertificate) -> Vec<Action> {
    let offered = match found.status {
        KeyStatus::Active => [ActionId::Deactivate, ActionId::Delete],
        _ => [ActionId::Delete, ActionId::Activate],
    };
    let action = |id| Action { id, label: super::plan::verb(id).into(), blocked: None };
    // An expired certificate can't be activated again.
    let makes_sense = |id: &ActionId| *id != ActionId::Activate || found.status == KeyStatus::Inactive;
    offered.into_iter().filter(makes_sense).map(action).collect()
}

/// The plan for `action`.
///
/// # Errors
/// A sentence: why there is nothing to do.
pub(super) fn plan(action: ActionId, found: &SigningCertificate) -> Result<Plan, String> {
    let before = found.status.wire();
    let set = |status: KeyStatus| {
        let after = status.wire().to_owned();
        let change = Change::SetCertificateStatus { owner: Subject::Root, certificate: found.id.clone(), status };
        Call::new(change, "Status", before, after)
    };
    let call = match (action, &found.status) {
        (ActionId::Deactivate, KeyStatus::Active) => set(KeyStatus::Inactive),
        (ActionId::Activate, KeyStatus::Inactive) => set(KeyStatus::Active),
        (ActionId::Delete, _) => {
            let change = Change::DeleteCertificate { owner: Subject::Root, certificate: found.id.clone() };
            Call::new(change, "Signing certificate", before, "gone for good")
        }
        _ => return Err("Nothing to do: the certificate has changed since.".into()),
    };
    let (consent, note) = match action {
        ActionId::Delete => (
            Consent::Typed {
                what: format!("the last four characters of the certificate's id: {}", found.last_four()),
                expected: found.last_four().to_owned(),
            },
            "A deleted certificate can't be restored.",
        ),
        _ => (Consent::Careful, "Programs that use it stop working at once. You can activate it again."),
    };
    let title = format!("{} root's signing certificate", super::plan::verb(action));
    Ok(Plan { title, calls: vec![call], notes: vec![note.into()], consent, ..Plan::default() })
}
