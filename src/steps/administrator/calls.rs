//! The missing calls for administrators: group, policy, then each person.

use super::super::{Call, FieldId, Form, smaller_group};
use super::person::{self, Common};
use super::{daily, deny_unless_mfa, fields, first_sign_in, names, tags};
use crate::account::facts::{People, User};
use crate::account::{Caller, Change, Facts};

/// The calls of a plan, before it is complete.
#[derive(Debug, Default)]
pub(super) struct Outline {
    pub calls: Vec<Call>,
    pub notes: Vec<String>,
    /// Whether a call affects other users or limits the new one.
    pub careful: bool,
}

/// Calls and notes collected so far for the users of a form.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    pub calls: Vec<Call>,
    /// Notes that ask for care.
    pub notes: Vec<String>,
    /// Existing items that are kept.
    pub adopted: Vec<String>,
    /// Names that these calls give to devices.
    pub devices: Vec<String>,
    /// Users who get a password.
    pub with_new_password: Vec<String>,
}

/// Title of the plan.
pub(super) fn title(form: &Form) -> String {
    match names::of(form).as_slice() {
        [one] => format!("Set up the user {one}"),
        several => format!("Set up {} users", several.len()),
    }
}

/// All missing calls for the users in `form`.
pub(super) fn of_form(form: &Form, people: &People, caller: &Caller, facts: &Facts) -> Result<Outline, String> {
    let group = form.text(FieldId::GroupName);
    let tags = tags::of(form)?;
    let mut gathered = Gathered::default();
    let is_daily = fields::is_daily(form);
    if is_daily {
        // The form was validated against older facts. The plan uses the current ones.
        if let Some(problem) = daily::problems(form, Some(people)).into_iter().next() {
            return Err(problem.words);
        }
        let (calls, note) = smaller_group::calls(form, people, caller);
        gathered.calls.extend(calls);
        gathered.notes.extend(note);
    } else {
        add_group(group, people, caller, &mut gathered);
    }
    let common = Common { form, people, caller, facts, group, tags: &tags };
    for (place, name) in names::of(form).into_iter().enumerate() {
        person::add(name, place, &common, &mut gathered)?;
    }
    let Gathered { mut calls, mut notes, adopted, with_new_password, .. } = gathered;
    // Last, because without MFA its members can do little afterwards.
    calls.extend(deny_unless_mfa::call(form, people, caller, &mut notes)?);
    if is_daily {
        notes.extend(first_sign_in::hint_of_daily_users(form, &with_new_password, facts));
    } else {
        notes.extend(first_sign_in::hints(form, &with_new_password, people));
    }
    let careful = !notes.is_empty();
    notes.extend(first_sign_in::hint_of_organization(form, &with_new_password, facts));
    if !adopted.is_empty() {
        notes.push(format!("Exists already, and stays as it is: {}.", adopted.join("; ")));
    }
    Ok(Outline { calls, notes, careful })
}

fn add_group(group: &str, people: &People, caller: &Caller, gathered: &mut Gathered) {
    let found = people.group(group);
    let carries = found.is_some_and(|found| found.carries_administrator_access());
    match found {
        Some(found) => {
            let with = if carries { " with AdministratorAccess" } else { "" };
            gathered.adopted.push(format!("the group {}{with}", found.name));
        }
        None => {
            let change = Change::CreateGroup { group: group.to_owned() };
            gathered.calls.push(Call::new(change, "Group", "does not exist", "exists"));
        }
    }
    if carries {
        return;
    }
    let members: Vec<&str> = people.users.iter().filter(|user| is_in(user, group)).map(|user| &*user.name).collect();
    if !members.is_empty() {
        let names = members.join(", ");
        gathered.notes.push(format!("{group} has members, who become administrators: {names}."));
    }
    let policy = caller.partition().managed_policy("AdministratorAccess");
    let change = Change::AttachGroupPolicy { group: group.to_owned(), policy };
    gathered.calls.push(Call::new(change, "Policy of the group", "not attached", "AdministratorAccess"));
}

pub(super) fn is_in(user: &User, group: &str) -> bool {
    user.groups.iter().any(|name| name.eq_ignore_ascii_case(group))
}

/// Group names in words.
pub(super) fn groups_of(groups: &[String]) -> String {
    if groups.is_empty() { "no group".into() } else { groups.join(", ") }
}
