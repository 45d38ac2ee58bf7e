//! The calls for a virtual MFA device.

use super::super::Call;
use super::READ_AGAIN;
use crate::account::change::device_serial;
use crate::account::facts::DeviceOwner;
use crate::account::{Caller, Change, Facts};

/// The calls for a virtual MFA device of `user`, unless the user has an MFA device. `taken`: names that the same plan
/// gives to other devices.
pub(in crate::steps) fn calls_for(
    user: &str,
    caller: &Caller,
    facts: &Facts,
    taken: &mut Vec<String>,
) -> Result<Vec<Call>, String> {
    let devices = facts.sign_in(user).and_then(|sign_in| sign_in.devices.known());
    match devices.ok_or_else(|| format!("The MFA devices of {user} could not be read. {READ_AGAIN}"))?.as_slice() {
        [] => new(user, caller, facts, taken),
        _ => Ok(Vec::new()),
    }
}

/// The calls for a device with a free name. An unassigned device of that name is left over from an attempt whose seed is
/// lost, so it is deleted first.
pub(super) fn new(user: &str, caller: &Caller, facts: &Facts, taken: &mut Vec<String>) -> Result<Vec<Call>, String> {
    let devices = facts
        .virtual_devices
        .known()
        .ok_or_else(|| format!("The virtual MFA devices could not be read. {READ_AGAIN}"))?;
    let holder = |name: &str| {
        let serial = device_serial(&caller.partition(), &caller.account, name);
        devices.iter().find(|device| device.serial.eq_ignore_ascii_case(&serial))
    };
    let is_free = |name: &String| {
        holder(name).is_none_or(|device| device.owner == DeviceOwner::Nobody)
            && !taken.iter().any(|other| other.eq_ignore_ascii_case(name))
    };
    let names = std::iter::once(user.to_owned()).chain((2..).map(|n| format!("{user}-{n}")));
    let name = names.into_iter().find(is_free).unwrap_or_else(|| user.to_owned());
    let mut calls = Vec::new();
    if let Some(orphan) = holder(&name) {
        let change = Change::DeleteDevice { serial: orphan.serial.clone() };
        calls.push(Call::new(change, "Left-over device", "unassigned, its seed is lost", "deleted"));
    }
    taken.push(name.clone());
    let change = Change::CreateDevice { name, user: Some(user.to_owned()) };
    calls.push(Call::new(change, "Virtual MFA device", "none", "created, then its QR code"));
    Ok(calls)
}
