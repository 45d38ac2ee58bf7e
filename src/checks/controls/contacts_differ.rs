//! The alternate contacts have different mailboxes.

use crate::account::{AlternateContact, ContactType, Facts, Question};
use crate::checks::contacts::alike;
use crate::checks::{
    Assess, Assessment, Control, Evidence, References, Remedy, Severity, StepId, console, evidence, known,
};

pub(super) const CONTROL: Control = Control {
    id: "contacts-differ",
    title: "Alternate contacts have different mailboxes",
    severity: Severity::Low,
    questions: &[
        Question::Contact(ContactType::Billing),
        Question::Contact(ContactType::Operations),
        Question::Contact(ContactType::Security),
    ],
    references: References {
        cis: &[],
        security_hub: &[],
        prowler: &["account_maintain_different_contact_details_to_security_billing_and_operations"],
    },
    differs: "e-mail addresses only here",
    console: Some(console::ACCOUNT),
    remedy: Remedy::OptionalStep(StepId::Contacts),
    text: include_str!("../../../assets/explain/contacts-differ.md"),
    assess: Assess::Facts(assess),
};

const FIX: &str =
    "Give each contact its own mailbox, read by people who can act: lockroot, the step \"Contacts and alias\".";

fn assess(facts: &Facts) -> Result<Assessment, Assessment> {
    let set: Vec<(ContactType, &AlternateContact)> =
        ContactType::ALL.into_iter().filter_map(|of| Some((of, facts.contact(of).known()?.as_ref()?))).collect();
    let proof: Vec<Evidence> = ContactType::ALL
        .into_iter()
        .filter_map(|of| {
            let contact = facts.contact(of).known()?.as_ref();
            let value = contact.map_or("not set".to_owned(), |contact| contact.email.clone());
            evidence(facts.contact(of), Question::Contact(of).action(), of.wire(), value)
        })
        .collect();
    if let Some((a, b, email)) = alike(&set) {
        let why = format!("The {} and {} contacts have the same mailbox: {email}.", a.word(), b.word());
        return Ok(Assessment::fail(why, proof, FIX));
    }
    for of in ContactType::ALL {
        known(facts.contact(of), &Question::Contact(of))?;
    }
    Ok(match set.len() {
        0 | 1 => Assessment::not_applicable("Fewer than two alternate contacts are set.", proof),
        count => Assessment::pass(format!("The {count} alternate contacts have different mailboxes."), proof),
    })
}
