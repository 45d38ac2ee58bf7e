//! MFA devices for the API and the console: creation, assignment and verification of codes.

use std::collections::BTreeMap;

use super::identifiers;
use super::refusal::Refusal;
use super::state::{Device, State};
use crate::account::{Subject, Timestamp};
use crate::totp::{ENROLMENT_WINDOW, Generator, STEP};

/// Maximum MFA devices of all kinds for root or one user.
pub const PER_OWNER: usize = 8;

/// Creates an unassigned virtual device.
pub fn create(state: &mut State, serial: String, visible_from: Timestamp) -> Result<&mut Device, Refusal> {
    // Device names are unique regardless of case, like all IAM names.
    if state.devices.iter().any(|device| device.serial.eq_ignore_ascii_case(&serial)) {
        return Err(Refusal::already_exists("MFADevice entity at the same path and name already exists."));
    }
    let device = Device {
        serial,
        seed: Some(identifiers::seed()),
        owner: None,
        enabled: None,
        visible_from,
        used_step: 0,
        drift: 0,
        tags: BTreeMap::new(),
    };
    state.devices.push(device);
    state.devices.last_mut().ok_or_else(|| Refusal::new("ServiceFailure", 500, "The device was not kept."))
}

/// Assigns the device to `owner`, if both codes are its own.
pub fn assign(
    state: &mut State,
    serial: &str,
    owner: Subject,
    codes: (&str, &str),
    now: Timestamp,
) -> Result<(), Refusal> {
    let count = state.devices_of(&owner).count();
    let device = state.devices.iter_mut().find(|device| device.serial == serial).ok_or_else(|| absent(serial))?;
    match &device.owner {
        Some(other) if *other == owner => {
            return Err(Refusal::already_exists("MFA Device is already assigned to this user."));
        }
        Some(_) => return Err(Refusal::already_exists("MFA Device is already in use.")),
        None if count >= PER_OWNER => return Err(Refusal::limit("MFADevicesPerUser", PER_OWNER)),
        None => {}
    }
    verify(device, codes, now)?;
    (device.owner, device.enabled) = (Some(owner), Some(now));
    Ok(())
}

/// Accepts two consecutive, unused codes in order, within AWS's tolerance for the device's clock.
pub fn verify(device: &mut Device, (first, second): (&str, &str), now: Timestamp) -> Result<(), Refusal> {
    let generator = device.seed.as_ref().and_then(Generator::new);
    let now = u64::try_from(now.unix_timestamp()).unwrap_or_default() / STEP;
    let earliest = now.saturating_sub(ENROLMENT_WINDOW).max(device.used_step + 1);
    let step = generator.and_then(|generator| {
        let code = |step: u64| generator.code(step * STEP);
        (earliest..=now + ENROLMENT_WINDOW).find(|step| code(*step) == first && code(step + 1) == second)
    });
    let step = step.ok_or_else(|| {
        Refusal::new("InvalidAuthenticationCode", 403, "Authentication code for device is not valid.")
    })?;
    device.used_step = step + 1;
    device.drift = (step + 1).cast_signed() - now.cast_signed();
    Ok(())
}

/// Whether a sign-in code is valid. The device's clock may be two steps off its state at enrolment.
pub fn accepts(device: &mut Device, code: &str, now: Timestamp) -> bool {
    const WINDOW: u64 = 2;
    let step = u64::try_from(now.unix_timestamp()).unwrap_or_default() / STEP;
    let expected = step.saturating_add_signed(device.drift);
    let generator = device.seed.as_ref().and_then(Generator::new);
    let steps = expected.saturating_sub(WINDOW).max(device.used_step + 1)..=expected + WINDOW;
    let found = generator.and_then(|generator| steps.into_iter().find(|step| generator.code(step * STEP) == code));
    let Some(found) = found else { return false };
    device.used_step = found;
    device.drift = found.cast_signed() - step.cast_signed();
    true
}

pub fn absent(serial: &str) -> Refusal {
    Refusal::no_such_entity(format!("VirtualMFADevice with serial number {serial} does not exist."))
}
