//! Plans another MFA device for the user. Source: IAM User Guide, "AWS: Allows MFA-authenticated IAM users to
//! manage their own credentials": it allows devices of any name, and no deletion.

use super::super::root_mfa::console_address;
use super::{Action, ActionId, Call, Consent, Plan, devices, lacks_session};
use crate::account::change::device_serial;
use crate::account::facts::MfaDevice;
use crate::account::{Caller, Change, Facts};

/// Maximum number of MFA devices per user. Source: "IAM and AWS STS quotas".
const MAX_DEVICES: usize = 8;

/// The call that creates a device with a free name. The first gets the user's name, which every policy of AWS's allows.
/// An unassigned device of that name stays, because most policies let only an administrator delete it.
pub(super) fn plan(user: &str, caller: &Caller, facts: &Facts) -> Plan {
    let known = facts.virtual_devices.known();
    let all = known.into_iter().flatten().map(|device| &device.serial);
    let taken: Vec<&String> = all.chain(devices(facts).into_iter().flatten().map(|device| &device.serial)).collect();
    let is_free = |name: &String| {
        let serial = device_serial(&caller.partition(), &caller.account, name);
        !taken.iter().any(|other| other.eq_ignore_ascii_case(&serial))
    };
    let names = std::iter::once(user.to_owned()).chain((2..).map(|number| format!("{user}-{number}")));
    let name = names.into_iter().find(is_free).unwrap_or_else(|| user.to_owned());
    let before = match devices(facts).map(<[_]>::len) {
        None => "not known".to_owned(),
        Some(0) => "none".to_owned(),
        Some(1) => "1 device".to_owned(),
        Some(count) => format!("{count} devices"),
    };
    let mut notes = vec!["The QR code comes next. Have the phone with the authenticator app at hand.".to_owned()];
    if known.is_none() {
        notes
            .push(format!("AWS does not let you see which names are taken. If {name} is taken, AWS refuses the call."));
    }
    Plan {
        title: "Set up your own MFA".into(),
        calls: vec![Call::new(
            Change::CreateDevice { name, user: Some(user.to_owned()) },
            "Your MFA",
            before,
            "one more device, then its QR code",
        )],
        notes,
        consent: Consent::Plain,
        ..Plan::default()
    }
}

/// The action that adds a device.
pub(super) fn offer(caller: &Caller, facts: &Facts) -> Action {
    let known = devices(facts).unwrap_or_default();
    let label = if known.is_empty() { "Set up MFA" } else { "Add a second device" };
    Action { id: ActionId::EnrolMfa, label: label.into(), blocked: blocked(caller, known, facts) }
}

/// Why no device can be added now.
fn blocked(caller: &Caller, devices: &[MfaDevice], facts: &Facts) -> Option<String> {
    if devices.len() >= MAX_DEVICES {
        return Some(format!("You have {MAX_DEVICES} MFA devices already, the maximum."));
    }
    // Source: AWS-2023-001, "Issue with IAM supporting multiple MFA devices".
    if devices.is_empty() || !lacks_session(caller) {
        return None;
    }
    Some(if devices.iter().any(MfaDevice::shows_codes) {
        "You have MFA, and an access key signs this session: AWS lets you change your MFA only after MFA. Choose \"Sign in with MFA\" first.".into()
    } else {
        let address = console_address(facts);
        format!(
            "You have a passkey, and an access key signs this session: AWS lets you change your MFA only after MFA, and a passkey works only in the console: {address}"
        )
    })
}
