//! Shared by the three controls on alternate contacts: whether one is set.

use super::{Assessment, evidence, known};
use crate::account::{AlternateContact, ContactType, Facts, Question};

const FIX: &str = "Set it: lockroot, the step \"Contacts and alias\"; by hand: the console's account page, or `aws account put-alternate-contact`.";

/// Whether the contact `of` is set.
pub(super) fn assess(facts: &Facts, of: ContactType) -> Result<Assessment, Assessment> {
    let question = Question::Contact(of);
    let reading = facts.contact(of);
    let proof = |value: String| evidence(reading, question.action(), of.wire(), value).into_iter().collect();
    Ok(match known(reading, &question)? {
        Some(contact) => Assessment::pass(
            format!("AWS writes to {} <{}>.", contact.name, contact.email),
            proof(format!("{}, {}, {}, {}", contact.name, contact.title, contact.email, contact.phone)),
        ),
        None => Assessment::fail(missing(of), proof("not set".into()), FIX),
    })
}

/// The first two contacts with the same mailbox, and its address. One absent reader or one mail filter would keep
/// AWS's messages from both.
#[must_use]
pub fn alike<'c>(contacts: &[(ContactType, &'c AlternateContact)]) -> Option<(ContactType, ContactType, &'c str)> {
    contacts.iter().enumerate().find_map(|(i, (one, contact))| {
        let mailbox = contact.email.trim();
        let same = |(_, other): &&(ContactType, &AlternateContact)| other.email.trim().eq_ignore_ascii_case(mailbox);
        contacts[i + 1..].iter().find(same).map(|(other, _)| (*one, *other, mailbox))
    })
}

fn missing(of: ContactType) -> &'static str {
    match of {
        ContactType::Billing => "Not set: invoices and payment problems go only to root's mailbox.",
        ContactType::Operations => "Not set: notices on availability and maintenance go only to root's mailbox.",
        ContactType::Security => "Not set: abuse reports and notices of leaked keys go only to root's mailbox.",
    }
}
