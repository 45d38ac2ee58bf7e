//! Restores a previous contact, or deletes one.

use super::super::plan::contact_effect;
use super::super::{Action, ActionId, Call, Consent, Field, FieldId, Form, Plan, Row};
use super::primary;
use crate::account::age::ago;
use crate::account::{Change, ContactField, ContactType, Facts, PreviousPrimary, Timestamp};

/// Options in the order of [`ContactType::ALL`].
const WHICH: &[&str] = &["billing", "operations", "security"];

/// The same with the primary contact, which can't be deleted.
const WHICH_BACK: &[&str] = &["billing", "operations", "security", "primary"];

/// Index of the primary contact in `WHICH_BACK`.
const PRIMARY: usize = 3;

/// Rows with the previous contacts.
pub(super) fn rows(facts: &Facts, now: Timestamp) -> Vec<Row> {
    let remembered = ContactType::ALL.into_iter().filter_map(|of| facts.previous_contact(of));
    let alternate = remembered.map(|previous| {
        let (of, until) = (previous.of.word(), ago(previous.until, now));
        Row::value("Before", format!("{of}: {}, until {until}", previous.contact.email))
    });
    let primary = facts.previous_primary().map(|previous| {
        let PreviousPrimary { contact, until } = previous;
        Row::value("Before", format!("primary: {}, {}, until {}", contact.full_name, contact.phone, ago(*until, now)))
    });
    alternate.chain(primary).collect()
}

fn is_set(facts: &Facts, of: ContactType) -> bool {
    facts.contact(of).known().is_some_and(Option::is_some)
}

pub(super) fn actions(facts: &Facts) -> Vec<Action> {
    let action = |id, label: &str| Action { id, label: label.into(), blocked: None };
    let mut actions = Vec::new();
    let alternate = ContactType::ALL.iter().any(|of| facts.previous_contact(*of).is_some());
    if alternate || facts.previous_primary().is_some() {
        actions.push(action(ActionId::RestoreContact, "Restore one"));
    }
    if ContactType::ALL.iter().any(|of| is_set(facts, *of)) {
        actions.push(action(ActionId::DeleteContact, "Delete one"));
    }
    actions
}

/// The form that asks which contact to delete.
pub(super) fn deletion_form(facts: &Facts) -> Form {
    let chosen = ContactType::ALL.into_iter().position(|of| is_set(facts, of));
    let hint = "AWS then writes only to root's mailbox. To change a contact, use Alternate contacts.";
    which("Delete a contact", hint, WHICH, chosen)
}

pub(super) fn put_back_form(facts: &Facts) -> Form {
    let alternate = ContactType::ALL.into_iter().position(|of| facts.previous_contact(of).is_some());
    let chosen = alternate.or_else(|| facts.previous_primary().map(|_| PRIMARY));
    which("Restore a previous contact", "The review shows the previous and the current contact.", WHICH_BACK, chosen)
}

fn which(heading: &'static str, hint: &'static str, names: &'static [&'static str], chosen: Option<usize>) -> Form {
    let field = Field::choice(FieldId::WhichContact, "Contact", hint, names, chosen.unwrap_or(0));
    Form::new(vec![field.under(heading)], "Review")
}

fn picked(form: &Form) -> Result<ContactType, String> {
    ContactType::ALL.get(form.chosen(FieldId::WhichContact)).copied().ok_or_else(|| "There is no such contact.".into())
}

pub(super) fn delete(form: &Form, facts: &Facts) -> Result<Plan, String> {
    let of = picked(form)?;
    let set = facts.contact(of).known().ok_or("The contact could not be read. Read again (r).")?;
    let set = set.as_ref().ok_or_else(|| format!("There is no {} contact.", of.word()))?;
    let effect = contact_effect(None, set).into_iter().map(|(name, none, set)| (name, set, none)).collect();
    Ok(Plan {
        title: format!("Delete the {} contact", of.word()),
        calls: vec![Call { change: Change::DeleteContact { of }, effect }],
        notes: vec![
            "AWS then writes only to root's mailbox, and the control fails. To change a contact, fill in the form instead."
                .into(),
            "lockroot remembers it: you can restore it from this page.".into(),
        ],
        consent: Consent::Careful,
        ..Plan::default()
    })
}

pub(super) fn put_back(form: &Form, facts: &Facts) -> Result<Plan, String> {
    if form.chosen(FieldId::WhichContact) == PRIMARY {
        return put_back_primary(facts);
    }
    let of = picked(form)?;
    let before = facts.contact(of).known().ok_or("The contact could not be read. Read again (r).")?.as_ref();
    let contact = &facts
        .previous_contact(of)
        .ok_or_else(|| format!("lockroot remembers no other {} contact.", of.word()))?
        .contact;
    let effect = contact_effect(before, contact);
    Ok(Plan {
        title: format!("Restore the previous {} contact", of.word()),
        calls: vec![Call { change: Change::PutContact { of, contact: contact.clone() }, effect }],
        notes: vec!["Make sure that somebody still reads this mailbox.".into()],
        consent: Consent::Plain,
        ..Plan::default()
    })
}

fn put_back_primary(facts: &Facts) -> Result<Plan, String> {
    let before = facts.contact_information.known().ok_or("The primary contact could not be read. Read again (r).")?;
    let previous = facts.previous_primary().ok_or("lockroot remembers no other primary contact.")?;
    // AWS may refuse today what it accepted earlier.
    if let Some(problem) = ContactField::ALL.into_iter().find_map(|field| previous.contact.problem(field)) {
        return Err(format!("AWS would refuse the previous contact: {problem}. Fill in the form instead."));
    }
    let plan = primary::change_to(previous.contact.as_ref().clone(), before.as_ref())?;
    Ok(Plan { title: "Restore the previous primary contact".into(), ..plan })
}
