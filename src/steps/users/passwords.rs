//! Console passwords of users: deleted if unused, protected with MFA if used.

use super::super::administrator::device;
use super::super::{Action, ActionId, Call, Consent, Plan};
use super::findings::{Finding, What};
use super::guard::{Guard, Loss};
use super::{account_typed, action};
use crate::account::{Change, Facts};
use crate::steps::signed_in;

/// Actions for the password of `finding`.
pub(super) fn actions(finding: &Finding<'_>, alike: &[&Finding<'_>], guard: &Guard<'_>) -> Vec<Action> {
    let What::Password(password) = finding.what else { return Vec::new() };
    let delete = action(ActionId::Delete, "Delete password", guard.blocks(&[Loss::Password(&finding.user)]));
    let mut first = Vec::new();
    if password.is_unused {
        first.push(delete.clone());
        if alike.len() > 1 {
            let label = format!("Delete {} unused passwords", alike.len());
            first.push(action(ActionId::DeleteAll, label, guard.blocks(&losses(alike))));
        }
    }
    if password.lacks_mfa {
        first.push(action(ActionId::EnrolMfa, "Set up MFA together", None));
        first.push(action(ActionId::Message, "Message to send", None));
        first.push(action(ActionId::AllowSelfService, "Allow self-service", None));
    }
    if !password.is_unused {
        first.push(delete);
    }
    // Blocked actions come last, so that Enter chooses one that works.
    first.sort_by_key(|action| action.blocked.is_some());
    first
}

fn losses<'f>(concerned: &[&'f Finding<'_>]) -> Vec<Loss<'f>> {
    concerned.iter().filter_map(|finding| finding.loss()).collect()
}

pub(super) fn notes(finding: &Finding<'_>) -> Vec<String> {
    let What::Password(password) = finding.what else { return Vec::new() };
    let user = &finding.user;
    let mut notes = Vec::new();
    if password.lacks_mfa {
        notes.push(format!(
            "MFA needs {user}'s own phone or passkey. {user} scans the QR code here, beside you, or follows the message, if a policy allows it (\"Allow self-service\"). The row disappears once AWS shows the device."
        ));
    }
    if password.is_unused {
        notes.push(format!("If {user} has left, delete the password: then nobody can sign in to the console as {user}. Access keys have their own rows."));
    }
    notes
}

/// The plan for `action` on these passwords.
pub(super) fn plan(
    action: ActionId,
    picked: &Finding<'_>,
    concerned: &[&Finding<'_>],
    facts: &Facts,
    guard: &Guard<'_>,
) -> Result<Plan, String> {
    if action == ActionId::EnrolMfa {
        return enrol(&picked.user, facts);
    }
    let losses = losses(concerned);
    if let Some(why) = guard.blocks(&losses) {
        return Err(why);
    }
    let call = |finding: &&Finding<'_>| {
        Call::new(Change::DeleteLoginProfile { user: finding.user.clone() }, "Console password", "set", "gone for good")
    };
    let mut notes = vec!["Access keys and MFA devices stay as they are. A new password can be set later.".to_owned()];
    notes.extend(guard.words(&losses));
    let (title, consent) = match concerned {
        [only] => {
            let expected = only.user.clone();
            let typed = Consent::Typed { what: format!("the user's name: {expected}"), expected };
            (format!("Delete the console password of {}", only.user), typed)
        }
        several => (format!("Delete {} unused console passwords", several.len()), account_typed(facts)),
    };
    Ok(Plan { title, calls: concerned.iter().map(call).collect(), notes, consent, ..Plan::default() })
}

/// A plan that creates a virtual device for `user`. Its QR code follows.
fn enrol(user: &str, facts: &Facts) -> Result<Plan, String> {
    let caller = signed_in(facts)?;
    let calls = device::calls_for(user, caller, facts, &mut Vec::new())?;
    if calls.is_empty() {
        return Err(format!("{user} has an MFA device now."));
    }
    let notes = vec![format!("{user} must be beside you to scan the QR code with their own app.")];
    Ok(Plan { title: format!("Set up MFA for {user}"), calls, notes, ..Plan::default() })
}
