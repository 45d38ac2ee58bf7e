//! Moves a user's own policies to a group: which group, which calls, and when the user's own can be removed.

use super::super::Call;
use super::super::smaller_group::short;
use super::READ_AGAIN;
use crate::account::Change;
use crate::account::change::is_same_policy;
use crate::account::facts::{Group, MAX_GROUPS, People, User};

/// Maximum number of managed policies per group. AWS can raise it on request.
const MAX_POLICIES: usize = 10;
/// Longest name of a group.
pub(super) const MAX_GROUP_NAME_LEN: usize = 128;

type Moves = Result<(Vec<Call>, Vec<String>), String>;

/// A group with exactly the policies of `user`, so that the move changes nobody's permissions.
pub(super) fn equivalent_group<'a>(people: &'a People, user: &User) -> Option<&'a Group> {
    people.groups.iter().find(|group| {
        group.attached_policies.len() == user.attached_policies.len()
            && group.inline_policies.len() == user.inline_policies.len()
            && carries_all(group, user)
            && carries_nothing_else(group, user)
    })
}

/// Compares the documents, because a user may have the same policy twice and counting would accept a foreign one.
fn carries_nothing_else(group: &Group, user: &User) -> bool {
    let texts: Vec<&str> = user.inline_documents.values().map(String::as_str).collect();
    group.attached_policies.iter().all(|arn| user.attached_policies.contains(arn))
        && group.inline_policies.values().all(|carried| texts.iter().any(|text| is_same_policy(carried, text)))
}

fn carries_all(group: &Group, user: &User) -> bool {
    user.attached_policies.iter().all(|arn| group.attached_policies.contains(arn))
        && user.inline_policies.iter().all(|name| text(user, name).is_some_and(|text| carries_text(group, text)))
}

fn carries_text(group: &Group, text: &str) -> bool {
    group.inline_policies.values().any(|carried| is_same_policy(carried, text))
}

fn text<'a>(user: &'a User, name: &str) -> Option<&'a str> {
    user.inline_documents.get(name).map(String::as_str)
}

pub(super) fn groups_of<'a>(people: &'a People, user: &'a User) -> impl Iterator<Item = &'a Group> {
    user.groups.iter().filter_map(|name| people.group(name))
}

/// A group of `user` that also gives the managed policy.
fn giver<'a>(people: &'a People, user: &'a User, arn: &String) -> Option<&'a Group> {
    groups_of(people, user).find(|group| group.attached_policies.contains(arn))
}

/// A group of `user` with the same document as the user's inline policy.
fn giver_of_text<'a>(people: &'a People, user: &'a User, name: &str) -> Option<&'a Group> {
    let text = text(user, name)?;
    groups_of(people, user).find(|group| carries_text(group, text))
}

/// Whether the groups of `user` give all the user's own policies.
pub(super) fn is_covered(people: &People, user: &User) -> bool {
    user.attached_policies.iter().all(|arn| giver(people, user, arn).is_some())
        && user.inline_policies.iter().all(|name| giver_of_text(people, user, name).is_some())
}

/// A name for a new group. A group from an interrupted move is reused.
pub(super) fn fresh_name(people: &People, user: &User) -> String {
    let base = match (user.attached_policies.as_slice(), user.inline_policies.as_slice()) {
        ([only], []) if short(only) == "AdministratorAccess" => "Administrators".to_owned(),
        ([only], []) => short(only).to_owned(),
        _ => format!("{}-permissions", user.name),
    };
    let base: String = base.chars().take(MAX_GROUP_NAME_LEN - 4).collect();
    let names = std::iter::once(base.clone()).chain((2..).map(|n| format!("{base}-{n}")));
    let is_free = |name: &String| people.group(name).is_none_or(|group| is_begun(people, group, user));
    names.into_iter().find(is_free).unwrap_or(base)
}

/// Whether an interrupted move may have left `group`: it has no other policies and no other members.
fn is_begun(people: &People, group: &Group, user: &User) -> bool {
    let is_in = |other: &User| other.groups.iter().any(|name| name.eq_ignore_ascii_case(&group.name));
    let others = people.users.iter().any(|other| other.name != user.name && is_in(other));
    !others && carries_nothing_else(group, user)
}

