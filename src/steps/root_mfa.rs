//! Step 2: root gets MFA. AWS lets it be assigned in the console only, so the person is handed over and AWS is watched.

use super::{Action, ActionId, Form, Hardening, Opening, Page, Plan, Row, Table, verdict_rows};
use crate::account::age::ago;
use crate::account::{Facts, Partition, Timestamp};

pub(super) struct RootMfa;

/// What to do at the console, in order.
pub const CONSOLE_STEPS: [&str; 5] = [
    "Sign in as root: \"Root user\", the account's e-mail address and password.",
    "Open \"Security credentials\": the address above leads there.",
    "Multi-factor authentication: \"Assign MFA device\".",
    "Take a passkey or security key if you have one, else an authenticator app.",
    "Follow the dialogue to its end. lockroot sees it by itself.",
];

/// Where root's own MFA is assigned.
#[must_use]
pub fn console_address(facts: &Facts) -> String {
    let partition = facts.caller.known().map_or(Partition::Commercial, |caller| caller.partition());
    partition.console("iam/home#/security_credentials")
}

impl Hardening for RootMfa {
    fn title(&self) -> &'static str {
        "Root MFA"
    }

    fn controls(&self) -> &'static [&'static str] {
        &["root-mfa"]
    }

    fn guide(&self) -> &'static str {
        include_str!("../../assets/guide/root-mfa.md")
    }

    fn page(&self, facts: &Facts, _item: usize, now: Timestamp) -> Page {
        let mut rows = verdict_rows(self.controls(), facts);
        for device in facts.root_devices.known().into_iter().flatten() {
            let since = device.enabled.map_or_else(String::new, |at| format!(", since {}", ago(at, now)));
            rows.push(Row { label: device.kind().into(), value: format!("{}{since}", device.serial), verdict: None });
        }
        let closed = facts.caller.known().is_some_and(|caller| !caller.partition().has_root_console());
        let has_mfa = facts.summary.known().and_then(|summary| summary.root_mfa()) == Some(1);
        let unseen = has_mfa && facts.root_devices.known().is_none();
        let no_password = facts.summary.known().and_then(|summary| summary.root_password()) == Some(0);
        let blocked = match (closed, unseen) {
            (true, _) => Some("Root has no console in this partition.".to_owned()),
            (false, _) if no_password => {
                Some("Root has no password, so nobody can sign in to assign anything.".to_owned())
            }
            (false, true) => {
                Some("Only root sees how many devices it has: sign in as root to add one and watch for it.".to_owned())
            }
            (false, false) => None,
        };
        let label = if has_mfa { "Add a second device" } else { "Go to the console" };
        Page {
            why: "With MFA a stolen password alone no longer opens root. AWS asks for it on every kind of account.",
            rows,
            table: Table::default(),
            notes: vec![
                "First make sure that the account's phone number and e-mail address are right and reachable: they are the way back in when a device is lost.".into(),
                "AWS lets root's own MFA be assigned in its console only. lockroot shows the way and watches.".into(),
            ],
            actions: vec![Action { id: ActionId::HandOff, label: label.into(), blocked }],
        }
    }

    fn open(&self, _action: ActionId, _facts: &Facts) -> Opening {
        Opening::Console
    }

    fn plan(&self, _action: ActionId, _item: usize, _form: Option<&Form>, _facts: &Facts) -> Result<Plan, String> {
        Err("Root's MFA is assigned in the console.".into())
    }
}
