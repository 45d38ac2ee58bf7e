//! Phone number and e-mail address for recovering root. A person confirms them before MFA is assigned, because no
//! API shows who answers.

use super::super::{Field, FieldId, Form, LeadsTo, Problem, Row};
use crate::account::{AnswerValue, Facts, Reading, Timestamp, Topic};

const TOPICS: [Topic; 2] = [Topic::RecoveryPhone, Topic::RecoveryEmail];
const OPTIONS: &[&str] = &["not checked yet", "correct, and somebody answers", "wrong, or nobody knows"];

/// Rows for the phone number and the e-mail address.
pub(super) fn rows(facts: &Facts, now: Timestamp) -> Vec<Row> {
    let phone = match &facts.contact_information {
        Reading::Unread => "reading…".to_owned(),
        Reading::Known { value: Some(contact), .. } => format!("{} ({})", contact.phone, contact.phone_status.words()),
        Reading::Known { value: None, .. } => "none is set".to_owned(),
        Reading::Failed(failure) => format!("could not be read: {failure}"),
        Reading::Closed(reason) => format!("could not be read: {reason}"),
    };
    let confirmed = |topic| match facts.answers.get(&topic) {
        None => "not confirmed yet".to_owned(),
        Some(answer) => answer.words(now),
    };
    vec![
        Row::value("Phone number", phone),
        Row::value(Topic::RecoveryPhone.title(), confirmed(Topic::RecoveryPhone)),
        Row::value(Topic::RecoveryEmail.title(), confirmed(Topic::RecoveryEmail)),
    ]
}

/// Whether a person answered that one of them is wrong.
pub(super) fn is_wrong(facts: &Facts) -> bool {
    TOPICS.iter().any(|topic| facts.answers.get(topic).is_some_and(|answer| answer.said == AnswerValue::No))
}

/// Why the device can't be assigned yet. `None`: both are confirmed.
pub(super) fn missing(facts: &Facts, now: Timestamp) -> Option<String> {
    let fresh = |topic: &Topic| facts.answers.get(topic).is_some_and(|answer| !answer.is_stale(now));
    (!TOPICS.iter().all(fresh)).then(|| {
        "First check that phone and e-mail address are correct: you need them to recover root if the device is lost."
            .into()
    })
}

/// The two questions with the previous answers.
pub(super) fn form(facts: &Facts) -> Form {
    let field = |topic: Topic, label, hint: String| {
        let chosen = facts.answers.get(&topic).map_or(0, |answer| match answer.said {
            AnswerValue::Yes => 1,
            AnswerValue::No => 2,
            AnswerValue::Text(_) => 0,
        });
        Field::choice(FieldId::Answer(topic), label, hint, OPTIONS, chosen)
    };
    let number = match facts.contact_information.known() {
        Some(Some(contact)) => contact.phone.as_str(),
        _ => "the account's number",
    };
    Form::new(
        vec![
            field(Topic::RecoveryPhone, "Phone", format!("Call {number}. Who answers, and still in a year?")),
            field(
                Topic::RecoveryEmail,
                "E-mail",
                "Write to root's address. Does the message reach more than one person?".into(),
            ),
        ],
        "Keep the answers",
    )
    .leading_to(LeadsTo::Answers)
}

/// Unanswered questions. Either answer is accepted.
pub(super) fn problems(form: &Form) -> Vec<Problem> {
    let open = TOPICS.into_iter().map(FieldId::Answer).filter(|id| form.field(*id).is_some() && form.chosen(*id) == 0);
    open.map(|field| Problem { field, words: "Check it, then choose an answer.".into(), at_once: false }).collect()
}

pub(super) fn answers(form: &Form) -> Vec<(Topic, AnswerValue)> {
    let said = |topic: Topic| match form.chosen(FieldId::Answer(topic)) {
        1 => Some((topic, AnswerValue::Yes)),
        2 => Some((topic, AnswerValue::No)),
        _ => None,
    };
    TOPICS.into_iter().filter_map(said).collect()
}