/// The call that adds `user` to `group`. `None`: already a member.
pub(super) fn join(user: &User, group: &str) -> Result<Option<Call>, String> {
    let name = &user.name;
    if user.groups.iter().any(|other| other.eq_ignore_ascii_case(group)) {
        return Ok(None);
    }
    if user.groups.len() >= MAX_GROUPS {
        return Err(format!(
            "{name} is in {} groups already; AWS allows {MAX_GROUPS}. Remove {name} from one first.",
            user.groups.len()
        ));
    }
    let change = Change::AddUserToGroup { user: name.clone(), group: group.to_owned() };
    let (before, after) = match user.groups.as_slice() {
        [] => ("no group".to_owned(), group.to_owned()),
        groups => (groups.join(", "), format!("{group} too")),
    };
    Ok(Some(Call::new(change, "Member of", before, after)))
}

/// The calls after which `group` gives `user` the user's own policies. They remove nothing.
pub(super) fn carry(people: &People, user: &User, group: &str) -> Moves {
    let name = &user.name;
    let nothing = Group { name: group.to_owned(), ..Group::default() };
    let found = people.group(group);
    let carrying = found.unwrap_or(&nothing);
    let join = join(user, group)?;
    let attach: Vec<&String> =
        user.attached_policies.iter().filter(|arn| !carrying.attached_policies.contains(arn)).collect();
    if carrying.attached_policies.len() + attach.len() > MAX_POLICIES {
        return Err(format!(
            "{name} holds more managed policies than a group can have ({MAX_POLICIES}). Combine some first."
        ));
    }
    let mut calls = Vec::new();
    if found.is_none() {
        calls.push(Call::new(Change::CreateGroup { group: group.to_owned() }, "Group", "does not exist", "exists"));
    }
    for arn in attach {
        let change = Change::AttachGroupPolicy { group: group.to_owned(), policy: arn.clone() };
        calls.push(Call::new(change, "Policy of the group", "not attached", short(arn)));
    }
    let mut taken: Vec<String> = carrying.inline_policies.keys().cloned().collect();
    for policy in &user.inline_policies {
        let text = text(user, policy)
            .ok_or_else(|| format!("AWS did not send the text of the policy {policy} of {name}. {READ_AGAIN}"))?;
        if carries_text(carrying, text) {
            continue;
        }
        let names = std::iter::once(policy.clone()).chain((2..).map(|n| format!("{policy}-{n}")));
        let free = names.into_iter().find(|name| !taken.contains(name)).unwrap_or_default();
        taken.push(free.clone());
        let change = Change::PutGroupPolicy { group: group.to_owned(), name: free, document: text.to_owned() };
        calls.push(Call::new(change, "Policy in the group", "not there", "the same text as the user's"));
    }
    calls.extend(join);
    if calls.is_empty() {
        return Err(format!("{group} gives {name} all of that already."));
    }
    let notes = vec![format!(
        "Nothing is taken from {name} yet: that is the second review, once AWS shows that {group} gives the same."
    )];
    Ok((calls, notes))
}

/// The calls that detach policies from `user` that a group also gives. Other policies stay.
pub(super) fn detach(people: &People, user: &User) -> Moves {
    let name = &user.name;
    let mut calls = Vec::new();
    for arn in &user.attached_policies {
        if let Some(group) = giver(people, user, arn) {
            let change = Change::DetachUserPolicy { user: name.clone(), policy: arn.clone() };
            calls.push(Call::new(change, "Policy", "attached to the user", format!("through {} only", group.name)));
        }
    }
    for policy in &user.inline_policies {
        if let Some(group) = giver_of_text(people, user, policy) {
            let change = Change::DeleteUserPolicy { user: name.clone(), name: policy.clone() };
            calls.push(Call::new(change, "Policy", "written into the user", format!("through {} only", group.name)));
        }
    }
    if calls.is_empty() {
        return Err(format!("No group of {name} gives the same permissions: nothing can be taken away. {READ_AGAIN}"));
    }
    Ok((calls, vec![format!("{name} can do the same as before: the groups give each of these policies too.")]))
}
