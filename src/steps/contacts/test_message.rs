//! A test message for the alternate contacts, and the dated answer: no API shows whether anybody reads them.

use super::super::{Action, ActionId, Field, FieldId, Form, LeadsTo, Problem, Row};
use crate::account::{AlternateContact, AnswerValue, ContactType, Facts, Timestamp, Topic};

const TOPIC: Topic = Topic::ContactsReached;
const FIELD: FieldId = FieldId::Answer(TOPIC);
const OPTIONS: &[&str] = &["not sent yet", "somebody answered each", "no answer, or not from each"];

/// Until all contacts are set, a test message is too early.
fn are_all_set(facts: &Facts) -> bool {
    set(facts).count() == ContactType::ALL.len()
}

fn set(facts: &Facts) -> impl Iterator<Item = (ContactType, &AlternateContact)> {
    ContactType::ALL.into_iter().filter_map(|of| Some((of, facts.contact(of).known()?.as_ref()?)))
}

/// The row with the person's answer.
pub(super) fn row(facts: &Facts, now: Timestamp) -> Option<Row> {
    let said = || facts.answers.get(&TOPIC).map_or("not sent yet".to_owned(), |answer| answer.words(now));
    are_all_set(facts).then(|| Row::value(TOPIC.title(), said()))
}

pub(super) fn actions(facts: &Facts) -> Vec<Action> {
    let action = |id, label: &str| Action { id, label: label.into(), blocked: None };
    if !are_all_set(facts) {
        return Vec::new();
    }
    vec![action(ActionId::Message, "Test message"), action(ActionId::Answer, "Record the answers")]
}

/// The message, with its recipients.
pub(super) fn message(facts: &Facts) -> String {
    let mut mailboxes: Vec<&str> = set(facts).map(|(_, contact)| contact.email.as_str()).collect();
    mailboxes.sort_unstable();
    mailboxes.dedup();
    let account = facts.caller.known().map_or("", |caller| caller.account.as_str());
    let about: Vec<String> = set(facts).map(|(of, contact)| format!("- {}: {}", of.word(), contact.email)).collect();
    format!(
        "To: {}\n\
         Subject: A test: do you read what AWS writes to you?\n\n\
         AWS writes to these addresses about our account {account}:\n{}\n\n\
         Please answer this message, so that we know that somebody reads them. If you are not the right one, say who is.\n\
         AWS never asks for a password or a code: if a message does, don't follow it.\n",
        mailboxes.join(", "),
        about.join("\n"),
    )
}

pub(super) fn form(facts: &Facts) -> Form {
    let chosen = facts.answers.get(&TOPIC).map_or(0, |answer| match answer.said {
        AnswerValue::Yes => 1,
        AnswerValue::No => 2,
        AnswerValue::Text(_) => 0,
    });
    let hint = "\"Test message\" has the text. Send it from your own mailbox, and wait for answers.";
    let field = Field::choice(FIELD, "Test message", hint, OPTIONS, chosen);
    Form::new(vec![field], "Keep the answer").leading_to(LeadsTo::Answers)
}

pub(super) fn problems(form: &Form) -> Vec<Problem> {
    let words = "Send it first, then choose an answer.".to_owned();
    (form.chosen(FIELD) == 0).then_some(Problem { field: FIELD, words, at_once: false }).into_iter().collect()
}

pub(super) fn answers(form: &Form) -> Vec<(Topic, AnswerValue)> {
    let said = match form.chosen(FIELD) {
        1 => AnswerValue::Yes,
        2 => AnswerValue::No,
        _ => return Vec::new(),
    };
    vec![(TOPIC, said)]
}
