//! A session with MFA for whoever signs with an access key: AWS's policies can deny nearly everything without one.
//! Source: IAM User Guide, "AWS: Allows MFA-authenticated IAM users to manage their own credentials"; STS API,
//! `GetSessionToken`.

use super::super::{Action, ActionId, Field, FieldId, Form, LeadsTo, Problem};
use super::{devices, keys_read, lacks_session, sign_in};
use crate::account::change::device_name;
use crate::account::facts::MfaDevice;
use crate::account::{Caller, Facts, Fault, Reading};

/// Most MFA devices of a user. Source: IAM and AWS STS quotas.
const PLACES: [&str; 8] = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"];

/// Digits of a code.
const CODE: usize = 6;

/// The devices that show codes. STS takes no passkey.
pub(super) fn with_codes(facts: &Facts) -> Vec<&MfaDevice> {
    let mut found: Vec<_> = devices(facts).into_iter().flatten().filter(|device| device.shows_codes()).collect();
    found.sort_by(|one, other| one.serial.cmp(&other.serial));
    found
}

/// The offer to give a code, to whom it is of use.
pub(super) fn offer(caller: &Caller, facts: &Facts) -> Option<Action> {
    let is_of_use = lacks_session(caller) && !with_codes(facts).is_empty();
    is_of_use.then(|| Action { id: ActionId::MfaSession, label: "Sign in with MFA".into(), blocked: None })
}

/// Whether AWS denies a look at what is one's own.
pub(super) fn is_missed(facts: &Facts) -> bool {
    fn is_denied<T>(reading: &Reading<T>) -> bool {
        reading.failure().is_some_and(|failure| failure.fault == Fault::AccessDenied)
    }
    sign_in(facts).is_some_and(|sign_in| is_denied(&sign_in.password) || is_denied(&sign_in.devices))
        || keys_read(facts).is_some_and(is_denied)
}

/// One code, and of which device where there are several.
pub(super) fn form(facts: &Facts) -> Form {
    let devices = with_codes(facts);
    let names: Vec<&str> = devices.iter().map(|device| device_name(&device.serial)).collect();
    let which = (names.len() > 1).then(|| {
        let hint = format!("In this order: {}.", names.join(", "));
        Field::choice(FieldId::WhichDevice, "Device", hint, &PLACES[..names.len().min(PLACES.len())], 0)
    });
    let hint = match names.as_slice() {
        [only] => format!("Six digits, as {only} shows them now. AWS takes each code once."),
        _ => "Six digits, as the device shows them now. AWS takes each code once.".to_owned(),
    };
    let code = Field::text(FieldId::FirstCode, "Code", hint, "").at_most(CODE);
    Form::new(which.into_iter().chain([code]).collect(), "Sign in")
        .titled("A session with MFA, for up to 12 hours".into())
        .leading_to(LeadsTo::Session)
}

/// What is wrong with the code.
#[must_use]
pub fn problems(form: &Form) -> Vec<Problem> {
    let code = form.text(FieldId::FirstCode);
    let (words, at_once) = match code.len() {
        _ if !code.chars().all(|c| c.is_ascii_digit()) => ("digits only".to_owned(), true),
        CODE => return Vec::new(),
        length if length > CODE => (format!("{CODE} digits"), true),
        _ => (format!("{CODE} digits are needed"), false),
    };
    vec![Problem { field: FieldId::FirstCode, words, at_once }]
}

/// The device that was chosen, by its serial number.
#[must_use]
pub fn serial(form: &Form, facts: &Facts) -> Option<String> {
    with_codes(facts).get(form.chosen(FieldId::WhichDevice)).map(|device| device.serial.clone())
}
