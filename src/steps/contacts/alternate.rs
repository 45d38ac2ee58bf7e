//! The alternate contacts: one form for all three; only changed contacts are sent.

use super::super::plan::contact_effect;
use super::super::{Call, Consent, Field, FieldId, Form, Plan, Problem};
use crate::account::contact::{
    MAX_EMAIL_LEN, MAX_NAME_LEN, MAX_PHONE_LEN, MAX_TITLE_LEN, email_problem, name_problem, phone_problem,
    title_problem,
};
use crate::account::mail_providers::personal_provider;
use crate::account::{AlternateContact, Change, ContactType, Facts};
use crate::checks::contacts::alike;

const OWN: &str = "its own";
/// Fewer digits than this, country code included, cause a question. ITU-T E.164 sets only a maximum, 15. The shortest
/// numbers in use have a country code of three digits and four more.
const MIN_NUMBER_DIGITS: usize = 7;

/// The form for all three contacts, with the current values.
pub(super) fn form(facts: &Facts) -> Form {
    Form::new(ContactType::ALL.into_iter().flat_map(|of| fields(of, facts)).collect(), "Review")
}

pub(super) fn problems(form: &Form) -> Vec<Problem> {
    ContactType::ALL
        .into_iter()
        .filter(|of| form.chosen(FieldId::SameAs(*of)) == 0)
        // A blank contact stays as AWS has it.
        .filter(|of| !is_blank(form, *of))
        .flat_map(|of| contact_problems(form, of))
        .collect()
}

pub(super) fn plan(form: &Form, facts: &Facts) -> Result<Plan, String> {
    let mut calls = Vec::new();
    let mut after = facts.contacts.each_ref().map(|set| set.known().cloned().flatten());
    for of in ContactType::ALL {
        let before = facts.contact(of).known().ok_or("The contacts could not be read. Read again (r).")?.as_ref();
        let Some(contact) = filled_in(form, of) else { continue };
        after[of as usize] = Some(contact.clone());
        if before != Some(&contact) {
            let effect = contact_effect(before, &contact);
            calls.push(Call { change: Change::PutContact { of, contact }, effect });
        }
    }
    if calls.is_empty() {
        return Err("Nothing differs from the current settings.".into());
    }
    let mut notes = mailbox_notes(&after.each_ref().map(Option::as_ref));
    let stays =
        |of: &ContactType| filled_in(form, *of).is_none() && facts.contact(*of).known().is_some_and(Option::is_some);
    notes.extend(
        ContactType::ALL.into_iter().filter(stays).map(|of| {
            format!("The {} contact is blank here and stays as it is. \"Delete one\" removes it.", of.word())
        }),
    );
    Ok(Plan { title: "Set the alternate contacts".into(), calls, notes, consent: Consent::Plain, ..Plan::default() })
}

/// Notes about the mailboxes: two contacts share one, or it belongs to one person.
pub(super) fn mailbox_notes(contacts: &[Option<&AlternateContact>; 3]) -> Vec<String> {
    let mut notes = Vec::new();
    let set: Vec<(ContactType, &AlternateContact)> =
        ContactType::ALL.into_iter().zip(contacts).filter_map(|(of, contact)| Some((of, (*contact)?))).collect();
    if let Some((one, other, mailbox)) = alike(&set) {
        notes.push(format!(
            "The {} and {} contacts share the mailbox {mailbox}: this fails the control contacts-differ.",
            one.word(),
            other.word()
        ));
    }
    let mut providers: Vec<String> =
        contacts.iter().flatten().filter_map(|contact| personal_provider(&contact.email)).collect();
    providers.sort();
    providers.dedup();
    if !providers.is_empty() {
        notes.push(format!(
            "{} is a provider of personal mailboxes, and such a mailbox leaves with its owner. Your company's own domain is safer.",
            providers.join(", ")
        ));
    }
    let mut phones: Vec<&str> = contacts.iter().flatten().map(|contact| contact.phone.trim()).collect();
    phones.dedup();
    notes.extend(phones.into_iter().filter_map(phone_note));
    notes
}

