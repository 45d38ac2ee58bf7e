//! MFA codes in forms: the choice of a device, and validation.

use super::{Field, FieldId, Problem};
use crate::account::change::device_name;
use crate::account::facts::MfaDevice;

/// Digits of an MFA code.
pub const DIGITS: usize = 6;

/// Options for a user's devices. IAM allows eight per user. Source: "IAM and AWS STS quotas".
const PLACES: [&str; 8] = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"];

/// The devices that show codes: virtual ones and hardware tokens. A passkey shows none.
pub(super) fn with_codes(devices: Option<&[MfaDevice]>) -> Vec<&MfaDevice> {
    let mut found: Vec<_> = devices.into_iter().flatten().filter(|device| device.shows_codes()).collect();
    found.sort_by(|one, other| one.serial.cmp(&other.serial));
    found
}

pub(super) fn names<'a>(devices: &[&'a MfaDevice]) -> Vec<&'a str> {
    devices.iter().map(|device| device_name(&device.serial)).collect()
}

/// A choice of the device, if there are several. `more` follows their names in the hint.
pub(super) fn which(names: &[&str], more: &str) -> Option<Field> {
    let hint = format!("In this order: {}.{more}", names.join(", "));
    let places = &PLACES[..names.len().min(PLACES.len())];
    (names.len() > 1).then(|| Field::choice(FieldId::WhichDevice, "Device", hint, places, 0))
}

/// The problem of `code`. Only AWS knows the seed, so only AWS can tell whether the code is right.
pub(super) fn problem(field: FieldId, code: &str) -> Option<Problem> {
    let (words, at_once) = match code.len() {
        _ if !code.chars().all(|c| c.is_ascii_digit()) => ("digits only".to_owned(), true),
        DIGITS => return None,
        length if length > DIGITS => (format!("{DIGITS} digits"), true),
        _ => (format!("{DIGITS} digits are needed"), false),
    };
    Some(Problem { field, words, at_once })
}
