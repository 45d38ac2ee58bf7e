//! The primary contact: one form with every field, because AWS replaces all of it.

use super::super::{Call, Consent, Field, FieldId, Form, Plan, Problem, Row};
use crate::account::{Change, ContactField, ContactInformation, Facts, Reading};

pub(super) fn rows(facts: &Facts) -> Vec<Row> {
    let contact = match &facts.contact_information {
        Reading::Unread => return vec![Row::value("Primary contact", "reading…"), Row::value("Its phone", "reading…")],
        Reading::Known { value: None, .. } => return vec![Row::value("Primary contact", "not set")],
        Reading::Failed(failure) => {
            return vec![Row::value("Primary contact", format!("could not be read: {failure}"))];
        }
        Reading::Closed(reason) => return vec![Row::value("Primary contact", format!("could not be read: {reason}"))],
        Reading::Known { value: Some(contact), .. } => contact,
    };
    // The form has the full address. The page must stay short.
    let place = [contact.city.as_str(), &contact.country_code].into_iter().filter(|part| !part.is_empty());
    let place = place.collect::<Vec<_>>().join(" ");
    let who = [contact.full_name.as_str(), &place].into_iter().filter(|part| !part.is_empty());
    vec![
        Row::value("Primary contact", who.collect::<Vec<_>>().join(", ")),
        Row::value("Its phone", format!("{} ({})", contact.phone, contact.phone_status.words())),
    ]
}

pub(super) fn form(facts: &Facts) -> Form {
    let now = facts.contact_information.known().cloned().flatten().unwrap_or_default();
    let mut fields: Vec<Field> = ContactField::ALL
        .into_iter()
        .map(|field| {
            Field::text(FieldId::Primary(field), field.word(), hint(field), now.get(field)).at_most(field.max())
        })
        .collect();
    fields[0].heading = Some("Primary contact");
    Form::new(fields, "Review")
}

fn hint(field: ContactField) -> &'static str {
    match field {
        ContactField::FullName => "A person or a department, up to 50 characters.",
        ContactField::CompanyName => "The company, up to 50 characters. May stay empty.",
        ContactField::PhoneNumber => {
            "You need it to recover root. + and the country code, then digits, blanks, ( ) and -."
        }
        ContactField::AddressLine1 => "Street and number, up to 60 characters.",
        ContactField::AddressLine2 | ContactField::AddressLine3 => "Up to 60 characters. May stay empty.",
        ContactField::PostalCode => "Up to 20 characters.",
        ContactField::City => "Up to 50 characters.",
        ContactField::DistrictOrCounty => "Up to 50 characters. May stay empty.",
        ContactField::StateOrRegion => "Up to 50 characters. Required in US, CA, GB, DE, JP, IN and BR.",
        ContactField::CountryCode => "Two capital letters (ISO 3166), such as DE, GB or US.",
        ContactField::WebsiteUrl => "Up to 256 characters. May stay empty.",
    }
}

pub(super) fn problems(form: &Form) -> Vec<Problem> {
    let contact = filled_in(form);
    let problem = |field: ContactField| {
        let words = contact.problem(field)?;
        let at_once = words.contains("too long") || words.contains("not allowed");
        Some(Problem { field: FieldId::Primary(field), words, at_once })
    };
    ContactField::ALL.into_iter().filter_map(problem).collect()
}

fn filled_in(form: &Form) -> ContactInformation {
    let mut contact = ContactInformation::default();
    for field in ContactField::ALL {
        contact.put(field, form.text(FieldId::Primary(field)));
    }
    contact
}

pub(super) fn plan(form: &Form, facts: &Facts) -> Result<Plan, String> {
    let before = facts.contact_information.known().ok_or("The primary contact could not be read. Read again (r).")?;
    let after = filled_in(form);
    let mut plan = change_to(after, before.as_ref())?;
    if before.is_some() {
        plan.notes.push("lockroot remembers it: you can restore it from this page.".into());
    }
    Ok(plan)
}

/// The plan that replaces `before` with `after`.
pub(super) fn change_to(after: ContactInformation, before: Option<&ContactInformation>) -> Result<Plan, String> {
    let before = before.cloned().unwrap_or_default();
    if after.says_the_same_as(&before) {
        return Err("Nothing differs from the current settings.".into());
    }
    let said = |text: &str| if text.is_empty() { "not set".to_owned() } else { text.to_owned() };
    let effect = ContactField::ALL
        .into_iter()
        .filter(|field| before.get(*field) != after.get(*field))
        .map(|field| (field.word(), said(before.get(field)), said(after.get(field))))
        .collect();
    let mut notes = Vec::new();
    let new_phone = before.phone != after.phone;
    if new_phone {
        notes.push(
            "You need this phone number to recover root if its password or MFA device is lost. Call the new number first: who answers, and still in a year?"
                .into(),
        );
    }
    notes.push("AWS replaces the whole contact: lockroot sends every field, and AWS clears empty ones.".into());
    let change = Change::PutContactInformation(Box::new(after));
    Ok(Plan {
        title: "Set the primary contact".into(),
        calls: vec![Call { change, effect }],
        notes,
        consent: if new_phone { Consent::Careful } else { Consent::Plain },
        ..Plan::default()
    })
}