/// A note about a phone number that AWS accepts. AWS checks only its characters.
fn phone_note(phone: &str) -> Option<String> {
    let digits = phone.chars().filter(char::is_ascii_digit).count();
    let is_international = phone.starts_with('+') || phone.starts_with("00");
    if digits < MIN_NUMBER_DIGITS {
        return Some(format!("“{phone}” looks too short for a phone number. AWS accepts it; is it complete?"));
    }
    (!is_international).then(|| {
        format!("“{phone}” has no country code. AWS calls from abroad: write it as +49 30 …, with your country's code.")
    })
}

fn fields(of: ContactType, facts: &Facts) -> Vec<Field> {
    let now = facts.contact(of).known().cloned().flatten().unwrap_or_default();
    let text = |id: FieldId, label, hint, text, max| {
        Field::text(id, label, hint, text).only_if(FieldId::SameAs(of), 0).at_most(max)
    };
    let (heading, hint): (&str, &str) = match of {
        ContactType::Billing => ("Billing", "Invoices and payments."),
        ContactType::Operations => ("Operations", "Availability and maintenance of services."),
        ContactType::Security => ("Security", "Abuse reports, leaked keys, vulnerabilities."),
    };
    let others: &[&str] = match of {
        ContactType::Billing => &[OWN],
        ContactType::Operations => &[OWN, "same as billing"],
        ContactType::Security => &[OWN, "same as billing", "same as operations"],
    };
    let mut fields = Vec::new();
    if others.len() > 1 {
        let hint = format!("{hint} Sharing a mailbox fails a control.");
        fields.push(Field::choice(FieldId::SameAs(of), "Contact", hint, others, 0).under(heading));
    }
    fields.push(text(FieldId::Name(of), "Name", "A person or a team, up to 64 characters.", now.name, MAX_NAME_LEN));
    fields.push(text(FieldId::Title(of), "Title", "Their role, up to 50 characters.", now.title, MAX_TITLE_LEN));
    fields.push(text(
        FieldId::Email(of),
        "E-mail",
        "A company mailbox that several people read.",
        now.email,
        MAX_EMAIL_LEN,
    ));
    fields.push(text(
        FieldId::Phone(of),
        "Phone",
        "Digits, blanks, ( ) + and -, up to 25 characters.",
        now.phone,
        MAX_PHONE_LEN,
    ));
    if others.len() == 1 {
        fields[0].heading = Some(heading);
    }
    fields
}

fn is_blank(form: &Form, of: ContactType) -> bool {
    [FieldId::Name(of), FieldId::Title(of), FieldId::Email(of), FieldId::Phone(of)]
        .into_iter()
        .all(|id| form.text(id).is_empty())
}

fn contact_problems(form: &Form, of: ContactType) -> Vec<Problem> {
    type Rule = fn(&str) -> Option<String>;
    let rules: [(FieldId, Rule); 4] = [
        (FieldId::Name(of), name_problem),
        (FieldId::Title(of), title_problem),
        (FieldId::Email(of), email_problem),
        (FieldId::Phone(of), phone_problem),
    ];
    rules
        .into_iter()
        .filter_map(|(field, rule)| {
            let words = rule(form.text(field))?;
            let at_once = words.contains("too long") || words.contains("not allowed");
            Some(Problem { field, words, at_once })
        })
        .collect()
}

/// The contact in the form. `None`: it is blank.
fn filled_in(form: &Form, of: ContactType) -> Option<AlternateContact> {
    match (of, form.chosen(FieldId::SameAs(of))) {
        (_, 1) => filled_in(form, ContactType::Billing),
        (_, 2) => filled_in(form, ContactType::Operations),
        _ => (!is_blank(form, of)).then(|| AlternateContact {
            name: form.text(FieldId::Name(of)).to_owned(),
            title: form.text(FieldId::Title(of)).to_owned(),
            email: form.text(FieldId::Email(of)).to_owned(),
            phone: form.text(FieldId::Phone(of)).to_owned(),
        }),
    }
}
