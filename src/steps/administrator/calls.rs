//! The calls that an administrator is made of, as far as they are still missing: group, policy, user, membership, password,
//! access key, virtual MFA device.

use super::super::{Call, FieldId, Form};
use super::{AGAIN, GENERATED, deny_unless_mfa};
use crate::account::change::device_serial;
use crate::account::facts::{DeviceOwner, MOST_GROUPS, People, SignIn, User};
use crate::account::{Caller, Change, Facts, Reading, Timestamp};

/// What is to be done for an administrator.
#[derive(Debug, Default)]
pub(super) struct Outline {
    /// The calls that are still missing.
    pub calls: Vec<Call>,
    /// What is worth knowing of them.
    pub notes: Vec<String>,
    /// Something in it touches others than the new administrator, or limits it.
    pub careful: bool,
}

/// All that is still missing for the administrator that `form` describes.
pub(super) fn of_form(form: &Form, people: &People, caller: &Caller, facts: &Facts) -> Result<Outline, String> {
    let (user, group) = (form.text(FieldId::UserName).to_owned(), form.text(FieldId::GroupName).to_owned());
    let mut notes = Vec::new();
    let mut calls = group_calls(&group, people, caller, &mut notes);
    let found = people.user(&user);
    let mut adopted = adopted(&group, found, people);
    if found.is_none() {
        calls.push(Call::new(Change::CreateUser { user: user.clone() }, "User", "does not exist", "exists"));
    }
    if !found.is_some_and(|found| found.groups.iter().any(|name| name.eq_ignore_ascii_case(&group))) {
        if found.is_some_and(|found| found.groups.len() >= MOST_GROUPS) {
            return Err(format!(
                "{user} is in {MOST_GROUPS} groups already, and AWS allows no more. Take {user} out of one first."
            ));
        }
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
    } else {
        adopted.push("its console password, which nobody can read: set a new one from the page if it is lost".into());
    }
    if form.is_on(FieldId::AccessKey) {
        calls.push(Call::new(Change::CreateKey { user: user.clone() }, "Access key", "none made here", "one more"));
    }
    let device = if found.is_some() { of_device(&user, caller, facts)? } else { new_device(&user, caller, facts)? };
    if device.is_empty() {
        adopted.push("its MFA device".into());
    }
    calls.extend(device);
    // Last: from then on its members can do little without MFA.
    calls.extend(deny_unless_mfa::call(form, people, caller, &mut notes)?);
    let careful = !notes.is_empty();
    if !adopted.is_empty() {
        notes.push(format!("There already, and kept as it is: {}.", adopted.join("; ")));
    }
    Ok(Outline { calls, notes, careful })
}

/// What exists of group, policy, user and membership.
fn adopted(group: &str, user: Option<&User>, people: &People) -> Vec<String> {
    let mut adopted = Vec::new();
    if let Some(found) = people.group(group) {
        let with = if found.carries_administrator_access() { " with AdministratorAccess" } else { "" };
        adopted.push(format!("the group {}{with}", found.name));
    }
    if let Some(user) = user {
        let member = if user.groups.iter().any(|name| name.eq_ignore_ascii_case(group)) { " in it" } else { "" };
        adopted.push(format!("the user {}{member}", user.name));
    }
    adopted
}

/// Another password for `user`, who has one already.
pub(super) fn of_password(form: &Form, user: &User, facts: &Facts) -> Result<Outline, String> {
    let name = &user.name;
    let unread = || format!("Whether {name} has a password could not be read. {AGAIN}");
    let sign_in = facts.sign_in(name).ok_or_else(unread)?;
    if sign_in.password.known().ok_or_else(unread)?.is_none() {
        return Err(format!("{name} has no password any more. Set {name} up instead."));
    }
    let Call { change: Change::CreateLoginProfile { user, password, reset_required }, effect } =
        password_call(form, name)?
    else {
        return Err("The password is missing.".into());
    };
    let after = effect.into_iter().next().map_or(String::new(), |(_, _, after)| after);
    let change = Change::SetPassword { user, password, reset_required };
    Ok(Outline {
        calls: vec![Call::new(change, "Console password", "one that works now", after)],
        notes: vec![format!("The password that {name} has now stops working at once. MFA stays as it is.")],
        careful: true,
    })
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
