//! Roles, as far as AssumeRole needs them.

use std::collections::BTreeMap;

use super::super::iam_request::{Answer, IamRequest};
use super::super::page::Page;
use super::super::policy::trust::Trust;
use super::super::refusal::Refusal;
use super::super::rules;
use super::super::state::{Role, State, key, no_such};
use super::super::xml::Xml;
use super::{attachments, inline_policies};
use crate::account::Timestamp;
use crate::account::assigned_role::TRACKED_DAYS;

const QUOTA: usize = 1000;

pub fn create(request: &mut IamRequest) -> Answer {
    let name = request.form.required("RoleName", &rules::ROLE_NAME)?;
    let path = request.form.optional("Path", &rules::PATH)?.unwrap_or("/");
    let trust = request.form.required("AssumeRolePolicyDocument", &rules::POLICY_DOCUMENT)?;
    let max_session_seconds = request.form.number("MaxSessionDuration", 3600..=43_200)?.unwrap_or(3600);
    if let Err(said) = Trust::parse(trust) {
        return Err(Refusal::new("MalformedPolicyDocument", 400, &said));
    }
    if request.state.roles.contains_key(&key(name)) {
        return Err(Refusal::already_exists(format!("Role with name {name} already exists.")));
    }
    if request.state.roles.len() >= QUOTA {
        return Err(Refusal::limit("RolesPerAccount", QUOTA));
    }
    let role = Role {
        name: name.to_owned(),
        path: path.to_owned(),
        id: request.state.ids.unique("AROA"),
        created: request.now,
        visible_from: request.visible_from(),
        trust: trust.to_owned(),
        attached_policies: Vec::new(),
        inline_policies: BTreeMap::new(),
        max_session_seconds,
        last_used: None,
    };
    let xml = Xml::new().nested("Role", shape(request.state, &role));
    request.state.roles.insert(key(name), role);
    Ok(Some(xml))
}

pub fn read(request: &mut IamRequest) -> Answer {
    let role = seen(request)?;
    let xml = shape(request.state, role).number("MaxSessionDuration", role.max_session_seconds);
    Ok(Some(Xml::new().nested("Role", last_used(xml, role, request.now))))
}

pub fn list(request: &mut IamRequest) -> Answer {
    let prefix = request.form.optional("PathPrefix", &rules::PATH_PREFIX)?.unwrap_or("/");
    let now = request.now;
    let seen = request.state.roles.iter().filter(|(_, role)| role.visible_from <= now && role.path.starts_with(prefix));
    let page = Page::of(request.form, seen.map(|(key, role)| (key.clone(), role)))?;
    let shape = |role: &&Role| shape(request.state, role).number("MaxSessionDuration", role.max_session_seconds);
    Ok(Some(page.end(Xml::new().list("Roles", page.items.iter().map(shape)))))
}

pub fn delete(request: &mut IamRequest) -> Answer {
    let role = named(request)?;
    if !role.attached_policies.is_empty() {
        return Err(Refusal::delete_conflict("Cannot delete entity, must detach all policies first."));
    }
    if !role.inline_policies.is_empty() {
        return Err(Refusal::delete_conflict("Cannot delete entity, must delete policies first."));
    }
    let key = key(&role.name);
    request.state.roles.remove(&key);
    Ok(None)
}

pub fn attach(request: &mut IamRequest) -> Answer {
    let arn = attachments::policy_arn(request)?;
    let key = key(&named(request)?.name);
    attachments::exists(arn)?;
    let role = request.state.roles.get_mut(&key).ok_or_else(|| no_such("role", &key))?;
    attachments::attach(&mut role.attached_policies, arn, "PoliciesPerRole")
}

pub fn detach(request: &mut IamRequest) -> Answer {
    let arn = attachments::policy_arn(request)?;
    let key = key(&named(request)?.name);
    let role = request.state.roles.get_mut(&key).ok_or_else(|| no_such("role", &key))?;
    attachments::detach(&mut role.attached_policies, arn)
}

pub fn list_attached(request: &mut IamRequest) -> Answer {
    attachments::list(request, &seen(request)?.attached_policies)
}

/// Practice roles list no inline policies.
pub fn list_inline(request: &mut IamRequest) -> Answer {
    empty(request, "PolicyNames")
}

/// Practice roles have no tags.
pub fn list_tags(request: &mut IamRequest) -> Answer {
    empty(request, "Tags")
}

fn empty(request: &IamRequest, list: &str) -> Answer {
    seen(request)?;
    let page = Page::<()>::of(request.form, [])?;
    Ok(Some(page.end(Xml::new().list(list, []))))
}

/// IAM's XML for a role.
pub fn shape(state: &State, role: &Role) -> Xml {
    Xml::new()
        .text("Path", &role.path)
        .text("RoleName", &role.name)
        .text("RoleId", &role.id)
        .text("Arn", &state.role_arn(role))
        .moment("CreateDate", role.created)
        .text("AssumeRolePolicyDocument", &inline_policies::percent(&role.trust))
}

/// Adds the last use. `GetRole` and `GetAccountAuthorizationDetails` return it, lists of roles do not. AWS keeps it
/// for 400 days.
pub fn last_used(xml: Xml, role: &Role, now: Timestamp) -> Xml {
    let tracked = time::Duration::days(TRACKED_DAYS.into());
    let at = role.last_used.filter(|used| now - *used <= tracked);
    let used = Xml::new().maybe_moment("LastUsedDate", at);
    xml.nested("RoleLastUsed", used.maybe("Region", at.map(|_| "us-east-1")))
}

fn named<'a>(request: &'a IamRequest) -> Result<&'a Role, Refusal> {
    let name = request.form.required("RoleName", &rules::ROLE_NAME)?;
    request.state.roles.get(&key(name)).ok_or_else(|| no_such("role", name))
}

fn seen<'a>(request: &'a IamRequest) -> Result<&'a Role, Refusal> {
    let role = named(request)?;
    if role.visible_from <= request.now { Ok(role) } else { Err(no_such("role", &role.name)) }
}
