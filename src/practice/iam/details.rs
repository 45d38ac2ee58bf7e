//! Users, groups and roles with all that hangs on them, and the managed policies in use, in one call.

use std::collections::BTreeSet;

use super::super::managed_policies::{self, ManagedPolicy};
use super::super::page::Page;
use super::super::policy::Document;
use super::super::refusal::Refusal;
use super::super::state::{Group, Role, State, User};
use super::super::visit::{Answer, Visit};
use super::super::xml::Xml;
use super::{attachments, groups, inline_policies, roles, users};
use crate::account::Timestamp;

const FILTERS: [&str; 5] = ["User", "Role", "Group", "LocalManagedPolicy", "AWSManagedPolicy"];

/// One thing on a page: all kinds share the pages.
enum Detail<'a> {
    User(&'a User),
    Group(&'a Group),
    Role(&'a Role),
    Policy(&'static ManagedPolicy, usize),
    Own(&'a str, &'a str),
}

pub fn details(visit: &mut Visit) -> Answer {
    let filter = visit.form.members("Filter");
    if let Some(unknown) = filter.iter().find(|kind| !FILTERS.contains(*kind)) {
        let constraint = format!("Member must satisfy enum value set: [{}]", FILTERS.join(", "));
        return Err(Refusal::constraint(Some(unknown), "Filter", &constraint));
    }
    let wants = |kind: &str| filter.is_empty() || filter.contains(&kind);
    let (state, now): (&State, _) = (visit.state, visit.now);
    let users = state.users.iter().filter(|(_, user)| wants("User") && user.visible_from <= now);
    let groups = state.groups.iter().filter(|(_, group)| wants("Group") && group.visible_from <= now);
    let roles = state.roles.iter().filter(|(_, role)| wants("Role") && role.visible_from <= now);
    let policies = in_use(state).into_iter().filter(|_| wants("AWSManagedPolicy"));
    // The key of a page's items: groups come after all users, and so on.
    let users = users.map(|(key, user)| (format!("1{key}"), Detail::User(user)));
    let groups = groups.map(|(key, group)| (format!("2{key}"), Detail::Group(group)));
    let roles = roles.map(|(key, role)| (format!("3{key}"), Detail::Role(role)));
    let policies = policies.map(|(policy, count)| (format!("4{}", policy.arn()), Detail::Policy(policy, count)));
    let own = state.customer_policies.iter().filter(|_| wants("LocalManagedPolicy"));
    let own = own.map(|(name, document)| (format!("5{name}"), Detail::Own(name, document)));
    let page = Page::of(visit.form, users.chain(groups).chain(roles).chain(policies).chain(own))?;
    let xml = lists(state, &page.items, now);
    Ok(Some(page.end(xml)))
}

fn lists(state: &State, items: &[Detail], now: Timestamp) -> Xml {
    let (mut users, mut groups, mut roles, mut policies) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for detail in items {
        match detail {
            Detail::User(user) => users.push(user_detail(state, user, now)),
            Detail::Group(group) => groups.push(group_detail(state, group)),
            Detail::Role(role) => roles.push(role_detail(state, role)),
            Detail::Policy(policy, count) => {
                policies.push(policy_detail(policy.name(), &policy.arn(), &policy.document(), *count));
            }
            Detail::Own(name, document) => {
                policies.push(policy_detail(name, &state.arn(&format!("policy/{name}")), document, 0));
            }
        }
    }
    Xml::new()
        .list("UserDetailList", users)
        .list("GroupDetailList", groups)
        .list("RoleDetailList", roles)
        .list("Policies", policies)
}

fn user_detail(state: &State, user: &User, now: Timestamp) -> Xml {
    let groups = state.seen_groups_of(user, now).map(|(_, group)| group.name.as_str());
    let xml = Xml::new()
        .text("Path", &user.path)
        .text("UserName", &user.name)
        .text("UserId", &user.id)
        .text("Arn", &state.user_arn(user))
        .moment("CreateDate", user.created)
        .list("UserPolicyList", user.inline_policies.iter().map(inline))
        .texts("GroupList", groups)
        .with(attached(&user.attached_policies));
    users::tags(users::boundary(xml, user), &user.tags)
}

fn inline((name, document): (&String, &Document)) -> Xml {
    Xml::new().text("PolicyName", name).text("PolicyDocument", &inline_policies::encoded(document))
}

fn group_detail(state: &State, group: &Group) -> Xml {
    groups::shape(state, group)
        .list("GroupPolicyList", group.inline_policies.iter().map(inline))
        .with(attached(&group.attached_policies))
}

fn role_detail(state: &State, role: &Role) -> Xml {
    roles::last_used(roles::shape(state, role), role)
        .list("InstanceProfileList", [])
        .list("RolePolicyList", role.inline_policies.iter().map(inline))
        .with(attached(&role.attached_policies))
}

fn policy_detail(name: &str, arn: &str, document: &str, count: usize) -> Xml {
    let document = inline_policies::percent(document);
    let version = Xml::new().text("VersionId", "v1").flag("IsDefaultVersion", true).text("Document", &document);
    Xml::new()
        .text("PolicyName", name)
        .text("Arn", arn)
        .text("DefaultVersionId", "v1")
        .number("AttachmentCount", count)
        .flag("IsAttachable", true)
        .list("PolicyVersionList", [version])
}

/// The managed policies that are attached to anybody, and how often.
fn in_use(state: &State) -> Vec<(&'static ManagedPolicy, usize)> {
    let users = state.users.values().flat_map(|user| &user.attached_policies);
    let groups = state.groups.values().flat_map(|group| &group.attached_policies);
    let roles = state.roles.values().flat_map(|role| &role.attached_policies);
    let all: Vec<&String> = users.chain(groups).chain(roles).collect();
    let different: BTreeSet<&String> = all.iter().copied().collect();
    let count = |arn: &String| all.iter().filter(|other| **other == arn).count();
    different.into_iter().filter_map(|arn| Some((managed_policies::with_arn(arn)?, count(arn)))).collect()
}

fn attached(arns: &[String]) -> Xml {
    attachments::shapes("AttachedManagedPolicies", arns.iter().map(String::as_str))
}
