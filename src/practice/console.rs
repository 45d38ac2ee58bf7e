//! The AWS console, as far as only it can do something: assigning an MFA device to root.

use super::devices;
use super::refusal::Refusal;
use super::state::State;
use crate::account::{Failure, Fault, NewDevice, Subject, Timestamp};

/// What the console's call is named in failures; there is no public API of that name.
const ACTION: &str = "console:AssignMFADevice";

/// What the console calls root's device if one types nothing.
const DEVICE: &str = "root-account-mfa-device";

/// Opens the dialogue. An unassigned device that an earlier, cancelled dialogue left behind is replaced.
pub fn offer(state: &mut State, now: Timestamp) -> Result<NewDevice, Failure> {
    let first = state.arn(&format!("mfa/{DEVICE}"));
    let mut serial = first.clone();
    for number in 2u32.. {
        state.devices.retain(|device| device.serial != serial || device.owner.is_some());
        if !state.devices.iter().any(|device| device.serial == serial) {
            break;
        }
        serial = format!("{first}-{number}");
    }
    let visible_from = now + state.visible_after;
    let device = devices::create(state, serial, visible_from).map_err(failure)?;
    Ok(NewDevice { serial: device.serial.clone(), seed: device.seed.clone().unwrap_or_default() })
}

/// Closes the dialogue with two codes.
pub fn assign(state: &mut State, serial: &str, codes: &(String, String), now: Timestamp) -> Result<(), Failure> {
    devices::assign(state, serial, Subject::Root, (&codes.0, &codes.1), now).map_err(failure)
}

fn failure(refusal: Refusal) -> Failure {
    Failure::new(Fault::of_code(refusal.code), ACTION, refusal.message)
}
