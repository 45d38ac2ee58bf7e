//! Asks AWS whether it accepts root's MFA by API, with an unassigned device and two wrong codes. If AWS rejects only
//! the codes, correct ones will work; otherwise lockroot deletes the device.

use super::super::{Call, Consent, Plan};
use crate::account::change::{ROOT_NAME, device_serial};
use crate::account::{Change, Facts, Reading, RootMfaApi};
use crate::steps::signed_in;

/// Whether to offer it: root is signed in, and AWS has not refused it before.
pub(super) fn is_offered(facts: &Facts) -> bool {
    let refused = matches!(&facts.root_mfa_api, Reading::Known { value: RootMfaApi::Closed(_), .. });
    facts.caller.known().is_some_and(crate::account::Caller::is_root) && !refused
}

pub(super) fn plan(facts: &Facts) -> Result<Plan, String> {
    let caller = signed_in(facts)?;
    let devices = facts.virtual_devices.known().ok_or("The MFA devices could not be read. Read again (r).")?;
    let people = facts.people.known().ok_or("The users could not be read, and one of them may be called root.")?;
    if people.user(ROOT_NAME).is_some() {
        return Err(
            "A user of this account is called root: AWS would apply the call to that user. Use the console.".into()
        );
    }
    let taken = |name: &str| {
        let serial = device_serial(&caller.partition(), &caller.account, name);
        devices.iter().any(|device| device.serial.eq_ignore_ascii_case(&serial))
    };
    let names = std::iter::once("root-mfa".to_owned()).chain((2..).map(|number| format!("root-mfa-{number}")));
    let name = names.into_iter().find(|name| !taken(name)).unwrap_or_default();
    let serial = device_serial(&caller.partition(), &caller.account, &name);
    Ok(Plan {
        title: "Ask AWS whether root's MFA can be set up here".into(),
        calls: vec![
            Call::new(Change::CreateDevice { name, user: None }, "Virtual MFA device", "none", "unassigned"),
            Call::new(Change::AskRootDevice { serial: serial.clone() }, "Root's MFA", "as it is", "as it is"),
            Call::new(Change::DeleteDevice { serial }, "Virtual MFA device", "unassigned", "deleted, if AWS refuses"),
        ],
        notes: vec![
            "The two codes are wrong on purpose. If AWS objects only to the codes, the QR code comes next. If it refuses for another reason, lockroot deletes the device and you use the console.".into(),
        ],
        consent: Consent::Plain,
        ..Plan::default()
    })
}
