//! The parts of the AWS console that no API offers: assigning root's MFA device, and a user's sign-in.

use super::devices;
use super::refusal::Refusal;
use super::state::State;
use crate::account::{Failure, Fault, NewDevice, Subject, Timestamp};

/// The action in failures of the console's MFA dialog; no public API has this name.
const ACTION: &str = "console:AssignMFADevice";

/// The action in failures of the console's sign-in.
const SIGN_IN: &str = "console:SignIn";

/// The console's default name for root's device.
const DEVICE: &str = "root-account-mfa-device";

/// Opens the dialog. It replaces an unassigned device left over from a cancelled dialog.
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

/// Completes the dialog with two codes.
pub fn assign(state: &mut State, serial: &str, codes: &(String, String), now: Timestamp) -> Result<(), Failure> {
    devices::assign(state, serial, Subject::Root, (&codes.0, &codes.1), now).map_err(failure)
}

/// Signs a user in. The person at the console is assumed to have password and MFA device.
pub fn sign_in(state: &mut State, user: &str, now: Timestamp) -> Result<(), Failure> {
    let has_password = state.user(user).map_err(|refusal| refused(refusal, SIGN_IN))?.login.is_some();
    if !has_password {
        return Err(Failure::new(Fault::Absent, SIGN_IN, format!("{user} has no console password")));
    }
    state.user_mut(user).map_err(|refusal| refused(refusal, SIGN_IN))?.password_last_used = Some(now);
    Ok(())
}

/// The device on the practice phone, which holds every device that shows codes.
pub fn phone(state: &State, serial: &str) -> Result<NewDevice, Failure> {
    let found = state.devices.iter().find(|device| device.serial == serial).and_then(|device| device.seed.clone());
    let seed = found.ok_or_else(|| Failure::new(Fault::Absent, ACTION, format!("the phone has no {serial}")))?;
    Ok(NewDevice { serial: serial.to_owned(), seed })
}

fn failure(refusal: Refusal) -> Failure {
    refused(refusal, ACTION)
}

fn refused(refusal: Refusal, action: &'static str) -> Failure {
    Failure::new(Fault::of_code(refusal.code), action, refusal.message)
}
