//! Least privilege: the services that a user needs, and a group with fewer permissions. The user joins the group
//! before losing the own policies.

use super::super::smaller_group::{self, short};
use super::super::{Call, Consent, FieldId, Form, Plan};
use super::READ_AGAIN;
use super::guard::{Guard, Loss};
use super::moves::join;
use crate::account::age::ago;
use crate::account::facts::{ServiceUse, User};
use crate::account::{Change, Facts, Reading, Timestamp};
use crate::checks::some;
use crate::steps::signed_in;

/// Number of services that are shown with their last use.
const MAX_NAMED: usize = 6;
/// The same in the hint of a form.
const IN_A_HINT: usize = 2;

/// The services that `user` uses, in a sentence or two, if AWS was asked.
pub(super) fn used(user: &User, facts: &Facts, now: Timestamp) -> Option<String> {
    let name = &user.name;
    Some(match facts.services_used.get(&user.arn)? {
        Reading::Known { value, .. } => format!("{name}, in 400 days: {}", used_of(value, now, MAX_NAMED)),
        Reading::Unread => return None,
        Reading::Failed(failure) => format!("The services that {name} uses could not be read: {failure}"),
        Reading::Closed(reason) => format!("The services that {name} uses could not be read: {reason}"),
    })
}

/// The most recently used services, the first `named` by name, and the number of unused ones.
fn used_of(services: &[ServiceUse], now: Timestamp, named: usize) -> String {
    let mut used: Vec<(Timestamp, &str)> =
        services.iter().filter_map(|service| Some((service.last?, service.namespace.as_str()))).collect();
    used.sort_by(|one, other| other.cmp(one));
    let idle = services.len() - used.len();
    let names: Vec<String> =
        used.iter().take(named).map(|(at, namespace)| format!("{namespace} ({})", ago(*at, now))).collect();
    let more = used.len().saturating_sub(named);
    let used = match (names.as_slice(), more) {
        ([], _) => "used nothing".to_owned(),
        (names, 0) => format!("used {}", names.join(", ")),
        (names, more) => format!("used {} and {more} more", names.join(", ")),
    };
    match idle {
        0 => format!("{used}."),
        count => format!("{used}; granted and not used: {count}."),
    }
}

pub(super) fn form(user: &User, facts: &Facts, now: Timestamp) -> Form {
    // Two lines have room.
    let hint = match facts.services_used.get(&user.arn).and_then(|reading| reading.known()) {
        Some(services) => format!("In 400 days {}", used_of(services, now, IN_A_HINT)),
        None => used(user, facts, now).unwrap_or_else(|| "The services in use are unknown.".into()),
    };
    Form::new(smaller_group::fields(hint, 0), "Review").titled(format!("Give {} fewer permissions", user.name))
}

/// Into the group, and then off with what the user holds itself.
pub(super) fn plan(user: &User, form: &Form, facts: &Facts, guard: &Guard<'_>) -> Result<Plan, String> {
    let people = facts.people.known().ok_or_else(|| format!("Users and groups could not be read. {READ_AGAIN}"))?;
    let caller = signed_in(facts)?;
    let losses = [Loss::Rights(&user.name)];
    if let Some(why) = guard.blocks(&losses) {
        return Err(why);
    }
    if let Some(problem) = smaller_group::problem(form, people) {
        return Err(problem.words);
    }
    let group = form.text(FieldId::GroupName);
    let (mut calls, of_members) = smaller_group::calls(form, people, caller);
    calls.extend(join(user, group)?);
    calls.extend(off(user, group));
    let mut notes = vec![format!(
        "From then on {} and the access keys of {} have only the permissions of {group}.",
        user.name, user.name
    )];
    notes.extend(of_members);
    let others: Vec<&str> =
        user.groups.iter().map(String::as_str).filter(|other| !other.eq_ignore_ascii_case(group)).collect();
    if !others.is_empty() {
        notes.push(format!("{} stays in {} and keeps their permissions.", user.name, some(&others)));
    }
    notes.extend(guard.words(&losses));
    let consent = Consent::Typed { what: format!("the user's name: {}", user.name), expected: user.name.clone() };
    Ok(Plan {
        title: format!("Give {} fewer permissions: {group}", user.name),
        calls,
        notes,
        consent,
        ..Plan::default()
    })
}

/// The calls that take off the user what it holds itself.
fn off(user: &User, group: &str) -> Vec<Call> {
    let after = format!("permissions of {group}");
    let attached = user.attached_policies.iter().map(|arn| {
        let change = Change::DetachUserPolicy { user: user.name.clone(), policy: arn.clone() };
        Call::new(change, "Policy", format!("{} on the user", short(arn)), after.clone())
    });
    let inline = user.inline_policies.iter().map(|name| {
        let change = Change::DeleteUserPolicy { user: user.name.clone(), name: name.clone() };
        Call::new(change, "Policy", format!("{name}, inline on the user"), after.clone())
    });
    attached.chain(inline).collect()
}
