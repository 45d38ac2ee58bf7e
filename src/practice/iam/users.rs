//! IAM users.

use std::collections::{BTreeMap, BTreeSet};

use super::super::iam_request::{Answer, IamRequest};
use super::super::page::Page;
use super::super::refusal::Refusal;
use super::super::rules;
use super::super::state::{State, User, key};
use super::super::xml::Xml;
use super::attachments;
use crate::account::Subject;
use crate::account::tags::{is_reserved, is_same_key};

const QUOTA: usize = 5000;
const TAGS_QUOTA: usize = 50;

pub fn create(request: &mut IamRequest) -> Answer {
    let name = request.form.required("UserName", &rules::NEW_USER_NAME)?;
    let path = request.form.optional("Path", &rules::PATH)?.unwrap_or("/");
    let boundary = request.form.optional("PermissionsBoundary", &rules::POLICY_ARN)?;
    boundary.map_or(Ok(()), attachments::exists)?;
    if request.state.users.contains_key(&key(name)) {
        return Err(Refusal::already_exists(format!("User with name {name} already exists.")));
    }
    if request.state.users.len() >= QUOTA {
        return Err(Refusal::limit("UsersPerAccount", QUOTA));
    }
    let mut tags = BTreeMap::new();
    put_tags(request, &mut tags)?;
    let user = User {
        name: name.to_owned(),
        path: path.to_owned(),
        id: request.state.ids.unique("AIDA"),
        created: request.now,
        visible_from: request.visible_from(),
        groups: Vec::new(),
        inline_policies: BTreeMap::new(),
        attached_policies: Vec::new(),
        boundary: boundary.map(str::to_owned),
        login: None,
        password_last_used: None,
        tags,
    };
    let xml = Xml::new().nested("User", shape(request.state, &user));
    request.state.users.insert(key(name), user);
    Ok(Some(xml))
}

pub fn read(request: &mut IamRequest) -> Answer {
    let user = match request.form.optional("UserName", &rules::USER_NAME)? {
        Some(name) => shape(request.state, request.state.seen_user(name, request.now)?),
        None => match request.subject()? {
            Subject::User(name) => shape(request.state, request.state.user(&name)?),
            Subject::Root => root(request.state),
        },
    };
    Ok(Some(Xml::new().nested("User", user)))
}

pub fn list(request: &mut IamRequest) -> Answer {
    let prefix = request.form.optional("PathPrefix", &rules::PATH_PREFIX)?.unwrap_or("/");
    let now = request.now;
    let seen = request.state.users.iter().filter(|(_, user)| user.visible_from <= now && user.path.starts_with(prefix));
    let page = Page::of(request.form, seen.map(|(key, user)| (key.clone(), user)))?;
    Ok(Some(page.end(Xml::new().list("Users", page.items.iter().map(|user| shape(request.state, user))))))
}

/// A user's keys, devices and policies must be removed first. Source: IAM API, `DeleteUser`.
pub fn delete(request: &mut IamRequest) -> Answer {
    let name = request.user_name()?;
    let user = request.state.user(name)?;
    let owner = Subject::User(user.name.clone());
    let hangs_on = [
        (user.login.is_some(), "delete login profile"),
        (request.state.keys_of(&owner).next().is_some(), "delete access keys"),
        (request.state.certificates.iter().any(|own| own.owner == owner), "delete signing certificates"),
        (
            request.state.service_credentials.iter().any(|own| Some(own.user.as_str()) == owner.user_name()),
            "delete service-specific credentials",
        ),
        (request.state.devices_of(&owner).next().is_some(), "deactivate MFA devices"),
        (!user.inline_policies.is_empty(), "delete policies"),
        (!user.attached_policies.is_empty(), "detach all policies"),
        (!user.groups.is_empty(), "remove users from group"),
    ];
    if let Some((_, first)) = hangs_on.iter().find(|(hangs, _)| *hangs) {
        return Err(Refusal::delete_conflict(format!("Cannot delete entity, must {first} first.")));
    }
    request.state.users.remove(&key(name));
    // A later user of the same name is another principal.
    request.state.sessions.retain(|session| session.owner.user_name() != owner.user_name());
    Ok(None)
}

pub fn tag(request: &mut IamRequest) -> Answer {
    let name = request.user_name()?;
    let mut tags = request.state.user(name)?.tags.clone();
    put_tags(request, &mut tags)?;
    request.state.user_mut(name)?.tags = tags;
    Ok(None)
}

pub fn list_tags(request: &mut IamRequest) -> Answer {
    let tags = &request.state.seen_user(request.user_name()?, request.now)?.tags;
    let shape = |name: &String, value: &String| Xml::new().text("Key", name).text("Value", value);
    let page = Page::of(request.form, tags.iter().map(|(name, value)| (name.clone(), shape(name, value))))?;
    Ok(Some(page.end(Xml::new().list("Tags", page.items.iter().cloned()))))
}

fn put_tags(request: &IamRequest, tags: &mut BTreeMap<String, String>) -> Result<(), Refusal> {
    let mut named = BTreeSet::new();
    for (name, value) in request.form.pairs("Tags", "Key", "Value") {
        rules::TAG_KEY.check("Key", name)?;
        rules::TAG_VALUE.check("Value", value)?;
        if is_reserved(name) {
            return Err(Refusal::new("InvalidInput", 400, "Tag keys that begin with aws: are reserved."));
        }
        if !named.insert(name.to_lowercase()) {
            let said = "Duplicate tag keys found. Please note that Tag keys are case insensitive.";
            return Err(Refusal::new("InvalidInput", 400, said));
        }
        tags.retain(|other, _| !is_same_key(other, name));
        tags.insert(name.to_owned(), value.to_owned());
    }
    if tags.len() > TAGS_QUOTA { Err(Refusal::limit("TagsPerUser", TAGS_QUOTA)) } else { Ok(()) }
}

/// IAM's XML for a user.
pub fn shape(state: &State, user: &User) -> Xml {
    let xml = Xml::new()
        .text("Path", &user.path)
        .text("UserName", &user.name)
        .text("UserId", &user.id)
        .text("Arn", &state.user_arn(user))
        .moment("CreateDate", user.created)
        .maybe_moment("PasswordLastUsed", user.password_last_used);
    tags(boundary(xml, user), &user.tags)
}

/// IAM's XML for root: it lacks `Path` and `UserName`, which the model requires of users.
pub fn root(state: &State) -> Xml {
    Xml::new()
        .text("UserId", &state.account)
        .text("Arn", &state.arn("root"))
        .moment("CreateDate", state.created)
        .maybe_moment("PasswordLastUsed", state.root.password_last_used)
}

pub fn boundary(xml: Xml, user: &User) -> Xml {
    let Some(arn) = &user.boundary else { return xml };
    let shape = Xml::new().text("PermissionsBoundaryType", "Policy").text("PermissionsBoundaryArn", arn);
    xml.nested("PermissionsBoundary", shape)
}

/// Adds tags, if there are any.
pub fn tags(xml: Xml, tags: &BTreeMap<String, String>) -> Xml {
    let shape = |(name, value): (&String, &String)| Xml::new().text("Key", name).text("Value", value);
    if tags.is_empty() { xml } else { xml.list("Tags", tags.iter().map(shape)) }
}
