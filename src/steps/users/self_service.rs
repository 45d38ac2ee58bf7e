//! A group whose policy lets users manage their own sign-in. Without such a policy, many users can't set up MFA.

use super::super::administrator::{MAX_GROUP_LEN, name_problem};
use super::super::{Call, Consent, Field, FieldId, Form, Plan, Problem};
use super::moves::join;
use super::{MAX_AT_ONCE, READ_AGAIN};
use crate::account::change::is_same_policy;
use crate::account::facts::{Group, People};
use crate::account::{Change, Facts};
use crate::steps::signed_in;

/// Suggested name of the group, and the name of its policy.
const GROUP: &str = "SelfService";
const NAME: &str = "ManageOwnSignIn";
/// Longest list of user names, in characters.
const MAX_NAMES_LEN: usize = MAX_AT_ONCE * 65;

/// The policy. Source: IAM User Guide, "AWS: Allows MFA-authenticated IAM users to manage their own credentials on the
/// Security credentials page", its statements about passwords, access keys and MFA devices.
const DOCUMENT: &str = r#"{"Version":"2012-10-17","Statement":[{"Sid":"ViewAccountInfo","Effect":"Allow","Action":["iam:GetAccountPasswordPolicy","iam:ListVirtualMFADevices"],"Resource":"*"},{"Sid":"ManageOwnPasswordAndKeys","Effect":"Allow","Action":["iam:ChangePassword","iam:CreateAccessKey","iam:DeleteAccessKey","iam:GetAccessKeyLastUsed","iam:GetLoginProfile","iam:GetUser","iam:ListAccessKeys","iam:UpdateAccessKey"],"Resource":"arn:aws:iam::*:user/${aws:username}"},{"Sid":"ManageOwnMFADevice","Effect":"Allow","Action":["iam:CreateVirtualMFADevice","iam:DeleteVirtualMFADevice"],"Resource":"arn:aws:iam::*:mfa/*"},{"Sid":"ManageOwnMFA","Effect":"Allow","Action":["iam:EnableMFADevice","iam:GetMFADevice","iam:ListMFADevices","iam:ResyncMFADevice"],"Resource":"arn:aws:iam::*:user/${aws:username}"}]}"#;

/// The form with these users.
pub(super) fn form(users: &[&str]) -> Form {
    let fields = vec![
        Field::text(
            FieldId::UserName,
            "User names",
            "Users to add to the group, separated by blanks.",
            users.join(" "),
        )
        .at_most(MAX_NAMES_LEN),
        Field::text(
            FieldId::GroupName,
            "Group",
            "A new or an existing group: its members may manage their own password, keys and MFA.",
            GROUP,
        )
        .at_most(MAX_GROUP_LEN),
    ];
    Form::new(fields, "Review").titled("Let users manage their own sign-in".into())
}

/// Whether that is all that the group gives.
pub(super) fn is_all(group: &Group) -> bool {
    group.attached_policies.is_empty() && group.inline_policies.keys().all(|name| name == NAME)
}

fn names(form: &Form) -> impl Iterator<Item = &str> {
    form.text(FieldId::UserName).split_whitespace()
}

pub(super) fn problems(form: &Form, facts: &Facts) -> Vec<Problem> {
    let Some(people) = facts.people.known() else { return Vec::new() };
    let group = form.text(FieldId::GroupName);
    let existing = people.group(group).map(|group| group.name.as_str());
    let of_group =
        name_problem(group, MAX_GROUP_LEN, existing).map(|(words, at_once)| (FieldId::GroupName, words, at_once));
    let unknown = names(form).find(|name| people.user(name).is_none());
    let of_users = match (unknown, names(form).count()) {
        (Some(name), _) => Some((format!("No user is called {name}."), false)),
        (None, 0) => Some(("Name a user.".to_owned(), false)),
        (None, count) if count > MAX_AT_ONCE => Some((format!("{count} names: at most {MAX_AT_ONCE} at once."), true)),
        (None, _) => None,
    };
    let of_users = of_users.map(|(words, at_once)| (FieldId::UserName, words, at_once));
    let found = of_users.into_iter().chain(of_group);
    found.map(|(field, words, at_once)| Problem { field, words, at_once }).collect()
}

/// The plan after which the group has the policy and the users are members. It removes nothing.
pub(super) fn plan(form: &Form, facts: &Facts) -> Result<Plan, String> {
    let people = facts.people.known().ok_or_else(|| format!("Users and groups could not be read. {READ_AGAIN}"))?;
    let caller = signed_in(facts)?;
    if let Some(problem) = problems(form, facts).into_iter().next() {
        return Err(problem.words);
    }
    let group = form.text(FieldId::GroupName);
    let document = DOCUMENT.replace("arn:aws:", &format!("arn:{}:", caller.partition().name()));
    let mut calls = of_group(people, group, document);
    for user in names(form).filter_map(|name| people.user(name)) {
        calls.extend(join(user, group)?);
    }
    if calls.is_empty() {
        return Err(format!("All of them are in {group} already, which allows it."));
    }
    let notes = vec![
        format!(
            "Members of {group} may then change their own password, access keys and MFA device, and nobody else's."
        ),
        "It does not let users remove their own MFA device: only an administrator can.".to_owned(),
    ];
    let title = "Let users manage their own sign-in".to_owned();
    Ok(Plan { title, calls, notes, consent: Consent::Plain, ..Plan::default() })
}

fn of_group(people: &People, group: &str, document: String) -> Vec<Call> {
    let found = people.group(group);
    let mut calls = Vec::new();
    if found.is_none() {
        calls.push(Call::new(Change::CreateGroup { group: group.to_owned() }, "Group", "does not exist", "exists"));
    }
    let there = found.and_then(|group| group.inline_policies.get(NAME));
    if there.is_none_or(|text| !is_same_policy(text, &document)) {
        let before = if there.is_some() { "a different text" } else { "not there" };
        let change = Change::PutGroupPolicy { group: group.to_owned(), name: NAME.to_owned(), document };
        calls.push(Call::new(change, "Policy in the group", before, "users manage their own sign-in"));
    }
    calls
}
