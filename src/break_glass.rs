//! The break-glass sheet: one page for the safe, for people who must reach root in an emergency. It holds no secrets.
//! Markdown, or one HTML file for printing.

mod html;

use std::fmt::Write;

use crate::account::facts::{DeviceOwner, User};
use crate::account::moment::rfc3339;
use crate::account::{Facts, Question, Timestamp, Topic};
use crate::plain::plain;

pub use html::html;

/// The part that is the same for all accounts: what root is needed for, and how to recover it.
const LAST_PART: &str = include_str!("../assets/break-glass.md");

/// The heading of what to do if an attacker may have root.
const INCIDENT: &str = "## If an attacker may have root";

/// What to do if an attacker may have root: that part of the sheet.
#[must_use]
pub fn incident() -> &'static str {
    let rest = LAST_PART.find(INCIDENT).map_or(LAST_PART, |start| &LAST_PART[start..]);
    rest.find("\n## ").map_or(rest, |end| &rest[..end + 1])
}

/// The questions that the sheet needs answered.
pub const QUESTIONS: [Question; 7] = [
    Question::Caller,
    Question::Alias,
    Question::Summary,
    Question::RootDevices,
    Question::VirtualDevices,
    Question::ContactInformation,
    Question::People,
];

/// The sheet in Markdown, as of `now`.
#[must_use]
pub fn markdown(facts: &Facts, practice: bool, now: Timestamp) -> String {
    let mut sheet = String::new();
    let caller = facts.caller.known();
    let account = caller.map_or("unknown", |caller| caller.account.as_str());
    let alias =
        facts.alias.known().and_then(Option::as_deref).map(|alias| format!(" ({})", plain(alias))).unwrap_or_default();
    line(&mut sheet, &format!("# Break glass: root of AWS account {account}{alias}"));
    if practice {
        line(&mut sheet, "**Practice: this account does not exist.**");
    }
    let date = now.date();
    line(
        &mut sheet,
        &format!(
            "As of {date}. Print it and put it into a safe. Make a new one when something changes, or after a year. It holds no secrets: keep them elsewhere."
        ),
    );
    if let Some(at) = facts.people.at().or(facts.summary.at()) {
        line(&mut sheet, &format!("Read from AWS at {}.", rfc3339(at)));
    }
    let summary = facts.summary.known();
    if summary.is_some_and(|summary| (summary.root_password(), summary.root_keys()) == (Some(0), Some(0))) {
        line(
            &mut sheet,
            "**Root has no password and no access key in this account: nobody can sign in as root.** The organization's administrators can do root's tasks in a privileged session, or allow you to recover root's password: IAM, Root access management.",
        );
    }
    line(&mut sheet, "## Where root signs in");
    if let Some(caller) = caller {
        let console = caller.partition().console("");
        line(&mut sheet, &format!("- Console: {console}, \"Root user\". Account number: {account}"));
    }
    item(&mut sheet, "Root's e-mail address", "");
    item(&mut sheet, "Mailbox read by", &said(facts, Topic::MailboxHolder));
    item(&mut sheet, "Password kept in", "");
    let phone = facts.contact_information.known().and_then(Option::as_ref).map(|contact| contact.phone.clone());
    item(&mut sheet, "Phone number for recovery", &phone.unwrap_or_default());
    item(&mut sheet, "Phone held by", &said(facts, Topic::PhoneHolder));
    line(&mut sheet, "");
    line(&mut sheet, "## Root's MFA devices");
    devices(&mut sheet, facts);
    item(&mut sheet, "Kept at", &said(facts, Topic::DevicePlaces));
    line(&mut sheet, "");
    line(&mut sheet, "## Administrators who can sign in without root");
    people(&mut sheet, facts);
    sheet.push('\n');
    sheet.push_str(LAST_PART);
    sheet
}

fn line(sheet: &mut String, text: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(sheet, "{text}\n");
}

/// A list item; without a value, a line to write on.
fn item(sheet: &mut String, name: &str, value: &str) {
    let value = plain(value);
    let value = if value.is_empty() { "______________________________" } else { &value };
    let _ = writeln!(sheet, "- {}: {value}", plain(name));
}

fn said(facts: &Facts, topic: Topic) -> String {
    facts.answers.get(&topic).map(|answer| answer.said.words().to_owned()).unwrap_or_default()
}

fn devices(sheet: &mut String, facts: &Facts) {
    let own = facts.root_devices.known().into_iter().flatten().map(|device| (device.kind(), device.serial.as_str()));
    let listed = facts.virtual_devices.known().into_iter().flatten();
    let listed =
        listed.filter(|device| device.owner == DeviceOwner::Root).map(|device| ("virtual", device.serial.as_str()));
    let all: Vec<(&str, &str)> = if facts.root_devices.known().is_some() { own.collect() } else { listed.collect() };
    let has_mfa = facts.summary.known().and_then(|summary| summary.root_mfa());
    match (all.as_slice(), has_mfa) {
        ([], Some(0)) => item(sheet, "Devices", "none: root has no MFA"),
        ([], Some(_)) => item(sheet, "Devices", "at least one that is not virtual"),
        ([], None) => item(sheet, "Devices", ""),
        (devices, _) => devices.iter().for_each(|(kind, serial)| item(sheet, kind, serial)),
    }
}

fn people(sheet: &mut String, facts: &Facts) {
    let Some(people) = facts.people.known() else { return item(sheet, "Administrators", "") };
    let can = |user: &User| match user.sign_in.as_ref().and_then(|sign_in| sign_in.password.known()) {
        Some(Some(_)) => user.name.clone(),
        Some(None) => format!("{} (no console password)", user.name),
        None => format!("{} (whether there is a console password could not be read)", user.name),
    };
    let names: Vec<String> = people.with_full_access().map(|(user, _)| can(user)).collect();
    item(sheet, "Administrators", &names.join(", "));
    if let Some(caller) = facts.caller.known() {
        let alias = facts.alias.known().and_then(Option::as_deref);
        item(sheet, "They sign in at", &caller.partition().user_sign_in(alias.unwrap_or(&caller.account)));
    }
}

#[cfg(test)]
mod tests;
