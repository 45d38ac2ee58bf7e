//! The missing calls for one administrator: user, tags, membership, password, access key, virtual MFA device.

use super::super::{Call, FieldId, Form};
use super::calls::{Gathered, groups_of, is_in};
use super::fields::is_daily;
use super::{READ_AGAIN, device, passwords, tags};
use crate::account::change::Change;
use crate::account::facts::{MAX_GROUPS, People, SignIn, User};
use crate::account::{Caller, Facts, Reading, Tag, Timestamp};

/// Data that all users of a form share.
pub(super) struct Common<'a> {
    pub form: &'a Form,
    pub people: &'a People,
    pub caller: &'a Caller,
    pub facts: &'a Facts,
    pub group: &'a str,
    pub tags: &'a [Tag],
}

/// Adds the missing calls for `name`, the user at index `place` of the form.
pub(super) fn add(name: &str, place: usize, common: &Common, gathered: &mut Gathered) -> Result<(), String> {
    let Common { form, people, caller, facts, .. } = *common;
    let found = people.user(name);
    let user = found.map_or(name, |found| &found.name);
    match found {
        Some(found) => adopt(found, common, gathered)?,
        None => gathered.calls.push(create(user, common.tags)),
    }
    put_in_group(user, found, common, gathered)?;
    give_password((user, place), found, common, gathered)?;
    if form.is_on(FieldId::AccessKey) {
        let change = Change::CreateKey { user: user.to_owned() };
        gathered.calls.push(Call::new(change, "Access key", "none made here", "one more"));
    }
    let devices = match found {
        Some(_) => device::calls_for(user, caller, facts, &mut gathered.devices)?,
        None => device::new(user, caller, facts, &mut gathered.devices)?,
    };
    if devices.is_empty() {
        gathered.adopted.push(format!("{user}'s MFA device"));
    }
    gathered.calls.extend(devices);
    Ok(())
}

fn put_in_group(user: &str, found: Option<&User>, common: &Common, gathered: &mut Gathered) -> Result<(), String> {
    let Common { form, group, .. } = *common;
    if !found.is_some_and(|found| is_in(found, group)) {
        if found.is_some_and(|found| found.groups.len() >= MAX_GROUPS) {
            return Err(format!(
                "{user} is in {MAX_GROUPS} groups already, the maximum. Remove {user} from one first."
            ));
        }
        let change = Change::AddUserToGroup { user: user.to_owned(), group: group.to_owned() };
        let (before, after) = match found {
            Some(found) if !found.groups.is_empty() => (groups_of(&found.groups), format!("{group} too")),
            _ => ("no group".into(), group.to_owned()),
        };
        gathered.calls.push(Call::new(change, "Member of", before, after));
        if found.is_some() {
            let gains = if is_daily(form) {
                format!("gets the permissions of {group}")
            } else {
                "becomes an administrator".into()
            };
            gathered.notes.push(format!(
                "{user} exists already and {gains}, and so do programs that use its access keys. The step Users shows these keys."
            ));
        }
    }
    Ok(())
}

fn give_password(
    (user, place): (&str, usize),
    found: Option<&User>,
    common: &Common,
    gathered: &mut Gathered,
) -> Result<(), String> {
    let Common { form, facts, .. } = *common;
    let new = SignIn { password: Reading::Known { value: None, at: Timestamp::UNIX_EPOCH }, ..SignIn::default() };
    let sign_in = match found {
        Some(_) => facts.sign_in(user).ok_or_else(|| format!("How {user} signs in could not be read. {READ_AGAIN}"))?,
        None => &new,
    };
    let password = sign_in
        .password
        .known()
        .ok_or_else(|| format!("Whether {user} has a password could not be read. {READ_AGAIN}"))?;
    if password.is_none() {
        gathered.calls.push(passwords::call(form, place, user)?);
        gathered.with_new_password.push(user.to_owned());
    } else if form.unsure_passwords.iter().any(|name| name == user) {
        gathered.calls.push(passwords::call_again(form, place, user)?);
        gathered.with_new_password.push(user.to_owned());
        gathered.notes.push(format!("{user} has a password, but AWS's answer was lost. This sets a new one."));
    } else {
        gathered.adopted.push(format!("{user}'s console password (if it is lost, set a new one from the page)"));
    }
    Ok(())
}

fn create(user: &str, tags: &[Tag]) -> Call {
    let change = Change::CreateUser { user: user.to_owned(), tags: tags.to_vec() };
    let mut call = Call::new(change, "User", "does not exist", "exists");
    if !tags.is_empty() {
        call.effect.push(("Tags", "none".into(), tags::words(tags)));
    }
    call
}

fn adopt(found: &User, common: &Common, gathered: &mut Gathered) -> Result<(), String> {
    let user = &found.name;
    let member = if is_in(found, common.group) { " in it" } else { "" };
    gathered.adopted.push(format!("the user {user}{member}"));
    let (call, kept) = tags::missing(found, common.tags)?;
    gathered.calls.extend(call);
    gathered.adopted.extend(kept);
    if let Some(boundary) = &found.boundary {
        let limited = if is_daily(common.form) { "the group gives" } else { "an administrator can do" };
        gathered.notes.push(format!("{user} has the permissions boundary {boundary}, which limits what {limited}."));
    }
    Ok(())
}
