//! Root has a second MFA device, in case the first is lost.

use crate::account::facts::MfaDevice;
use crate::account::{Facts, Question};
use crate::checks::root_devices::{listed, numbers, virtual_of_root, without_root};
use crate::checks::{Assess, Assessment, Control, References, Remedy, Severity, StepId, console, known};

pub(super) const CONTROL: Control = Control {
    id: "root-devices",
    title: "Root has more than one MFA device",
    severity: Severity::Medium,
    questions: &[Question::Caller, Question::Summary, Question::RootDevices, Question::VirtualDevices],
    references: References::NONE,
    differs: "",
    console: Some(console::ROOT),
    remedy: Remedy::OptionalStep(StepId::RootMfa),
    text: include_str!("../../../assets/explain/root-devices.md"),
    assess: Assess::Facts(assess),
};

const FIX: &str = "Assign a second device to root and keep it elsewhere, in case the first is lost: in the console, as root. The step \"Root MFA\" of lockroot shows how.";

fn assess(facts: &Facts) -> Result<Assessment, Assessment> {
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
            0 => Assessment::fail("Root has no MFA device.", proof, FIX),
            number if number >= wanted => Assessment::pass(words, proof),
            _ => Assessment::fail(words, proof, FIX),
        });
    }
    if let Some(failure) = facts.root_devices.failure() {
        return Ok(Assessment::unknown(format!("Root's devices could not be listed: {failure}"), proof));
    }
    let virtual_ones = virtual_of_root(facts);
    match known(&facts.summary, &Question::Summary)?.root_mfa() {
        Some(0) if virtual_ones == 0 => Ok(Assessment::fail("Root has no MFA device.", proof, FIX)),
        Some(1) if virtual_ones >= wanted => {
            Ok(Assessment::pass(format!("Root has at least {}, all virtual.", count(virtual_ones)), proof))
        }
        Some(1) => Ok(Assessment::manual(
            "Root has MFA. Only root can see how many devices: sign in as root, or look in the console.",
            proof,
        )),
        _ => Ok(Assessment::unknown("AWS's answers disagree. Read again in a minute.", proof)),
    }
}

fn count(number: usize) -> String {
    if number == 1 { "one MFA device".into() } else { format!("{number} MFA devices") }
}
