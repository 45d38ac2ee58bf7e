//! Users, groups, roles and managed policies in one call.

use super::super::iam_request::{Answer, IamRequest};
use super::super::page::Page;
use super::super::policy::Document;
use super::super::refusal::Refusal;
use super::super::state::{Group, Role, State, User};
use super::super::xml::Xml;
use super::policies::{self, Policy};
use super::{attachments, groups, inline_policies, roles, users};
use crate::account::Timestamp;

const FILTERS: [&str; 5] = ["User", "Role", "Group", "LocalManagedPolicy", "AWSManagedPolicy"];

/// One item of a page; all kinds share the pages.
enum Detail<'a> {
    User(&'a User),
    Group(&'a Group),
    Role(&'a Role),
    Policy(Policy),
}

pub fn details(request: &mut IamRequest) -> Answer {
    let filter = request.form.members("Filter");
    if let Some(unknown) = filter.iter().find(|kind| !FILTERS.contains(*kind)) {
        let constraint = format!("Member must satisfy enum value set: [{}]", FILTERS.join(", "));
        return Err(Refusal::constraint(Some(unknown), "Filter", &constraint));
    }
    let wants = |kind: &str| filter.is_empty() || filter.contains(&kind);
    let (state, now): (&State, _) = (request.state, request.now);
    let users = state.users.iter().filter(|(_, user)| wants("User") && user.visible_from <= now);
    let groups = state.groups.iter().filter(|(_, group)| wants("Group") && group.visible_from <= now);
    let roles = state.roles.iter().filter(|(_, role)| wants("Role") && role.visible_from <= now);
    // AWS managed policies are listed only if attached.
    let is_wanted = |policy: &Policy| match policy.is_own {
        true => wants("LocalManagedPolicy"),
        false => wants("AWSManagedPolicy") && policy.uses(state).0 > 0,
    };
    let policies = policies::all(state).into_iter().filter(is_wanted);
    // Page keys that sort groups after users, and so on.
    let users = users.map(|(key, user)| (format!("1{key}"), Detail::User(user)));
    let groups = groups.map(|(key, group)| (format!("2{key}"), Detail::Group(group)));
    let roles = roles.map(|(key, role)| (format!("3{key}"), Detail::Role(role)));
    let mut policies: Vec<_> = policies.map(|policy| (format!("4{}", policy.arn), Detail::Policy(policy))).collect();
    policies.sort_by(|(a, _), (b, _)| a.cmp(b));
    let page = Page::of(request.form, users.chain(groups).chain(roles).chain(policies))?;
    let xml = lists(state, &page.items, now);
    Ok(Some(page.end(xml)))
}

fn lists(state: &State, items: &[Detail], now: Timestamp) -> Xml {
    let (mut users, mut groups, mut roles, mut policies) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for detail in items {
        match detail {
            Detail::User(user) => users.push(user_detail(state, user, now)),
            Detail::Group(group) => groups.push(group_detail(state, group)),
            Detail::Role(role) => roles.push(role_detail(state, role, now)),
            Detail::Policy(policy) => policies.push(policy_detail(state, policy)),
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

fn role_detail(state: &State, role: &Role, now: Timestamp) -> Xml {
    roles::last_used(roles::shape(state, role), role, now)
        .list("InstanceProfileList", [])
        .list("RolePolicyList", role.inline_policies.iter().map(inline))
        .with(attached(&role.attached_policies))
}

fn policy_detail(state: &State, policy: &Policy) -> Xml {
    policy.shape(state).list("PolicyVersionList", [policy.version(true)])
}

fn attached(arns: &[String]) -> Xml {
    attachments::shapes("AttachedManagedPolicies", arns.iter().map(String::as_str))
}
