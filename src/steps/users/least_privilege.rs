//! Least privilege: what a user really uses, and a group that gives less to move to. The user joins the group first; then what
//! it holds itself is taken off.

use super::super::administrator::{MAX_GROUP_LEN, name_problem};
use super::super::{Call, Consent, Field, FieldId, Form, Plan, Problem};
use super::AGAIN;
use super::guard::{Guard, Loss};
use super::moves::{join, short};
use crate::account::age::ago;
use crate::account::facts::{Group, People, ServiceUse, User};
use crate::account::{Change, Facts, Reading, Timestamp};
use crate::checks::some;

/// The choice of a group that is there already.
const EXISTING: usize = 3;
const OPTIONS: &[&str] = &["ReadOnlyAccess", "PowerUserAccess", "Billing", "a group that exists"];
/// The managed policies of the other choices, after `policy/`, and what a new group is called.
const POLICIES: [(&str, &str); EXISTING] =
    [("ReadOnlyAccess", "ReadOnly"), ("PowerUserAccess", "PowerUsers"), ("job-function/Billing", "Billing")];
/// Services whose last use is told one by one.
const MAX_NAMED: usize = 6;
/// The same below a form.
const IN_A_HINT: usize = 2;

/// What `user` uses, in a sentence or two, as far as it was asked.
pub(super) fn used(user: &User, facts: &Facts, now: Timestamp) -> Option<String> {
    let name = &user.name;
    Some(match facts.services_used.get(&user.arn)? {
        Reading::Known { value, .. } => format!("{name}, in 400 days: {}", used_of(value, now, MAX_NAMED)),
        Reading::Unread => return None,
        Reading::Failed(failure) => format!("What {name} uses could not be read: {failure}"),
        Reading::Closed(reason) => format!("What {name} uses could not be read: {reason}"),
    })
}

/// The services that were used last, `named` of them by name, and how many others are granted.
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
        None => used(user, facts, now).unwrap_or_else(|| "What is used is not known.".into()),
    };
    let fields = vec![
        Field::choice(FieldId::SmallerPolicy, "Gives", hint, OPTIONS, 0),
        Field::text(
            FieldId::GroupName,
            "Group",
            "A new one is made, unless one of this name carries just that policy.",
            default_name(0),
        )
        .at_most(MAX_GROUP_LEN),
    ];
    Form::new(fields, "Review").titled(format!("Give {} less", user.name))
}

fn default_name(chosen: usize) -> &'static str {
    POLICIES.get(chosen).map_or("", |(_, group)| group)
}

/// Another choice has another group.
pub(super) fn settle(form: &mut Form, changed: FieldId) {
    if changed == FieldId::SmallerPolicy {
        form.put_text(FieldId::GroupName, default_name(form.chosen(FieldId::SmallerPolicy)));
    }
}

pub(super) fn problems(form: &Form, facts: &Facts) -> Vec<Problem> {
    let (name, chosen) = (form.text(FieldId::GroupName), form.chosen(FieldId::SmallerPolicy));
    let Some(people) = facts.people.known() else { return Vec::new() };
    let group = people.group(name);
    let problem = |words, at_once| vec![Problem { field: FieldId::GroupName, words, at_once }];
    if let Some((words, at_once)) = name_problem(name, MAX_GROUP_LEN, group.map(|group| group.name.as_str())) {
        return problem(words, at_once);
    }
    match (POLICIES.get(chosen), group) {
        (None, None) => {
            let names: Vec<&str> = people.groups.iter().map(|group| group.name.as_str()).collect();
            let there =
                if names.is_empty() { "There is none yet".to_owned() } else { format!("There are: {}", some(&names)) };
            problem(format!("No group is called {name}. {there}."), false)
        }
        (Some((policy, _)), Some(group)) if !carries_just(group, policy) => problem(
            format!(
                "{} carries something else than {} alone. Choose another name, or \"a group that exists\".",
                group.name,
                short(policy)
            ),
            false,
        ),
        _ => Vec::new(),
    }
}

fn carries_just(group: &Group, policy: &str) -> bool {
    let ends = |arn: &String| arn.ends_with(&format!(":aws:policy/{policy}"));
    group.inline_policies.is_empty()
        && matches!(group.attached_policies.as_slice(), [] | [_])
        && group.attached_policies.iter().all(ends)
}

/// Into the group, and then off with what the user holds itself.
pub(super) fn plan(user: &User, form: &Form, facts: &Facts, guard: &Guard<'_>) -> Result<Plan, String> {
    let people = facts.people.known().ok_or_else(|| format!("Users and groups could not be read. {AGAIN}"))?;
    let caller = facts.caller.known().ok_or_else(|| format!("It is not known who is signed in. {AGAIN}"))?;
    let losses = [Loss::Rights(&user.name)];
    if let Some(why) = guard.blocks(&losses) {
        return Err(why);
    }
    if let Some(problem) = problems(form, facts).into_iter().next() {
        return Err(problem.words);
    }
    let group = form.text(FieldId::GroupName);
    let policy = POLICIES.get(form.chosen(FieldId::SmallerPolicy));
    let policy = policy.map(|(policy, _)| caller.partition().managed_policy(policy));
    let mut calls = into(people, user, group, policy)?;
    calls.extend(off(user, group));
    let mut notes = vec![format!(
        "{} and whatever signs with keys of {} can do from then on what {group} gives, and no more.",
        user.name, user.name
    )];
    let others: Vec<&str> =
        user.groups.iter().map(String::as_str).filter(|other| !other.eq_ignore_ascii_case(group)).collect();
    if !others.is_empty() {
        notes.push(format!("{} stays in {} too: what these give stays.", user.name, some(&others)));
    }
    notes.extend(guard.words(&losses));
    let consent = Consent::Typed { what: format!("the user's name: {}", user.name), expected: user.name.clone() };
    Ok(Plan { title: format!("Give {} less: {group}", user.name), calls, notes, consent, ..Plan::default() })
}

/// The calls after which the user is in the group, and the group carries the policy.
fn into(people: &People, user: &User, group: &str, policy: Option<String>) -> Result<Vec<Call>, String> {
    let found = people.group(group);
    let mut calls = Vec::new();
    if found.is_none() {
        calls.push(Call::new(Change::CreateGroup { group: group.to_owned() }, "Group", "does not exist", "exists"));
    }
    if let Some(policy) = policy.filter(|arn| found.is_none_or(|group| !group.attached_policies.contains(arn))) {
        let after = short(&policy).to_owned();
        let change = Change::AttachGroupPolicy { group: group.to_owned(), policy };
        calls.push(Call::new(change, "Policy of the group", "not attached", after));
    }
    calls.extend(join(user, group)?);
    Ok(calls)
}

/// The calls that take off the user what it holds itself.
fn off(user: &User, group: &str) -> Vec<Call> {
    let after = format!("what {group} gives");
    let attached = user.attached_policies.iter().map(|arn| {
        let change = Change::DetachUserPolicy { user: user.name.clone(), policy: arn.clone() };
        Call::new(change, "Policy", format!("{} on the user", short(arn)), after.clone())
    });
    let inline = user.inline_policies.iter().map(|name| {
        let change = Change::DeleteUserPolicy { user: user.name.clone(), name: name.clone() };
        Call::new(change, "Policy", format!("{name}, written into the user"), after.clone())
    });
    attached.chain(inline).collect()
}
