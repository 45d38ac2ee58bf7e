//! The page: what is yours, what of it fails, and what can be done about it.

use super::super::Row;
use super::super::Table;
use super::super::root_mfa::console_address;
use super::{Action, ActionId, Page, devices, mfa};
use crate::account::change::device_name;
use crate::account::{Facts, Failure, Fault, Reading, Timestamp};
use crate::checks::Verdict;

const WHY: &str = "Whoever has your password or your access key is you. MFA stops a stolen password; a new key ends what was copied of the old one. You can do both yourself.";

/// The page with row `item` of the table picked.
pub(super) fn of(facts: &Facts, _item: usize, _now: Timestamp) -> Page {
    let Some(caller) = facts.caller.known().filter(|_| facts.own_name().is_some()) else {
        let words = "Only an IAM user has a password, MFA devices and access keys of its own here.";
        return Page { why: WHY, notes: vec![words.into()], ..Page::default() };
    };
    let known = devices(facts);
    let mut notes = Vec::new();
    if let Some([only]) = known
        && only.shows_codes()
    {
        let address = console_address(facts);
        notes.push(format!("You have one MFA device. A second one helps on the day it is lost. A passkey is the best: no false page can ask for it. You add it in the console: {address}"));
    }
    let label = if known.is_some_and(|devices| !devices.is_empty()) { "Add a second device" } else { "Set up MFA" };
    let blocked = mfa::blocked(caller, known.unwrap_or_default(), facts);
    let enrol = Action { id: ActionId::EnrolMfa, label: label.into(), blocked };
    Page { why: WHY, rows: vec![mfa_row(facts)], table: table(facts), notes, actions: vec![enrol] }
}

/// What can be picked.
fn table(facts: &Facts) -> Table {
    let sign_in = facts.own_name().and_then(|name| facts.sign_in(name)).cloned().unwrap_or_default();
    let devices = match &sign_in.devices {
        Reading::Known { value, .. } => match value.as_slice() {
            [] => "none".to_owned(),
            [only] => device_name(&only.serial).to_owned(),
            several => format!("{} devices", several.len()),
        },
        other => in_a_word(other),
    };
    let password = match &sign_in.password {
        Reading::Known { value: Some(_), .. } => "set".to_owned(),
        Reading::Known { value: None, .. } => "none".to_owned(),
        other => in_a_word(other),
    };
    Table { heads: vec!["YOURS", "STATE"], rows: vec![vec!["MFA".into(), devices], vec!["password".into(), password]] }
}

/// Why there is nothing to say of it.
fn in_a_word<T>(reading: &Reading<T>) -> String {
    match reading {
        Reading::Failed(failure) if failure.fault == Fault::AccessDenied => "no access".into(),
        Reading::Failed(_) | Reading::Closed(_) => "could not be read".into(),
        Reading::Known { .. } | Reading::Unread => "reading…".into(),
    }
}

fn mfa_row(facts: &Facts) -> Row {
    let row = |value: String, verdict| Row { label: "You have MFA".into(), value, verdict };
    let read = facts.own_name().and_then(|name| facts.sign_in(name)).map(|sign_in| &sign_in.devices);
    match read {
        None | Some(Reading::Unread | Reading::Closed(_)) => row("reading…".into(), None),
        Some(Reading::Failed(failure)) => row(unread(failure), Some(Verdict::Unknown)),
        Some(Reading::Known { value, .. }) => match value.as_slice() {
            [] => row("You have no MFA device. Your password alone opens the console.".into(), Some(Verdict::Fail)),
            [only] => row(format!("1 device: {}.", only.kind()), Some(Verdict::Pass)),
            several => row(format!("{} devices.", several.len()), Some(Verdict::Pass)),
        },
    }
}

/// Why something of one's own could not be read.
fn unread(failure: &Failure) -> String {
    match failure.fault {
        Fault::AccessDenied => format!("AWS does not let you see it ({}).", failure.action),
        _ => failure.to_string(),
    }
}
