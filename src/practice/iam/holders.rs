//! Entities with a managed policy. Source: IAM API, `ListEntitiesForPolicy`.

use super::super::iam_request::{Answer, IamRequest};
use super::super::page::Page;
use super::super::refusal::Refusal;
use super::super::xml::Xml;
use super::attachments;

const FILTERS: [&str; 5] = ["User", "Role", "Group", "LocalManagedPolicy", "AWSManagedPolicy"];

pub fn list(request: &mut IamRequest) -> Answer {
    let arn = attachments::policy_arn(request)?;
    attachments::exists(arn)?;
    let filter = request.form.text("EntityFilter");
    if let Some(unknown) = filter.filter(|filter| !FILTERS.contains(filter)) {
        let constraint = format!("Member must satisfy enum value set: [{}]", FILTERS.join(", "));
        return Err(Refusal::constraint(Some(unknown), "EntityFilter", &constraint));
    }
    let wants = |kind: &str| filter.is_none_or(|filter| filter == kind);
    let carries = |attached: &Vec<String>| attached.iter().any(|known| known == arn);
    let (state, now) = (&*request.state, request.now);
    let groups = state.groups.iter().filter(|(_, group)| wants("Group") && group.visible_from <= now);
    let users = state.users.iter().filter(|(_, user)| wants("User") && user.visible_from <= now);
    let roles = state.roles.iter().filter(|(_, role)| wants("Role") && role.visible_from <= now);
    let groups = groups
        .filter(|(_, group)| carries(&group.attached_policies))
        .map(|(key, group)| (format!("1{key}"), ("Group", &group.name, &group.id)));
    let users = users
        .filter(|(_, user)| carries(&user.attached_policies))
        .map(|(key, user)| (format!("2{key}"), ("User", &user.name, &user.id)));
    let roles = roles
        .filter(|(_, role)| carries(&role.attached_policies))
        .map(|(key, role)| (format!("3{key}"), ("Role", &role.name, &role.id)));
    let page = Page::of(request.form, groups.chain(users).chain(roles))?;
    let of = |wanted: &str| {
        let found = page.items.iter().filter(|(kind, _, _)| *kind == wanted);
        let name = |(kind, name, id): &(&str, &String, &String)| {
            Xml::new().text(&format!("{kind}Name"), name).text(&format!("{kind}Id"), id)
        };
        found.map(name).collect::<Vec<_>>()
    };
    let xml =
        Xml::new().list("PolicyGroups", of("Group")).list("PolicyUsers", of("User")).list("PolicyRoles", of("Role"));
    Ok(Some(page.end(xml)))
}
