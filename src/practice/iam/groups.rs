//! IAM groups and their members.

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

pub fn create(request: &mut IamRequest) -> Answer {
    let name = request.group_name()?;
    let path = request.form.optional("Path", &rules::PATH)?.unwrap_or("/");
    if request.state.groups.contains_key(&key(name)) {
        return Err(Refusal::already_exists(format!("Group with name {name} already exists.")));
    }
    if request.state.groups.len() >= QUOTA {
        return Err(Refusal::limit("GroupsPerAccount", QUOTA));
    }
    let group = Group {
        name: name.to_owned(),
        path: path.to_owned(),
        id: request.state.ids.unique("AGPA"),
        created: request.now,
        visible_from: request.visible_from(),
        inline_policies: BTreeMap::new(),
        attached_policies: Vec::new(),
    };
    let xml = Xml::new().nested("Group", shape(request.state, &group));
    request.state.groups.insert(key(name), group);
    Ok(Some(xml))
}

pub fn read(request: &mut IamRequest) -> Answer {
    let group = request.state.seen_group(request.group_name()?, request.now)?;
    let (group_key, now) = (key(&group.name), request.now);
    let is_in = |m: &Membership| m.group == group_key && m.visible_from <= now;
    let members =
        request.state.users.iter().filter(|(_, user)| user.visible_from <= now && user.groups.iter().any(is_in));
    let page = Page::of(request.form, members.map(|(key, user)| (key.clone(), user)))?;
    let xml = Xml::new()
        .nested("Group", shape(request.state, group))
        .list("Users", page.items.iter().map(|user| users::shape(request.state, user)));
    Ok(Some(page.end(xml)))
}

pub fn list(request: &mut IamRequest) -> Answer {
    let prefix = request.form.optional("PathPrefix", &rules::PATH_PREFIX)?.unwrap_or("/");
    let now = request.now;
    let seen =
        request.state.groups.iter().filter(|(_, group)| group.visible_from <= now && group.path.starts_with(prefix));
    let page = Page::of(request.form, seen.map(|(key, group)| (key.clone(), group)))?;
    Ok(Some(page.end(Xml::new().list("Groups", page.items.iter().map(|group| shape(request.state, group))))))
}

pub fn list_of_user(request: &mut IamRequest) -> Answer {
    let user = request.state.seen_user(request.user_name()?, request.now)?;
    let mut groups: Vec<_> = request.state.seen_groups_of(user, request.now).collect();
    groups.sort_by_key(|(key, _)| *key);
    let page = Page::of(request.form, groups.into_iter().map(|(key, group)| (key.clone(), group)))?;
    Ok(Some(page.end(Xml::new().list("Groups", page.items.iter().map(|group| shape(request.state, group))))))
}

pub fn add_user(request: &mut IamRequest) -> Answer {
    let (group, user) = (request.group_name()?, request.user_name()?);
    let group = key(&request.state.group(group)?.name);
    let visible_from = request.visible_from();
    let user = request.state.user_mut(user)?;
    if user.groups.iter().any(|membership| membership.group == group) {
        return Ok(None);
    }
    if user.groups.len() >= GROUPS_PER_USER {
        return Err(Refusal::limit("GroupsPerUser", GROUPS_PER_USER));
    }
    user.groups.push(Membership { group, visible_from });
    Ok(None)
}

pub fn remove_user(request: &mut IamRequest) -> Answer {
    let (group, user) = (request.group_name()?, request.user_name()?);
    let group = key(&request.state.group(group)?.name);
    request.state.user_mut(user)?.groups.retain(|membership| membership.group != group);
    Ok(None)
}

/// Only an empty group can be deleted. Source: IAM API, `DeleteGroup`.
pub fn delete(request: &mut IamRequest) -> Answer {
    let name = request.group_name()?;
    let group = request.state.group(name)?;
    let conflict = |what: &str| Err(Refusal::delete_conflict(format!("Cannot delete entity, must {what} first.")));
    let is_in = |m: &Membership| m.group == key(name);
    if request.state.users.values().any(|user| user.groups.iter().any(is_in)) {
        return conflict("remove users from group");
    }
    if !group.attached_policies.is_empty() {
        return conflict("detach all policies");
    }
    if !group.inline_policies.is_empty() {
        return conflict("delete policies");
    }
    request.state.groups.remove(&key(name));
    Ok(None)
}

/// IAM's XML for a group.
pub fn shape(state: &State, group: &Group) -> Xml {
    Xml::new()
        .text("Path", &group.path)
        .text("GroupName", &group.name)
        .text("GroupId", &group.id)
        .text("Arn", &state.group_arn(group))
        .moment("CreateDate", group.created)
}
