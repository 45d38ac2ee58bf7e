//! Creates a group with AWSSupportAccess, so that somebody other than an administrator can open support cases.

use super::{Action, ActionId, Call, Change, Facts, FieldId, Form, Plan, Problem};
use crate::account::facts::{MAX_GROUPS, People};
use crate::steps::{Field, signed_in};

/// The control that this item passes.
pub(super) const CONTROL: &str = "support-role";

/// Name of a new group, unless taken.
const NAME: &str = "support";
/// Longest name of a group, in characters.
const MAX_NAME_LEN: usize = 128;
/// Number of users that the hint names.
const NAMED: usize = 6;
const POLICY: &str = "AWSSupportAccess";

pub(super) fn actions(facts: &Facts) -> Vec<Action> {
    let unread = facts.people.failure().map(|_| "Users and groups could not be read. Read again (r).".to_owned());
    let action = |id, label: &str, blocked| Action { id, label: label.into(), blocked };
    vec![
        action(ActionId::FillIn, "Create a support group", unread),
        action(ActionId::ByHand, "By hand, and watch", None),
    ]
}

/// IAM group names are unique regardless of case.
fn has_group(people: &People, name: &str) -> bool {
    people.groups.iter().any(|group| group.name.eq_ignore_ascii_case(name))
}

fn free_name(facts: &Facts) -> String {
    let mut names = std::iter::once(NAME.to_owned()).chain((2..).map(|number| format!("{NAME}-{number}")));
    names.find(|name| facts.people.known().is_none_or(|people| !has_group(people, name))).unwrap_or_default()
}

pub(super) fn form(facts: &Facts) -> Form {
    let users = facts.people.known().map_or(&[][..], |people| people.users.as_slice());
    let mut named: Vec<&str> = users.iter().take(NAMED).map(|user| user.name.as_str()).collect();
    if users.len() > NAMED {
        named.push("…");
    }
    let hint = match named.as_slice() {
        [] => "There are no users to add yet. You can create the group without members.".to_owned(),
        several => {
            format!("Who handles incidents. Separate users with blanks. Users: {}", several.join(" "))
        }
    };
    let group = "Its members can open AWS Support cases. It gives no other permissions.";
    Form::new(
        vec![
            Field::text(FieldId::GroupName, "Group", group, free_name(facts)).at_most(MAX_NAME_LEN),
            Field::text(FieldId::Members, "Users", hint, ""),
        ],
        "Review",
    )
    .titled("Create a group for AWS Support cases".into())
}

/// The typed users, without duplicates and in IAM's spelling.
fn members<'f>(form: &'f Form, people: &'f People) -> Result<Vec<&'f str>, String> {
    let mut members: Vec<&str> = Vec::new();
    for name in form.text(FieldId::Members).split([' ', ',']).filter(|name| !name.is_empty()) {
        let found = people.users.iter().find(|user| user.name.eq_ignore_ascii_case(name));
        let user = found.ok_or_else(|| format!("No user is called {name}."))?;
        if user.groups.len() >= MAX_GROUPS {
            return Err(format!("{name} is in {MAX_GROUPS} groups already, the maximum of a user."));
        }
        if !members.contains(&user.name.as_str()) {
            members.push(&user.name);
        }
    }
    Ok(members)
}

pub(super) fn problems(form: &Form, facts: &Facts) -> Vec<Problem> {
    let Some(people) = facts.people.known() else { return Vec::new() };
    let mut problems = Vec::new();
    let mut say = |field, words: String, at_once| problems.push(Problem { field, words, at_once });
    let name = form.text(FieldId::GroupName);
    let allowed = |c: char| c.is_ascii_alphanumeric() || "+=,.@-_".contains(c);
    match name.chars().count() {
        0 => say(FieldId::GroupName, "The name is missing.".into(), false),
        count if count > MAX_NAME_LEN => say(FieldId::GroupName, format!("{MAX_NAME_LEN} characters at most"), true),
        _ if !name.chars().all(allowed) => {
            say(FieldId::GroupName, "letters, digits and + = , . @ - _ only".into(), true);
        }
        _ if has_group(people, name) => {
            let words =
                format!("A group {name} exists already: its members would get the policy. Choose another name.");
            say(FieldId::GroupName, words, false);
        }
        _ => {}
    }
    if let Err(words) = members(form, people) {
        say(FieldId::Members, words, false);
    }
    problems
}

pub(super) fn plan(form: Option<&Form>, facts: &Facts) -> Result<Plan, String> {
    let form = form.ok_or("The form is empty.")?;
    let caller = signed_in(facts)?;
    let people = facts.people.known().ok_or("Users and groups could not be read. Read again (r).")?;
    if facts.support.known().is_some_and(|holders| !holders.is_empty()) {
        return Err(format!("{POLICY} is attached already. Read again (r)."));
    }
    let group = form.text(FieldId::GroupName).to_owned();
    let policy = caller.partition().managed_policy(POLICY);
    let members = members(form, people)?;
    let mut calls = vec![
        Call::new(Change::CreateGroup { group: group.clone() }, "Group", "none", &group),
        Call::new(Change::AttachGroupPolicy { group: group.clone(), policy }, "Policy", "none", POLICY),
    ];
    calls.extend(members.iter().map(|user| {
        let change = Change::AddUserToGroup { user: (*user).to_owned(), group: group.clone() };
        Call::new(change, "Member", "not in the group", *user)
    }));
    let nobody = members.is_empty().then(|| {
        "The group has no members yet: add those who handle incidents, or attach the policy to a role that they assume."
            .to_owned()
    });
    Ok(Plan {
        title: "Create a group for AWS Support cases".into(),
        notes: nobody.into_iter().collect(),
        calls,
        ..Plan::default()
    })
}
