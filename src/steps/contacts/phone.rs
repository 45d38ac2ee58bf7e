//! Verifies the primary contact's phone number with a code by text message, valid for five minutes. Source: Account
//! Management API, `SendPhoneNumberVerification` and `VerifyPhoneNumber`; Account Management Reference Guide,
//! "Update the primary contact for your AWS account".

use super::super::{Action, ActionId, Call, Consent, Field, FieldId, Form, Plan, Problem};
use super::READ_AGAIN;
use crate::account::{Change, Facts, PhoneStatus, Timestamp};

/// Characters of a code (`Otp`).
const CODE: usize = 6;
/// Seconds before another code can be sent. AWS documents no such pause: a text message needs its time, and each costs money.
const PAUSE: i64 = 60;

/// The number, if AWS can verify it: it is set, and AWS verifies numbers of this account.
fn number(facts: &Facts) -> Option<(&str, &PhoneStatus)> {
    let contact = facts.contact_information.known()?.as_ref()?;
    let can_be_tried = match contact.phone_status {
        PhoneStatus::Pending | PhoneStatus::Unverified => true,
        PhoneStatus::Verified | PhoneStatus::NotSupported | PhoneStatus::Unsaid | PhoneStatus::Other(_) => false,
    };
    (can_be_tried && !contact.phone.is_empty()).then_some((contact.phone.as_str(), &contact.phone_status))
}

/// Whether AWS has sent a code and waits for it.
pub(super) fn is_pending(facts: &Facts) -> bool {
    matches!(number(facts), Some((_, PhoneStatus::Pending)))
}

/// Seconds until another code can be sent to the number, if a code was sent just now.
pub(super) fn pause(facts: &Facts, now: Timestamp) -> Option<i64> {
    let (phone, sent) = facts.phone_code_sent.as_ref()?;
    let is_same = number(facts).is_some_and(|(number, _)| number == phone);
    Some(PAUSE - (now - *sent).whole_seconds()).filter(|left| is_same && *left > 0)
}

/// First the code that was sent is asked for; another one can be sent after a pause.
pub(super) fn actions(facts: &Facts, now: Timestamp) -> Vec<Action> {
    let wait = pause(facts, now).map(|left| {
        let seconds = if left == 1 { "second" } else { "seconds" };
        format!("AWS has just sent a code. You can send another one in {left} {seconds}.")
    });
    let send = |label: &str| Action { id: ActionId::SendPhoneCode, label: label.into(), blocked: wait.clone() };
    match number(facts) {
        Some((_, PhoneStatus::Pending)) => {
            let enter = "Enter the phone's code".into();
            vec![Action { id: ActionId::EnterPhoneCode, label: enter, blocked: None }, send("Send a new code")]
        }
        Some(_) => vec![send("Verify phone")],
        None => Vec::new(),
    }
}

pub(super) fn send(facts: &Facts) -> Result<Plan, String> {
    let (number, status) =
        number(facts).ok_or_else(|| format!("No number is waiting for verification. {READ_AGAIN}"))?;
    let change = Change::SendPhoneCode { phone: number.to_owned(), again: *status == PhoneStatus::Pending };
    Ok(Plan {
        title: "Verify the phone number".into(),
        calls: vec![Call::new(change, "Phone number", status.words(), "verification pending")],
        notes: vec![
            format!("AWS sends a text message to {number}. It must receive text messages, and it can't be toll-free."),
            "Have the phone at hand: the code is valid for five minutes. Then choose \"Enter the phone's code\"."
                .into(),
        ],
        consent: Consent::Plain,
        ..Plan::default()
    })
}

pub(super) fn form(facts: &Facts) -> Form {
    let number = number(facts).map_or("the phone", |(number, _)| number);
    let hint = format!("The six characters that AWS sent to {number}. Valid for five minutes.");
    Form::new(vec![Field::text(FieldId::PhoneCode, "Code", hint, "").at_most(CODE)], "Review").titled(title(number))
}

/// The title names the number, so that nobody enters a code that was sent to another one.
fn title(number: &str) -> String {
    format!("The code that AWS sent to {number}")
}

pub(super) fn problems(form: &Form) -> Vec<Problem> {
    let code = form.text(FieldId::PhoneCode);
    let (words, at_once) = match code.chars().count() {
        _ if !code.chars().all(|c| c.is_ascii_alphanumeric()) => ("letters and digits only", true),
        CODE => return Vec::new(),
        length => ("six characters are needed", length > CODE),
    };
    vec![Problem { field: FieldId::PhoneCode, words: words.into(), at_once }]
}

pub(super) fn verify(form: &Form, facts: &Facts) -> Result<Plan, String> {
    let (number, status) =
        number(facts).ok_or_else(|| format!("No number is waiting for verification. {READ_AGAIN}"))?;
    if form.title.as_deref() != Some(title(number).as_str()) {
        return Err(format!(
            "The phone number is now {number}, but the code was sent to another one. Send a new code."
        ));
    }
    let change = Change::VerifyPhone { phone: number.to_owned(), code: form.text(FieldId::PhoneCode).to_owned() };
    Ok(Plan {
        title: "Verify the phone number".into(),
        calls: vec![Call::new(change, "Phone number", status.words(), "verified")],
        notes: vec![
            "If AWS refuses the code, it is older than five minutes or from another message: send a new one.".into(),
        ],
        consent: Consent::Plain,
        ..Plan::default()
    })
}
