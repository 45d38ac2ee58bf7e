//! Root signs in with MFA of any kind. A device is root's by its owner's ARN, not by its name.

use crate::account::facts::DeviceOwner;
use crate::account::{Facts, Question};
use crate::checks::partition::without_console;
use crate::checks::{
    Assess, Assessment, Control, Evidence, References, Remedy, Severity, StepId, console, evidence, known,
};

pub(super) const CONTROL: Control = Control {
    id: "root-mfa",
    title: "Root signs in with MFA",
    severity: Severity::Critical,
    questions: &[Question::Caller, Question::Summary, Question::RootDevices, Question::VirtualDevices],
    references: References {
        cis: &[("5.0", "1.4"), ("6.0", "2.4"), ("7.0", "2.5")],
        security_hub: &["IAM.9"],
        prowler: &["iam_root_mfa_enabled"],
    },
    differs: "any kind of device",
    console: Some(console::ROOT),
    remedy: Remedy::Step(StepId::RootMfa),
    text: include_str!("../../../assets/explain/root-mfa.md"),
    assess: Assess::Facts(assess),
};

const FIX: &str = "Assign an MFA device to root in the console, as root: the step \"Root MFA\" of lockroot shows how and watches until AWS confirms it.";

fn assess(facts: &Facts) -> Result<Assessment, Assessment> {
    if let Some(none) = without_console(facts)? {
        return Ok(none);
    }
    let summary = known(&facts.summary, &Question::Summary)?;
    let mut proof: Vec<Evidence> = ["AccountMFAEnabled", "AccountPasswordPresent"]
        .into_iter()
        .filter_map(|field| {
            let value = summary.0.get(field).map_or("absent".to_owned(), ToString::to_string);
            evidence(&facts.summary, Question::Summary.action(), field, value)
        })
        .collect();
    proof.extend(devices(facts));
    let virtual_of_root = facts
        .virtual_devices
        .known()
        .is_some_and(|devices| devices.iter().any(|device| device.owner == DeviceOwner::Root));
    match (summary.root_mfa(), summary.root_password(), summary.root_keys()) {
        (None, _, _) => Ok(Assessment::unknown("AWS's summary does not say whether root has MFA.", proof)),
        (Some(0), _, _) if virtual_of_root => Ok(Assessment::unknown(
            "AWS's summary says that root has no MFA, but a virtual device belongs to root. Read again in a minute.",
            proof,
        )),
        (Some(0), Some(0), Some(0)) => {
            Ok(Assessment::not_applicable("Root has no password and no keys: its credentials were removed.", proof))
        }
        (Some(0), Some(0), _) => Ok(Assessment::not_applicable(
            "Root has no password, so nobody can sign in as root. root-access-keys checks its keys.",
            proof,
        )),
        (Some(0), None, _) => Ok(Assessment::fail("Root has no MFA.", proof, FIX)),
        (Some(0), _, _) => Ok(Assessment::fail("Root has no MFA: a password is enough.", proof, FIX)),
        (Some(_), _, _) => Ok(Assessment::pass(kind(facts), proof)),
    }
}

/// A sentence on number and kind of root's devices, as far as known.
fn kind(facts: &Facts) -> String {
    if let Some(devices) = facts.root_devices.known() {
        return match devices.as_slice() {
            [] => "Root has MFA.".into(),
            [only] => format!("Root has one MFA device ({}). Add a second one and keep it elsewhere.", only.kind()),
            several => format!("Root has {} MFA devices.", several.len()),
        };
    }
    match facts.virtual_devices.known() {
        Some(devices) if devices.iter().any(|device| device.owner == DeviceOwner::Root) => {
            "Root has a virtual MFA device.".into()
        }
        Some(_) => "Root has a hardware token, passkey or security key.".into(),
        None => "Root has MFA. Its kind could not be read.".into(),
    }
}

fn devices(facts: &Facts) -> Vec<Evidence> {
    let own = facts.root_devices.known().into_iter().flatten().filter_map(|device| {
        evidence(
            &facts.root_devices,
            Question::RootDevices.action(),
            "SerialNumber",
            format!("{} ({})", device.serial, device.kind()),
        )
    });
    let listed = facts
        .virtual_devices
        .known()
        .into_iter()
        .flatten()
        .filter(|device| device.owner == DeviceOwner::Root)
        .filter_map(|device| {
            evidence(&facts.virtual_devices, Question::VirtualDevices.action(), "SerialNumber", device.serial.clone())
        });
    own.chain(listed).collect()
}
