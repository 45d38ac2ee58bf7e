//! Resynchronizes a device whose clock has drifted, with two consecutive codes. Source: IAM User Guide,
//! "Resynchronize virtual and hardware MFA devices".

use super::super::mfa_codes::{DIGITS, names, problem, which, with_codes};
use super::super::{Call, Field, FieldId, Form, Problem};
use super::READ_AGAIN;
use super::calls::Outline;
use crate::account::change::device_name;
use crate::account::facts::{MfaDevice, User};
use crate::account::{Change, Facts};

/// The devices of `user` that show codes.
pub(super) fn devices<'a>(user: &User, facts: &'a Facts) -> Vec<&'a MfaDevice> {
    let known = facts.sign_in(&user.name).and_then(|sign_in| sign_in.devices.known());
    with_codes(known.map(Vec::as_slice))
}

/// A form for two codes, and for the device if `user` has several.
pub(super) fn form(user: &User, facts: &Facts) -> Form {
    let code = |id, label, hint| Field::text(id, label, hint, "").at_most(DIGITS);
    let devices = devices(user, facts);
    let names = names(&devices);
    let which = which(&names, " The review names the device.");
    let title = match names.as_slice() {
        [only] => format!("Codes of {only}, the MFA device of {}", user.name),
        _ => format!("Codes of an MFA device of {}", user.name),
    };
    let codes = [
        code(FieldId::FirstCode, "First code", "The six digits that the app or the token shows now."),
        code(
            FieldId::SecondCode,
            "Second code",
            "The next code, half a minute later. Send both soon: AWS accepts no old codes.",
        ),
    ];
    Form::new(which.into_iter().chain(codes).collect(), "Review").titled(title)
}

/// Problems of the codes.
pub(super) fn problems(form: &Form) -> Vec<Problem> {
    let codes = [FieldId::FirstCode, FieldId::SecondCode].map(|field| (field, form.text(field)));
    let mut problems: Vec<Problem> = codes.iter().filter_map(|(field, code)| problem(*field, code)).collect();
    if problems.is_empty() && codes[0].1 == codes[1].1 {
        let words = "the same as the first: wait for the next code".into();
        problems.push(Problem { field: FieldId::SecondCode, words, at_once: true });
    }
    problems
}

/// The call with the two codes.
pub(super) fn outline(form: &Form, user: &User, facts: &Facts) -> Result<Outline, String> {
    let name = &user.name;
    let devices = devices(user, facts);
    let place = form.chosen(FieldId::WhichDevice);
    let Some(device) = devices.get(place) else {
        return Err(match devices.as_slice() {
            [] => format!("{name} has no MFA device that shows codes. {READ_AGAIN}"),
            [only] => format!("{name} has one device that shows codes: {}. Choose first.", device_name(&only.serial)),
            several => format!("{name} has {} devices that show codes. Choose one of them.", several.len()),
        });
    };
    let code = |field| form.text(field).to_owned();
    let codes = (code(FieldId::FirstCode), code(FieldId::SecondCode));
    let change = Change::ResyncDevice { user: name.clone(), serial: device.serial.clone(), codes };
    let after = "AWS knows the difference";
    Ok(Outline {
        calls: vec![Call::new(change, "The device's clock", "maybe off", after)],
        notes: vec![
            "AWS has no call to check the result. Sign in once to see that it works.".into(),
            "If AWS refuses the codes, they are from another device, not consecutive, or too old. First set the phone's clock to automatic.".into(),
        ],
        careful: false,
    })
}
