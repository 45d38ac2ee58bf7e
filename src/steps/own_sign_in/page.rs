//! The page of a user's own sign-in.

use super::super::root_mfa::console_address;
use super::super::{Row, Table};
use super::{Action, Item, Own, StepView, devices, items, keys, mfa, password, record, session, sign_in};
use crate::account::change::device_name;
use crate::account::{Caller, Facts, Fault, Reading, Timestamp};

const WHY: &str = "Anyone who has your password or access key can act as you. MFA stops a stolen password; a new key makes old copies useless.";

/// The page with row `item` selected.
pub(super) fn of(facts: &Facts, item: usize, now: Timestamp) -> StepView {
    let Some(caller) = facts.caller.known().filter(|_| facts.own_name().is_some()) else {
        let words = "This page is for IAM users: only they have a password, MFA devices and access keys here.";
        return StepView { why: WHY, notes: vec![words.into()], ..StepView::default() };
    };
    let picked = items(facts).get(item).copied();
    StepView {
        why: WHY,
        rows: Own::ALL.map(|own| row(own, facts)).into(),
        table: table(facts, now),
        notes: notes(caller, picked, facts),
        actions: picked.map_or_else(Vec::new, |picked| actions(caller, picked, facts, now)),
    }
}

fn row(own: Own, facts: &Facts) -> Row {
    match own.assess(facts) {
        Some((verdict, why)) => Row::Assessed(own.title(), verdict, why),
        None => Row::value(own.title(), "reading…"),
    }
}

/// Actions for the selected row. If AWS hides something without MFA, the MFA code comes first.
fn actions(caller: &Caller, picked: Item, facts: &Facts, now: Timestamp) -> Vec<Action> {
    let code = session::offer(caller, facts);
    let of_item = match picked {
        Item::Mfa => vec![mfa::offer(caller, facts)],
        Item::Password => vec![password::offer(facts)],
        Item::NoKey => vec![keys::offer_new(facts)],
        Item::Key(place) => keys::offers(caller, place, facts, now),
    };
    // A key's row has enough actions already, so the record is offered only on the others.
    let record = matches!(picked, Item::Mfa | Item::Password).then(record::offer);
    let first = match code {
        Some(code) if session::is_missed(facts) => [vec![code], of_item].concat(),
        code => of_item.into_iter().chain(code).collect(),
    };
    first.into_iter().chain(record).collect()
}

fn notes(caller: &Caller, picked: Option<Item>, facts: &Facts) -> Vec<String> {
    let mut notes = Vec::new();
    if session::is_missed(facts) {
        notes.push(match session::offer(caller, facts) {
            Some(_) => "AWS hides some of this: your policy requires MFA, and an access key does not provide it. \"Sign in with MFA\" asks for one code.".to_owned(),
            None => "AWS hides some of this. If your policy requires MFA, set up MFA first. If AWS refuses that too, ask an administrator.".to_owned(),
        });
    }
    match (picked, devices(facts)) {
        (Some(Item::Mfa), Some([only])) if only.shows_codes() => {
            let address = console_address(facts);
            notes.push(format!("A second device helps if you lose the first. A passkey is best: no fake page can ask for it. Add it in the console: {address}"));
        }
        (Some(Item::Key(place)), _) => notes.extend(keys::note(caller, place, facts)),
        _ => {}
    }
    notes
}

fn table(facts: &Facts, now: Timestamp) -> Table {
    let sign_in = sign_in(facts).cloned().unwrap_or_default();
    let state = |item: &Item| match item {
        Item::Mfa => match &sign_in.devices {
            Reading::Known { value, .. } => match value.as_slice() {
                [] => "none".to_owned(),
                [only] => device_name(&only.serial).to_owned(),
                several => format!("{} devices", several.len()),
            },
            other => in_a_word(other),
        },
        Item::Password => match &sign_in.password {
            Reading::Known { value: Some(profile), .. } if profile.reset_required => "to be changed".to_owned(),
            Reading::Known { value: Some(_), .. } => "set".to_owned(),
            Reading::Known { value: None, .. } => "none".to_owned(),
            other => in_a_word(other),
        },
        Item::NoKey => super::keys_read(facts).map_or("reading…".into(), |read| match read {
            Reading::Known { .. } => "none".to_owned(),
            other => in_a_word(other),
        }),
        Item::Key(_) => String::new(),
    };
    let row = |item: &Item| match item {
        Item::Key(place) => keys::cells(*place, facts, now),
        Item::Mfa => vec!["MFA".into(), state(item), String::new(), String::new()],
        Item::Password => vec!["password".into(), state(item), String::new(), String::new()],
        Item::NoKey => vec!["access keys".into(), state(item), String::new(), String::new()],
    };
    Table {
        heads: vec!["YOURS", "STATE", "AGE", "LAST USED"],
        rows: items(facts).iter().map(row).collect(),
        ..Table::default()
    }
}

/// Why a value is missing, in a word or two.
fn in_a_word<T>(reading: &Reading<T>) -> String {
    match reading {
        Reading::Failed(failure) if failure.fault == Fault::AccessDenied => "no access".into(),
        Reading::Failed(_) | Reading::Closed(_) => "could not be read".into(),
        Reading::Known { .. } | Reading::Unread => "reading…".into(),
    }
}
