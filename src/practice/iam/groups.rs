//! IAM groups and who is in them.

use std::collections::BTreeMap;

use super::super::iam_request::{Answer, IamRequest};
use super::super::page::Page;
use super::super::refusal::Refusal;
use super::super::rules;
use super::super::state::{Group, Membership, State, key};
use super::super::xml::Xml;
use super::users;

const QUOTA: usize = 300;
const GROUPS_PER_USER: usize = 10;

pub fn create(visit: &mut IamRequest) -> Answer {
    let name = visit.group_name()?;
    let path = visit.form.optional("Path", &rules::PATH)?.unwrap_or("/");
    if visit.state.groups.contains_key(&key(name)) {
        return Err(Refusal::already_exists(format!("Group with name {name} already exists.")));
    }
    if visit.state.groups.len() >= QUOTA {
        return Err(Refusal::limit("GroupsPerAccount", QUOTA));
    }
    let group = Group {
        name: name.to_owned(),
        path: path.to_owned(),
        id: visit.state.ids.unique("AGPA"),
        created: visit.now,
        visible_from: visit.visible_from(),
        inline_policies: BTreeMap::new(),
        attached_policies: Vec::new(),
    };
    let xml = Xml::new().nested("Group", shape(visit.state, &group));
    visit.state.groups.insert(key(name), group);
    Ok(Some(xml))
}

pub fn read(visit: &mut IamRequest) -> Answer {
    let group = visit.state.seen_group(visit.group_name()?, visit.now)?;
    let (group_key, now) = (key(&group.name), visit.now);
    let is_in = |m: &Membership| m.group == group_key && m.visible_from <= now;
    let members =
        visit.state.users.iter().filter(|(_, user)| user.visible_from <= now && user.groups.iter().any(is_in));
    let page = Page::of(visit.form, members.map(|(key, user)| (key.clone(), user)))?;
    let xml = Xml::new()
        .nested("Group", shape(visit.state, group))
        .list("Users", page.items.iter().map(|user| users::shape(visit.state, user)));
    Ok(Some(page.end(xml)))
}

pub fn list(visit: &mut IamRequest) -> Answer {
    let prefix = visit.form.optional("PathPrefix", &rules::PATH_PREFIX)?.unwrap_or("/");
    let now = visit.now;
    let seen =
        visit.state.groups.iter().filter(|(_, group)| group.visible_from <= now && group.path.starts_with(prefix));
    let page = Page::of(visit.form, seen.map(|(key, group)| (key.clone(), group)))?;
    Ok(Some(page.end(Xml::new().list("Groups", page.items.iter().map(|group| shape(visit.state, group))))))
}

pub fn list_of_user(visit: &mut IamRequest) -> Answer {
    let user = visit.state.seen_user(visit.user_name()?, visit.now)?;
    let mut groups: Vec<_> = visit.state.seen_groups_of(user, visit.now).collect();
    groups.sort_by_key(|(key, _)| *key);
    let page = Page::of(visit.form, groups.into_iter().map(|(key, group)| (key.clone(), group)))?;
    Ok(Some(page.end(Xml::new().list("Groups", page.items.iter().map(|group| shape(visit.state, group))))))
}

pub fn add_user(visit: &mut IamRequest) -> Answer {
    let (group, user) = (visit.group_name()?, visit.user_name()?);
    let group = key(&visit.state.group(group)?.name);
    let visible_from = visit.visible_from();
    let user = visit.state.user_mut(user)?;
    if user.groups.iter().any(|membership| membership.group == group) {
        return Ok(None);
    }
    if user.groups.len() >= GROUPS_PER_USER {
        return Err(Refusal::limit("GroupsPerUser", GROUPS_PER_USER));
    }
    user.groups.push(Membership { group, visible_from });
    Ok(None)
}

pub fn remove_user(visit: &mut IamRequest) -> Answer {
    let (group, user) = (visit.group_name()?, visit.user_name()?);
    let group = key(&visit.state.group(group)?.name);
    visit.state.user_mut(user)?.groups.retain(|membership| membership.group != group);
    Ok(None)
}

/// A group must have been emptied first. Source: IAM API, `DeleteGroup`.
pub fn delete(visit: &mut IamRequest) -> Answer {
    let name = visit.group_name()?;
    let group = visit.state.group(name)?;
    let conflict = |what: &str| Err(Refusal::delete_conflict(format!("Cannot delete entity, must {what} first.")));
    let is_in = |m: &Membership| m.group == key(name);
    if visit.state.users.values().any(|user| user.groups.iter().any(is_in)) {
        return conflict("remove users from group");
    }
    if !group.attached_policies.is_empty() {
        return conflict("detach all policies");
    }
    if !group.inline_policies.is_empty() {
        return conflict("delete policies");
    }
    visit.state.groups.remove(&key(name));
    Ok(None)
}

/// A group as IAM writes one.
pub fn shape(state: &State, group: &Group) -> Xml {
    Xml::new()
        .text("Path", &group.path)
        .text("GroupName", &group.name)
        .text("GroupId", &group.id)
        .text("Arn", &state.group_arn(group))
        .moment("CreateDate", group.created)
}
