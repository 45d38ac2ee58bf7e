//! A record of the user's own sign-in, for somebody who asks whether it is done. It contains no secret.

use super::super::{Action, ActionId};
use super::{devices, keys, sign_in};
use crate::account::Facts;
use crate::account::change::device_name;
use crate::account::facts::{AccessKey, MfaDevice};
use crate::account::moment::{day, minute};

pub(super) fn offer() -> Action {
    Action { id: ActionId::Message, label: "Record to send".into(), blocked: None }
}

/// The state that AWS shows. The page adds the changes.
pub(super) fn of(facts: &Facts) -> String {
    let caller = facts.caller.known();
    let account = caller.map_or("", |caller| caller.account.as_str());
    let user = facts.own_name().unwrap_or_default();
    let read = facts.caller.at().map_or(String::new(), |at| format!(" on {} UTC", minute(at)));
    let unread = || vec!["could not be read".to_owned()];
    let mfa = devices(facts).map_or_else(unread, |devices| devices.iter().map(device).collect());
    let password = match sign_in(facts).and_then(|sign_in| sign_in.password.known()) {
        None => "could not be read",
        Some(None) => "none",
        Some(Some(profile)) if profile.reset_required => "set by somebody else, and to be changed",
        Some(Some(_)) => "set",
    };
    let keys = keys(facts).map_or_else(unread, |keys| keys.iter().map(key).collect());
    format!(
        "The sign-in of {user} in AWS account {account}, as AWS showed it{read}:\n\n\
         MFA: {}\nConsole password: {password}\nAccess keys: {}\n",
        list(&mfa),
        list(&keys),
    )
}

fn list(items: &[String]) -> String {
    if items.is_empty() { "none".to_owned() } else { items.join("; ") }
}

fn device(device: &MfaDevice) -> String {
    let since = device.enabled.map_or(String::new(), |at| format!(", since {}", day(at)));
    format!("{} ({}{since})", device_name(&device.serial), device.kind())
}

fn key(key: &AccessKey) -> String {
    let created = key.created.map_or(String::new(), |at| format!(", made {}", day(at)));
    format!("{} ({}{created})", key.id, key.status.wire().to_lowercase())
}
