//! Unassigned virtual MFA devices. Somebody has seen the seed, and the device's name is taken.

use crate::account::change::device_name;
use crate::account::facts::{DeviceOwner, VirtualDevice};
use crate::account::{Facts, Question};
use crate::checks::credentials::some;
use crate::checks::{Assess, Assessment, Control, Evidence, References, Remedy, Severity, StepId, evidence, known};

pub(super) const CONTROL: Control = Control {
    id: "abandoned-devices",
    title: "No unassigned virtual MFA devices are left over",
    severity: Severity::Low,
    questions: &[Question::VirtualDevices],
    references: References::NONE,
    differs: "",
    console: None,
    remedy: Remedy::OptionalStep(StepId::RootMfa),
    text: include_str!("../../../assets/explain/abandoned-devices.md"),
    assess: Assess::Facts(assess),
};

const FIX: &str = "Delete them in lockroot, the steps \"Root MFA\" and \"Administrator\"; by hand: `aws iam delete-virtual-mfa-device`.";

fn assess(facts: &Facts) -> Result<Assessment, Assessment> {
    let devices = known(&facts.virtual_devices, &Question::VirtualDevices)?;
    let call = Question::VirtualDevices.action();
    let unowned = |device: &&VirtualDevice| device.owner == DeviceOwner::Nobody;
    let abandoned: Vec<&VirtualDevice> = devices.iter().filter(unowned).collect();
    if abandoned.is_empty() {
        let words = format!("{} virtual devices, all assigned", devices.len());
        let proof = evidence(&facts.virtual_devices, call, "VirtualMFADevices", words).into_iter().collect();
        return Ok(match devices.len() {
            0 => Assessment::not_applicable("The account has no virtual MFA devices.", proof),
            _ => Assessment::pass("Every virtual MFA device is assigned.", proof),
        });
    }
    let proof: Vec<Evidence> = abandoned
        .iter()
        .filter_map(|device| evidence(&facts.virtual_devices, call, "SerialNumber", device.serial.clone()))
        .collect();
    let names: Vec<&str> = abandoned.iter().map(|device| device_name(&device.serial)).collect();
    Ok(Assessment::fail(format!("Never assigned: {}.", some(&names)), proof, FIX))
}
