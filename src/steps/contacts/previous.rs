//! One alternate contact: what it was before, to be put back; or nothing any more.

use super::super::plan::contact_effect;
use super::super::{Action, ActionId, Call, Consent, Plan, Table};
use super::picked;
use crate::account::age::ago;
use crate::account::{Change, ContactType, Facts, Timestamp};

/// The three, and what is remembered of each.
pub(super) fn table(facts: &Facts, now: Timestamp) -> Table {
    let before = |of: ContactType| match facts.previous_contact(of) {
        Some(previous) => format!("{}, until {}", previous.contact.email, ago(previous.until, now)),
        None => String::new(),
    };
    let set = |of: ContactType| match facts.contact(of).known() {
        Some(Some(contact)) => contact.email.clone(),
        Some(None) => "not set".into(),
        None => "not known".into(),
    };
    let with_before = ContactType::ALL.iter().any(|of| facts.previous_contact(*of).is_some());
    let row = |of: ContactType| {
        let mut row = vec![of.word().to_owned(), set(of)];
        row.extend(with_before.then(|| before(of)));
        row
    };
    let mut heads = vec!["CONTACT", "MAILBOX"];
    heads.extend(with_before.then_some("BEFORE"));
    Table { heads, rows: ContactType::ALL.into_iter().map(row).collect() }
}

/// What can be done to the picked one.
pub(super) fn actions(facts: &Facts, item: usize) -> Vec<Action> {
    let Some(of) = picked(item) else { return Vec::new() };
    let action = |id, label: String| Action { id, label, blocked: None };
    let mut actions = Vec::new();
    if facts.previous_contact(of).is_some() {
        actions.push(action(ActionId::PutBack, format!("Put back the previous {}", of.word())));
    }
    if let Some(Some(_)) = facts.contact(of).known() {
        actions.push(action(ActionId::DeleteContact, format!("Delete {}", of.word())));
    }
    actions
}

pub(super) fn delete(item: usize, facts: &Facts) -> Result<Plan, String> {
    let of = picked(item).ok_or("There is no such contact.")?;
    let set = facts.contact(of).known().ok_or("The contact could not be read. Read again (r).")?;
    let set = set.as_ref().ok_or_else(|| format!("There is no {} contact any more.", of.word()))?;
    let effect = contact_effect(None, set).into_iter().map(|(name, none, set)| (name, set, none)).collect();
    Ok(Plan {
        title: format!("Delete the {} contact", of.word()),
        calls: vec![Call { change: Change::DeleteContact { of }, effect }],
        notes: vec![
            "AWS then writes to root's mailbox only, and the check turns red. To change a contact, fill in the form instead."
                .into(),
            "lockroot remembers what it was: it can be put back from this page.".into(),
        ],
        consent: Consent::Careful,
    })
}

pub(super) fn put_back(item: usize, facts: &Facts) -> Result<Plan, String> {
    let of = picked(item).ok_or("There is no such contact.")?;
    let before = facts.contact(of).known().ok_or("The contact could not be read. Read again (r).")?.as_ref();
    let contact = &facts.previous_contact(of).ok_or("Nothing else is remembered of this contact.")?.contact;
    let effect = contact_effect(before, contact);
    Ok(Plan {
        title: format!("Put back the previous {} contact", of.word()),
        calls: vec![Call { change: Change::PutContact { of, contact: contact.clone() }, effect }],
        notes: vec!["Make sure that somebody still reads this mailbox.".into()],
        consent: Consent::Plain,
    })
}
