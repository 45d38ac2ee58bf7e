//! Root's MFA. AWS documents only the console for it, so lockroot shows the steps and watches. Root can also ask AWS to
//! accept it by API.

mod asking;
mod way_back;

use super::{
    Action, ActionId, Call, Changes, Consent, Form, Opening, Plan, Reach, Row, Scope, Step, StepId, StepView, Table,
    reach, verdict_rows,
};
use crate::account::age::ago;
use crate::account::change::device_name;
use crate::account::facts::{DeviceOwner, VirtualDevice};
use crate::account::{AnswerValue, Caller, Change, Facts, Partition, Question, Reading, RootMfaApi, Timestamp, Topic};

pub(super) struct RootMfa;

/// The steps in the console, in order.
pub const CONSOLE_STEPS: [&str; 5] = [
    "Sign in as root: \"Root user\", the account's e-mail address and password.",
    "Open \"Security credentials\": the address above leads there.",
    "Multi-factor authentication: \"Assign MFA device\".",
    "Choose a passkey or security key if you have one, else an authenticator app.",
    "Follow the dialog to its end. lockroot notices the result.",
];

/// Console page for root's own MFA.
#[must_use]
pub fn console_address(facts: &Facts) -> String {
    partition(facts).console("iam/home#/security_credentials")
}

/// Console page for the account's phone number and root's e-mail address.
#[must_use]
pub fn account_page(facts: &Facts) -> String {
    partition(facts).console("billing/home#/account")
}

fn partition(facts: &Facts) -> Partition {
    facts.caller.known().map_or(Partition::Commercial, |caller| caller.partition())
}

impl Step for RootMfa {
    fn title(&self) -> &'static str {
        "Root MFA"
    }

    fn short_title(&self) -> &'static str {
        "Root MFA"
    }

    fn scope(&self) -> Scope {
        Scope::Root
    }

    fn asks_of_one(&self, _question: &Question) -> bool {
        false
    }

    fn reach(&self, caller: &Caller, facts: &Facts) -> Reach {
        match caller.partition() {
            Partition::China => Reach::NotApplicable("accounts in AWS China have no root user"),
            Partition::GovCloud => Reach::NotApplicable("GovCloud's root has no password, no console and no MFA"),
            Partition::EuropeanSovereign | Partition::Other(_) => reach::UNDOCUMENTED,
            Partition::Commercial if reach::root_was_removed(facts) => Reach::NotApplicable(
                "a member account whose root user has no password, keys or MFA: nobody can sign in as root",
            ),
            Partition::Commercial if reach::lacks_mfa(facts) => {
                Reach::HandOff("as root in the console; lockroot can't watch it")
            }
            Partition::Commercial => Reach::HandOff("as root in the console; lockroot shows how, and watches"),
        }
    }

    fn changes(&self) -> Changes {
        Changes {
            anybody: &["iam:DeleteVirtualMFADevice"],
            root: &["iam:CreateVirtualMFADevice", "iam:EnableMFADevice"],
        }
    }

    fn guide(&self) -> &'static str {
        include_str!("../../assets/guide/root-mfa.md")
    }

    fn further_questions(&self) -> Vec<Question> {
        vec![Question::VirtualDevices, Question::ContactInformation]
    }

    fn view(&self, facts: &Facts, item: usize, now: Timestamp) -> StepView {
        let mut rows = verdict_rows(StepId::RootMfa, facts);
        for device in facts.root_devices.known().into_iter().flatten() {
            let since = device.enabled.map_or_else(String::new, |at| format!(", since {}", ago(at, now)));
            rows.push(Row::value(device.kind(), format!("{}{since}", device.serial)));
        }
        rows.extend(way_back::rows(facts, now));
        StepView {
            why: "With MFA, a stolen password is not enough to sign in as root. AWS requires MFA for root on every kind of account.",
            rows,
            table: table(facts),
            notes: notes(facts),
            actions: actions(facts, item, now),
        }
    }

    fn open(&self, action: ActionId, _item: usize, facts: &Facts) -> Opening {
        match action {
            ActionId::Answer => Opening::Form(way_back::form(facts)),
            ActionId::AskAws | ActionId::DeleteDevice => Opening::Plan,
            _ => Opening::Console,
        }
    }

    fn next_item(&self, _facts: &Facts, _now: Timestamp) -> Option<usize> {
        None
    }

    fn problems(&self, form: &Form, _facts: &Facts) -> Vec<super::Problem> {
        way_back::problems(form)
    }

    fn answers(&self, form: &Form) -> Vec<(Topic, AnswerValue)> {
        way_back::answers(form)
    }

    fn plan(
        &self,
        action: ActionId,
        item: usize,
        _form: Option<&Form>,
        facts: &Facts,
        _as_of: Timestamp,
    ) -> Result<Plan, String> {
        match action {
            ActionId::AskAws => asking::plan(facts),
            ActionId::DeleteDevice => clean_up(facts, item),
            _ => Err("Assign root's MFA in the console.".into()),
        }
    }
}

