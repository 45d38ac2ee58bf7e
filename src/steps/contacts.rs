//! Step 3: the alternate contacts. One form for all three; only what differs is sent.

use super::plan::contact_effect;
use super::{
    Action, ActionId, Call, Changes, Consent, Field, FieldId, Form, Hardening, Opening, Page, Plan, Problem, Table,
    verdict_rows,
};
use crate::account::contact::{
    EMAIL_MAX, NAME_MAX, PHONE_MAX, TITLE_MAX, email_problem, name_problem, phone_problem, title_problem,
};
use crate::account::{AlternateContact, Change, ContactType, Facts, Timestamp};

pub(super) struct Contacts;

const OWN: &str = "its own";

impl Hardening for Contacts {
    fn title(&self) -> &'static str {
        "Alternate contacts"
    }

    fn controls(&self) -> &'static [&'static str] {
        &["billing-contact", "operations-contact", "security-contact"]
    }

    fn changes(&self) -> Changes {
        Changes { anybody: &["account:PutAlternateContact"], root: &[] }
    }

    fn guide(&self) -> &'static str {
        include_str!("../../assets/guide/alternate-contacts.md")
    }

    fn page(&self, facts: &Facts, _item: usize, _now: Timestamp) -> Page {
        let unread = ContactType::ALL.iter().any(|of| facts.contact(*of).failure().is_some());
        Page {
            why: "AWS writes to these people beside root's mailbox, which nobody reads every day. The security contact hears of leaked keys.",
            rows: verdict_rows(self.controls(), facts),
            table: Table::default(),
            notes: vec!["Use mailboxes of your company that several people read, not one person's.".into()],
            actions: vec![Action {
                id: ActionId::FillIn,
                label: "Fill in".into(),
                blocked: unread
                    .then(|| "The contacts could not all be read, so nothing can be compared. Read again (r).".into()),
            }],
        }
    }

    fn open(&self, _action: ActionId, facts: &Facts) -> Opening {
        Opening::Form(Form::new(ContactType::ALL.into_iter().flat_map(|of| fields(of, facts)).collect(), "Review"))
    }

    fn problems(&self, form: &Form, facts: &Facts) -> Vec<Problem> {
        ContactType::ALL
            .into_iter()
            .filter(|of| form.chosen(FieldId::SameAs(*of)) == 0)
            .filter(|of| !(is_blank(form, *of) && facts.contact(*of).known().is_some_and(Option::is_none)))
            .flat_map(|of| contact_problems(form, of))
            .collect()
    }

    fn plan(&self, _action: ActionId, _item: usize, form: Option<&Form>, facts: &Facts) -> Result<Plan, String> {
        let form = form.ok_or("Nothing was filled in.")?;
        let mut calls = Vec::new();
        for of in ContactType::ALL {
            let before = facts.contact(of).known().ok_or("The contacts could not be read. Read again (r).")?.as_ref();
            let Some(contact) = filled_in(form, of) else { continue };
            if before != Some(&contact) {
                let effect = contact_effect(before, &contact);
                calls.push(Call { change: Change::PutContact { of, contact }, effect });
            }
        }
        if calls.is_empty() {
            return Err("Nothing differs from what is set already.".into());
        }
        let mut notes = Vec::new();
        if let [first, rest @ ..] = calls.as_slice()
            && rest.len() == 2
            && rest.iter().all(|call| email(&call.change) == email(&first.change))
        {
            notes.push(
                "All three go to the same mailbox. That works; make sure that more than one person reads it.".into(),
            );
        }
        Ok(Plan { title: "Set the alternate contacts".into(), calls, notes, consent: Consent::Plain })
    }
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
        fields.push(Field::choice(FieldId::SameAs(of), "Contact", hint, others, 0).under(heading));
    }
    fields.push(text(FieldId::Name(of), "Name", "A person or a team, up to 64 characters.", now.name, NAME_MAX));
    fields.push(text(FieldId::Title(of), "Title", "Their role, up to 50 characters.", now.title, TITLE_MAX));
    fields.push(text(
        FieldId::Email(of),
        "E-mail",
        "A company mailbox that several people read.",
        now.email,
        EMAIL_MAX,
    ));
    fields.push(text(
        FieldId::Phone(of),
        "Phone",
        "Digits, blanks, ( ) + and -, up to 25 characters.",
        now.phone,
        PHONE_MAX,
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

/// The contact that the form describes for `of`; none if it was left blank.
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

fn email(change: &Change) -> Option<&str> {
    match change {
        Change::PutContact { contact, .. } => Some(&contact.email),
        _ => None,
    }
}
