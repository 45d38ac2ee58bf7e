//! The calls that an administrator is made of, as far as they are still missing: group, policy, user, membership, password,
//! access key, virtual MFA device.

use super::super::{Call, FieldId, Form};
use super::{AGAIN, GENERATED};
use crate::account::change::device_serial;
use crate::account::facts::{DeviceOwner, People, SignIn};
use crate::account::{Caller, Change, Facts, Reading, Timestamp};

/// All calls that are still missing for the administrator that `form` describes, and what is worth knowing of them.
pub(super) fn of_form(
    form: &Form,
    people: &People,
    caller: &Caller,
    facts: &Facts,
) -> Result<(Vec<Call>, Vec<String>), String> {
    let (user, group) = (form.text(FieldId::UserName).to_owned(), form.text(FieldId::GroupName).to_owned());
    let mut notes = Vec::new();
    let mut calls = group_calls(&group, people, caller, &mut notes);
    let found = people.user(&user);
    if found.is_none() {
        calls.push(Call::new(Change::CreateUser { user: user.clone() }, "User", "does not exist", "exists"));
    }
    if !found.is_some_and(|found| found.groups.iter().any(|name| name.eq_ignore_ascii_case(&group))) {
        let change = Change::AddUserToGroup { user: user.clone(), group: group.clone() };
        calls.push(Call::new(change, "Member of", found.map_or("no group".into(), |u| groups_of(&u.groups)), group));
    }
    if let Some(boundary) = found.and_then(|found| found.boundary.as_ref()) {
        notes.push(format!(
            "{user} has the permissions boundary {boundary}, which limits what an administrator can do."
        ));
    }
    let new = SignIn { password: Reading::Known { value: None, at: Timestamp::UNIX_EPOCH }, ..SignIn::default() };
    let sign_in = if found.is_some() {
        facts.sign_in(&user).ok_or_else(|| format!("How {user} signs in could not be read. {AGAIN}"))?
    } else {
        &new
    };
    let password =
        sign_in.password.known().ok_or_else(|| format!("Whether {user} has a password could not be read. {AGAIN}"))?;
    if password.is_none() {
        calls.push(password_call(form, &user)?);
    }
    if form.is_on(FieldId::AccessKey) {
        calls.push(Call::new(Change::CreateKey { user: user.clone() }, "Access key", "none made here", "one more"));
    }
    calls.extend(if found.is_some() { of_device(&user, caller, facts)? } else { new_device(&user, caller, facts)? });
    Ok((calls, notes))
}

fn group_calls(group: &str, people: &People, caller: &Caller, notes: &mut Vec<String>) -> Vec<Call> {
    let found = people.group(group);
    let mut calls = Vec::new();
    if found.is_none() {
        calls.push(Call::new(Change::CreateGroup { group: group.to_owned() }, "Group", "does not exist", "exists"));
    }
    if !found.is_some_and(|found| found.carries_administrator_access()) {
        let members =
            people.users.iter().filter(|user| user.groups.iter().any(|name| name.eq_ignore_ascii_case(group))).count();
        if members > 0 {
            notes.push(format!("{group} has {members} members already: all of them become administrators."));
        }
        let policy = caller.partition().managed_policy("AdministratorAccess");
        let change = Change::AttachGroupPolicy { group: group.to_owned(), policy };
        calls.push(Call::new(change, "Policy of the group", "not attached", "AdministratorAccess"));
    }
    calls
}

fn groups_of(groups: &[String]) -> String {
    if groups.is_empty() { "no group".into() } else { groups.join(", ") }
}

fn password_call(form: &Form, user: &str) -> Result<Call, String> {
    let source =
        if form.chosen(FieldId::PasswordSource) == GENERATED { FieldId::GeneratedPassword } else { FieldId::Password };
    let password = form.secret(source).filter(|secret| !secret.is_empty()).ok_or("The password is missing.")?.clone();
    let reset_required = form.is_on(FieldId::ResetRequired);
    let after = match (source == FieldId::GeneratedPassword, reset_required) {
        (true, true) => "generated, changed at first sign-in",
        (true, false) => "generated",
        (false, true) => "as typed, changed at first sign-in",
        (false, false) => "as typed",
    };
    Ok(Call::new(
        Change::CreateLoginProfile { user: user.to_owned(), password, reset_required },
        "Console password",
        "none",
        after,
    ))
}

/// The calls for a virtual MFA device of `user`, unless there is an MFA device already.
pub(super) fn of_device(user: &str, caller: &Caller, facts: &Facts) -> Result<Vec<Call>, String> {
    let devices = facts.sign_in(user).and_then(|sign_in| sign_in.devices.known());
    match devices.ok_or_else(|| format!("The MFA devices of {user} could not be read. {AGAIN}"))?.as_slice() {
        [] => new_device(user, caller, facts),
        _ => Ok(Vec::new()),
    }
}

/// A device under a free name. One of that name that nobody owns is left over from an attempt whose seed is lost: it goes first.
fn new_device(user: &str, caller: &Caller, facts: &Facts) -> Result<Vec<Call>, String> {
    let devices =
        facts.virtual_devices.known().ok_or_else(|| format!("The virtual MFA devices could not be read. {AGAIN}"))?;
    let holder = |name: &str| {
        let serial = device_serial(&caller.partition(), &caller.account, name);
        devices.iter().find(|device| device.serial.eq_ignore_ascii_case(&serial))
    };
    let names = std::iter::once(user.to_owned()).chain((2..).map(|n| format!("{user}-{n}")));
    let name = names.into_iter().find(|name| holder(name).is_none_or(|device| device.owner == DeviceOwner::Nobody));
    let name = name.unwrap_or_else(|| user.to_owned());
    let mut calls = Vec::new();
    if let Some(orphan) = holder(&name) {
        let change = Change::DeleteDevice { serial: orphan.serial.clone() };
        calls.push(Call::new(change, "Left-over device", "unassigned, its seed is lost", "gone"));
    }
    calls.push(Call::new(Change::CreateDevice { name }, "Virtual MFA device", "none", "made; its QR code comes next"));
    Ok(calls)
}
