//! Kind and number of root's MFA devices. Whose a device is, its owner's ARN tells; of what kind, its serial number.

use super::partition::without_console;
use super::{Evidence, Judgement, evidence, known};
use crate::account::facts::{DeviceOwner, MfaDevice};
use crate::account::{Facts, Question};

const FIX_NUMBER: &str = "Assign a second device to root and keep it elsewhere, so that losing one does not lock root out: the console, as root; the step \"Root MFA\" of lockroot shows the way.";
const FIX_KIND: &str = "Assign a passkey or a hardware token to root in the console, as root. A virtual device can be read off a screen and copied.";

/// Why nothing of root's sign-in can be judged, if so.
fn without_root(facts: &Facts) -> Result<Option<Judgement>, Judgement> {
    match without_console(facts)? {
        Some(none) => Ok(Some(none)),
        None => removed(facts),
    }
}

/// That root has no credentials, if so.
pub(super) fn removed(facts: &Facts) -> Result<Option<Judgement>, Judgement> {
    let summary = known(&facts.summary, &Question::Summary)?;
    if (summary.root_password(), summary.root_keys()) == (Some(0), Some(0)) {
        let why = "Root has no password and no keys: its credentials were removed.";
        return Ok(Some(Judgement::not_applicable(why, numbers(facts))));
    }
    Ok(None)
}

pub(super) fn judge(facts: &Facts) -> Result<Judgement, Judgement> {
    if let Some(none) = without_root(facts)? {
        return Ok(none);
    }
    let wanted = usize::try_from(facts.parameters.root_devices).unwrap_or(usize::MAX);
    let mut proof = numbers(facts);
    if let Some(devices) = facts.root_devices.known() {
        proof.extend(listed(facts, devices));
        let kinds: Vec<&str> = devices.iter().map(MfaDevice::kind).collect();
        let words = format!("Root has {}: {}.", count(devices.len()), kinds.join(", "));
        return Ok(match devices.len() {
            0 => Judgement::fail("Root has no MFA device.", proof, FIX_NUMBER),
            number if number >= wanted => Judgement::pass(words, proof),
            _ => Judgement::fail(words, proof, FIX_NUMBER),
        });
    }
    if let Some(failure) = facts.root_devices.failure() {
        return Ok(Judgement::unknown(format!("Root's devices could not be listed: {failure}"), proof));
    }
    let virtual_ones = virtual_of_root(facts);
    match known(&facts.summary, &Question::Summary)?.root_mfa() {
        Some(0) if virtual_ones == 0 => Ok(Judgement::fail("Root has no MFA device.", proof, FIX_NUMBER)),
        Some(1) if virtual_ones >= wanted => {
            Ok(Judgement::pass(format!("Root has at least {}, all virtual.", count(virtual_ones)), proof))
        }
        Some(1) => Ok(Judgement::manual(
            "Root has MFA; how many devices, AWS tells root only. Sign in as root, or look in the console.",
            proof,
        )),
        _ => Ok(Judgement::unknown("AWS's answers do not fit together. Read again in a minute.", proof)),
    }
}

pub(super) fn judge_kind(facts: &Facts) -> Result<Judgement, Judgement> {
    if let Some(none) = without_root(facts)? {
        return Ok(none);
    }
    let mut proof = numbers(facts);
    if let Some(devices) = facts.root_devices.known() {
        proof.extend(listed(facts, devices));
        let strong = devices.iter().find(|device| device.kind() != "virtual");
        return Ok(match (strong, devices.len()) {
            (Some(device), _) => Judgement::pass(format!("Root has a {}.", device.kind()), proof),
            (None, 0) => Judgement::fail("Root has no MFA device.", proof, FIX_KIND),
            (None, _) => Judgement::fail("Root has virtual devices only.", proof, FIX_KIND),
        });
    }
    if let Some(failure) = facts.root_devices.failure() {
        return Ok(Judgement::unknown(format!("Root's devices could not be listed: {failure}"), proof));
    }
    let mfa = known(&facts.summary, &Question::Summary)?.root_mfa();
    if mfa == Some(0) {
        return Ok(Judgement::fail("Root has no MFA device.", proof, FIX_KIND));
    }
    known(&facts.virtual_devices, &Question::VirtualDevices)?;
    match (mfa, virtual_of_root(facts)) {
        (None, _) => Ok(Judgement::unknown("AWS's summary does not say whether root has MFA.", proof)),
        (Some(_), 0) => Ok(Judgement::pass(
            "Root has MFA and no virtual device of the account is root's: it is a passkey or a hardware token.",
            proof,
        )),
        (Some(_), _) => Ok(Judgement::manual(
            "Root has a virtual device; whether it has another kind too, AWS tells root only. Sign in as root, or look in the console.",
            proof,
        )),
    }
}

fn virtual_of_root(facts: &Facts) -> usize {
    let devices = facts.virtual_devices.known().into_iter().flatten();
    devices.filter(|device| device.owner == DeviceOwner::Root).count()
}

fn count(number: usize) -> String {
    if number == 1 { "one MFA device".into() } else { format!("{number} MFA devices") }
}

fn numbers(facts: &Facts) -> Vec<Evidence> {
    let Some(summary) = facts.summary.known() else { return Vec::new() };
    let fields = ["AccountMFAEnabled", "AccountPasswordPresent", "AccountAccessKeysPresent"];
    let evidence = |field: &str| {
        let value = summary.0.get(field).map_or("absent".to_owned(), ToString::to_string);
        evidence(&facts.summary, Question::Summary.action(), field, value)
    };
    fields.into_iter().filter_map(evidence).collect()
}

fn listed(facts: &Facts, devices: &[MfaDevice]) -> Vec<Evidence> {
    let call = Question::RootDevices.action();
    let of = |device: &MfaDevice| {
        evidence(&facts.root_devices, call, "SerialNumber", format!("{} ({})", device.serial, device.kind()))
    };
    devices.iter().filter_map(of).collect()
}
