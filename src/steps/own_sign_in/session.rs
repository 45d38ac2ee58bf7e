//! An MFA session for a user with an access key, because policies can deny nearly everything without MFA. Source:
//! IAM User Guide, "AWS: Allows MFA-authenticated IAM users to manage their own credentials"; STS API,
//! `GetSessionToken`.

use super::super::mfa_codes::{self, DIGITS};
use super::super::{Action, ActionId, Field, FieldId, Form, LeadsTo, Problem};
use super::{devices, keys_read, lacks_session, sign_in};
use crate::account::facts::MfaDevice;
use crate::account::{Caller, Facts, Fault, Reading};

/// The devices that show codes. STS accepts no passkey.
pub(super) fn with_codes(facts: &Facts) -> Vec<&MfaDevice> {
    mfa_codes::with_codes(devices(facts))
}

/// The action that starts an MFA session, if it helps.
pub(super) fn offer(caller: &Caller, facts: &Facts) -> Option<Action> {
    let is_of_use = lacks_session(caller) && !with_codes(facts).is_empty();
    is_of_use.then(|| Action { id: ActionId::MfaSession, label: "Sign in with MFA".into(), blocked: None })
}

/// Whether AWS denies reading a part of the user's own sign-in.
pub(super) fn is_missed(facts: &Facts) -> bool {
    fn is_denied<T>(reading: &Reading<T>) -> bool {
        reading.failure().is_some_and(|failure| failure.fault == Fault::AccessDenied)
    }
    sign_in(facts).is_some_and(|sign_in| is_denied(&sign_in.password) || is_denied(&sign_in.devices))
        || keys_read(facts).is_some_and(is_denied)
}

/// A form for one code, and for the device if there are several.
pub(super) fn form(facts: &Facts) -> Form {
    let devices = with_codes(facts);
    let names = mfa_codes::names(&devices);
    let which = mfa_codes::which(&names, "");
    let hint = match names.as_slice() {
        [only] => format!("The six digits that {only} shows now. AWS accepts each code once."),
        _ => "The six digits that the device shows now. AWS accepts each code once.".to_owned(),
    };
    let code = Field::text(FieldId::FirstCode, "Code", hint, "").at_most(DIGITS);
    Form::new(which.into_iter().chain([code]).collect(), "Sign in")
        .titled("A session with MFA, for up to 12 hours".into())
        .leading_to(LeadsTo::Session)
}

/// The problem of the code.
#[must_use]
pub fn problems(form: &Form) -> Vec<Problem> {
    mfa_codes::problem(FieldId::FirstCode, form.text(FieldId::FirstCode)).into_iter().collect()
}

/// Serial number of the chosen device.
#[must_use]
pub fn serial(form: &Form, facts: &Facts) -> Option<String> {
    with_codes(facts).get(form.chosen(FieldId::WhichDevice)).map(|device| device.serial.clone())
}
