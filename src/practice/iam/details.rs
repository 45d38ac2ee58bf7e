//! Users and groups with all that hangs on them, in one call. Roles and customer policies are none here.

use super::super::page::Page;
use super::super::refusal::Refusal;
use super::super::state::{Group, State, User};
use super::super::visit::{Answer, Visit};
use super::super::xml::Xml;
use super::{attachments, groups, inline_policies, users};
use crate::account::Timestamp;

const FILTERS: [&str; 5] = ["User", "Role", "Group", "LocalManagedPolicy", "AWSManagedPolicy"];

/// One thing on a page: users and groups share the pages.
enum Detail<'a> {
    User(&'a User),
    Group(&'a Group),
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
    // The key of a page's items: groups come after all users.
    let users = users.map(|(key, user)| (format!("1{key}"), Detail::User(user)));
    let groups = groups.map(|(key, group)| (format!("2{key}"), Detail::Group(group)));
    let page = Page::of(visit.form, users.chain(groups))?;
    let users = page.items.iter().filter_map(|detail| match detail {
        Detail::User(user) => Some(user_detail(state, user, now)),
        Detail::Group(_) => None,
    });
    let groups = page.items.iter().filter_map(|detail| match detail {
        Detail::Group(group) => Some(group_detail(state, group)),
        Detail::User(_) => None,
    });
    let xml = Xml::new()
        .list("UserDetailList", users)
        .list("GroupDetailList", groups)
        .list("RoleDetailList", [])
        .list("Policies", []);
    Ok(Some(page.end(xml)))
}

fn user_detail(state: &State, user: &User, now: Timestamp) -> Xml {
    let policy = |(name, document): (&String, &_)| {
        Xml::new().text("PolicyName", name).text("PolicyDocument", &inline_policies::encoded(document))
    };
    let groups = state.seen_groups_of(user, now).map(|(_, group)| group.name.as_str());
    let xml = Xml::new()
        .text("Path", &user.path)
        .text("UserName", &user.name)
        .text("UserId", &user.id)
        .text("Arn", &state.user_arn(user))
        .moment("CreateDate", user.created)
        .list("UserPolicyList", user.inline_policies.iter().map(policy))
        .texts("GroupList", groups)
        .with(attached(&user.attached_policies));
    users::tags(users::boundary(xml, user), &user.tags)
}

fn group_detail(state: &State, group: &Group) -> Xml {
    groups::shape(state, group).list("GroupPolicyList", []).with(attached(&group.attached_policies))
}

fn attached(arns: &[String]) -> Xml {
    attachments::shapes("AttachedManagedPolicies", arns.iter().map(String::as_str))
}