/// Unassigned virtual devices.
fn unassigned(facts: &Facts) -> Vec<&VirtualDevice> {
    let devices = facts.virtual_devices.known().into_iter().flatten();
    devices.filter(|device| device.owner == DeviceOwner::Nobody).collect()
}

fn table(facts: &Facts) -> Table {
    let orphans = unassigned(facts);
    if orphans.is_empty() {
        return Table::default();
    }
    let row = |device: &&VirtualDevice| vec![device_name(&device.serial).to_owned(), "nobody".to_owned()];
    Table { heads: vec!["VIRTUAL DEVICE", "OWNER"], rows: orphans.iter().map(row).collect(), ..Table::default() }
}

fn notes(facts: &Facts) -> Vec<String> {
    let mut notes = Vec::new();
    if way_back::is_wrong(facts) {
        notes.push(format!("Correct phone and e-mail address first, as root: {}", account_page(facts)));
    }
    match &facts.root_mfa_api {
        Reading::Known { value: RootMfaApi::Closed(failure), .. } => notes.push(format!(
            "AWS does not allow it here ({}). Use the console; lockroot watches.",
            failure.code.as_deref().unwrap_or("no code")
        )),
        _ => notes.push(
            "AWS documents the console as the only place for root's MFA. lockroot shows how, and watches.".into(),
        ),
    }
    if !unassigned(facts).is_empty() {
        notes.push(
            "An unassigned device protects nothing: a set-up was interrupted. Delete it, unless somebody is setting up MFA right now."
                .into(),
        );
    }
    notes.push(
        "If a device is lost, sign in with another one and remove it. Without another one, AWS verifies root's e-mail address and phone."
            .into(),
    );
    notes
}

fn actions(facts: &Facts, item: usize, now: Timestamp) -> Vec<Action> {
    let closed = facts.caller.known().is_some_and(|caller| !caller.partition().has_root_console());
    let has_mfa = facts.summary.known().and_then(|summary| summary.root_mfa()) == Some(1);
    let unseen = has_mfa && facts.root_devices.known().is_none();
    let no_password = facts.summary.known().and_then(|summary| summary.root_password()) == Some(0);
    let blocked = if closed {
        Some("Root has no console in this partition.".to_owned())
    } else if no_password {
        Some("Root has no password, so nobody can sign in to assign a device.".to_owned())
    } else if unseen {
        Some("Only root can see its devices: sign in as root to add one.".to_owned())
    } else {
        way_back::missing(facts, now)
    };
    let action = |id, label: &str, blocked| Action { id, label: label.into(), blocked };
    let console = if has_mfa { "Add a second device" } else { "Go to the console" };
    let mut actions = vec![action(ActionId::HandOff, console, blocked.clone())];
    if !closed && !no_password {
        let answering = action(ActionId::Answer, "Phone and e-mail", None);
        // The next action comes first, so that Enter chooses it.
        let place = if way_back::missing(facts, now).is_some() { 0 } else { actions.len() };
        actions.insert(place, answering);
        if asking::is_offered(facts) {
            actions.push(action(ActionId::AskAws, "Ask AWS to do it here", blocked));
        }
    }
    if unassigned(facts).get(item).is_some() {
        actions.push(action(ActionId::DeleteDevice, "Delete unassigned device", None));
    }
    actions
}

fn clean_up(facts: &Facts, item: usize) -> Result<Plan, String> {
    let device = unassigned(facts).into_iter().nth(item);
    let device = device.ok_or("The unassigned device no longer exists.")?;
    Ok(Plan {
        title: "Delete an unassigned MFA device".into(),
        calls: vec![Call::new(
            Change::DeleteDevice { serial: device.serial.clone() },
            "Virtual MFA device",
            "unassigned",
            "gone",
        )],
        notes: vec![
            "If somebody is setting it up right now, they must start again. AWS does not say when it was created."
                .into(),
        ],
        consent: Consent::Careful,
        ..Plan::default()
    })
}
