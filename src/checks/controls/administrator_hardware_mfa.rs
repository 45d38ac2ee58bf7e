//! Administrators have an MFA device other than a virtual one: a passkey, a security key or a hardware token.

use std::collections::BTreeSet;

use crate::account::facts::{MfaDevice, User};
use crate::account::{Facts, Question};
use crate::checks::credentials::some;
use crate::checks::{
    Assess, Assessment, Awaits, Control, HandOff, References, Remedy, Severity, console, evidence, known,
};

pub(super) const CONTROL: Control = Control {
    id: "administrator-hardware-mfa",
    title: "Every administrator has a passkey or a hardware token",
    severity: Severity::Low,
    questions: &[Question::People],
    references: References { cis: &[], security_hub: &[], prowler: &["iam_user_hardware_mfa_enabled"] },
    differs: "administrators only here; an additional virtual device is allowed",
    console: Some(console::USERS),
    remedy: Remedy::HandOff(HandOff {
        steps: &[
            "Ask each administrator in the finding to sign in to the console.",
            "Each administrator: account menu, Security credentials, Assign MFA device, Passkey or security key.",
        ],
        costs: Some("Passkeys on phones and computers are free. You buy security keys from their makers."),
        awaits: Awaits::PassByEachPerson,
    }),
    text: include_str!("../../../assets/explain/administrator-hardware-mfa.md"),
    assess: Assess::Facts(assess),
};

const CALL: &str = "iam:ListMFADevices";
const FIX: &str = "Each of them must sign in to the console: account menu, Security credentials, Assign MFA device, Passkey or security key. No API can register one.";

fn assess(facts: &Facts) -> Result<Assessment, Assessment> {
    let people = known(&facts.people, &Question::People)?;
    let (mut lacking, mut unread, mut proof) = (Vec::new(), Vec::new(), Vec::new());
    let certain: BTreeSet<&str> = people.with_full_access().map(|(user, _)| user.name.as_str()).collect();
    for user in people.perhaps_with_full_access().filter(|user| has_password(user)) {
        let devices = user.sign_in.as_ref().map(|sign_in| &sign_in.devices);
        let Some((reading, listed)) = devices.and_then(|reading| Some((reading, reading.known()?))) else {
            let failure = devices.and_then(|reading| reading.failure());
            unread.push(failure.map_or_else(|| user.name.clone(), |failure| format!("{} ({failure})", user.name)));
            continue;
        };
        let lacks = listed.iter().all(|device| device.kind() == "virtual");
        if certain.contains(user.name.as_str()) {
            proof.extend(evidence(reading, CALL, format!("{} MFADevices", user.name), kinds(listed)));
            lacking.extend(lacks.then_some(user.name.as_str()));
        } else if lacks {
            unread.push(format!("{} (has a policy that could not be read)", user.name));
        }
    }
    if !lacking.is_empty() {
        let why = format!("Without a passkey, security key or hardware token: {}.", some(&lacking));
        return Ok(Assessment::fail(why, proof, FIX));
    }
    if !unread.is_empty() {
        return Ok(Assessment::unknown(format!("MFA devices could not be read for {}.", some(&unread)), proof));
    }
    if proof.is_empty() {
        let none = evidence(&facts.people, Question::People.action(), "administrators with a console password", "0");
        let why = "No administrator is an IAM user with a console password.";
        return Ok(Assessment::not_applicable(why, none.into_iter().collect()));
    }
    Ok(Assessment::pass("Every administrator has a passkey, a security key or a hardware token.", proof))
}

/// Whether the user has a password; an unread one counts as one.
fn has_password(user: &User) -> bool {
    user.sign_in.as_ref().is_none_or(|sign_in| sign_in.password.known().is_none_or(Option::is_some))
}

fn kinds(devices: &[MfaDevice]) -> String {
    match devices {
        [] => "none".into(),
        some => some.iter().map(MfaDevice::kind).collect::<Vec<_>>().join(", "),
    }
}
