//! Kind and number of root's MFA devices. The owner's ARN shows that a device is root's, the serial number its kind.

use super::partition::without_console;
use super::{Assessment, Evidence, evidence, known};
use crate::account::facts::{DeviceOwner, MfaDevice};
use crate::account::{Facts, Question};

/// Why root's sign-in cannot be assessed, if so.
pub(super) fn without_root(facts: &Facts) -> Result<Option<Assessment>, Assessment> {
    match without_console(facts)? {
        Some(none) => Ok(Some(none)),
        None => removed(facts),
    }
}

/// Not applicable, if root has no credentials.
pub(super) fn removed(facts: &Facts) -> Result<Option<Assessment>, Assessment> {
    let summary = known(&facts.summary, &Question::Summary)?;
    if (summary.root_password(), summary.root_keys()) == (Some(0), Some(0)) {
        let why = "Root has no password and no keys: its credentials were removed.";
        return Ok(Some(Assessment::not_applicable(why, numbers(facts))));
    }
    Ok(None)
}

pub(super) fn virtual_of_root(facts: &Facts) -> usize {
    let devices = facts.virtual_devices.known().into_iter().flatten();
    devices.filter(|device| device.owner == DeviceOwner::Root).count()
}

pub(super) fn numbers(facts: &Facts) -> Vec<Evidence> {
    let Some(summary) = facts.summary.known() else { return Vec::new() };
    let fields = ["AccountMFAEnabled", "AccountPasswordPresent", "AccountAccessKeysPresent"];
    let evidence = |field: &str| {
        let value = summary.0.get(field).map_or("absent".to_owned(), ToString::to_string);
        evidence(&facts.summary, Question::Summary.action(), field, value)
    };
    fields.into_iter().filter_map(evidence).collect()
}

pub(super) fn listed(facts: &Facts, devices: &[MfaDevice]) -> Vec<Evidence> {
    let call = Question::RootDevices.action();
    let of = |device: &MfaDevice| {
        evidence(&facts.root_devices, call, "SerialNumber", format!("{} ({})", device.serial, device.kind()))
    };
    devices.iter().filter_map(of).collect()
}
