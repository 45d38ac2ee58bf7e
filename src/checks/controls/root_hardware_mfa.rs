//! Root has a device whose seed cannot be copied: a passkey or a hardware token.

use crate::account::{Facts, Question};
use crate::checks::root_devices::{listed, numbers, virtual_of_root, without_root};
use crate::checks::{Assess, Assessment, Control, References, Remedy, Severity, StepId, console, known};

pub(super) const CONTROL: Control = Control {
    id: "root-hardware-mfa",
    title: "Root has a passkey or a hardware token",
    severity: Severity::Medium,
    questions: &[Question::Caller, Question::Summary, Question::RootDevices, Question::VirtualDevices],
    references: References {
        cis: &[("5.0", "1.5"), ("6.0", "2.5"), ("7.0", "2.6")],
        security_hub: &["IAM.6"],
        prowler: &["iam_root_hardware_mfa_enabled"],
    },
    differs: "an additional virtual device is allowed here; IAM.6 is critical at Security Hub, medium here",
    console: Some(console::ROOT),
    remedy: Remedy::OptionalStep(StepId::RootMfa),
    text: include_str!("../../../assets/explain/root-hardware-mfa.md"),
    assess: Assess::Facts(assess),
};

const FIX: &str =
    "Assign a passkey or a hardware token to root in the console, as root. The seed of a virtual device can be copied.";

fn assess(facts: &Facts) -> Result<Assessment, Assessment> {
    if let Some(none) = without_root(facts)? {
        return Ok(none);
    }
    let mut proof = numbers(facts);
    if let Some(devices) = facts.root_devices.known() {
        proof.extend(listed(facts, devices));
        let strong = devices.iter().find(|device| device.kind() != "virtual");
        return Ok(match (strong, devices.len()) {
            (Some(device), _) => Assessment::pass(format!("Root has a {}.", device.kind()), proof),
            (None, 0) => Assessment::fail("Root has no MFA device.", proof, FIX),
            (None, _) => Assessment::fail("Root has only virtual MFA devices.", proof, FIX),
        });
    }
    if let Some(failure) = facts.root_devices.failure() {
        return Ok(Assessment::unknown(format!("Root's devices could not be listed: {failure}"), proof));
    }
    let mfa = known(&facts.summary, &Question::Summary)?.root_mfa();
    if mfa == Some(0) {
        return Ok(Assessment::fail("Root has no MFA device.", proof, FIX));
    }
    known(&facts.virtual_devices, &Question::VirtualDevices)?;
    match (mfa, virtual_of_root(facts)) {
        (None, _) => Ok(Assessment::unknown("AWS's summary does not say whether root has MFA.", proof)),
        (Some(_), 0) => Ok(Assessment::pass(
            "Root has MFA, and no virtual device of the account is root's: root has a passkey or a hardware token.",
            proof,
        )),
        (Some(_), _) => Ok(Assessment::manual(
            "Root has a virtual device. Only root can see whether it has another kind too: sign in as root, or look in the console.",
            proof,
        )),
    }
}
