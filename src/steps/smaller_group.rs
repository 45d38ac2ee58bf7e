//! A group that gives less than AdministratorAccess: the policies to choose from, and whether the named group fits.

use super::administrator::{MAX_GROUP_LEN, name_problem};
use super::{Call, Field, FieldId, Form, Problem};
use crate::account::facts::{Group, People, User};
use crate::account::{Caller, Change};
use crate::checks::some;

/// The option for an existing group.
const EXISTING: usize = 3;
const OPTIONS: &[&str] = &["ReadOnlyAccess", "PowerUserAccess", "Billing", "an existing group"];
/// Managed policies of the other options, without `policy/`, and the suggested group name.
const POLICIES: [(&str, &str); EXISTING] =
    [("ReadOnlyAccess", "ReadOnly"), ("PowerUserAccess", "PowerUsers"), ("job-function/Billing", "Billing")];
/// The option for a person who works in the account every day.
pub(super) const DAILY: usize = 1;

/// Fields for the permissions and the group.
pub(super) fn fields(hint: String, chosen: usize) -> Vec<Field> {
    let group = "Created if it does not exist. \"an existing group\" keeps its own policies.";
    vec![
        Field::choice(FieldId::SmallerPolicy, "Gives", hint, OPTIONS, chosen),
        Field::text(FieldId::GroupName, "Group", group, default_name(chosen)).at_most(MAX_GROUP_LEN),
    ]
}

fn default_name(chosen: usize) -> &'static str {
    POLICIES.get(chosen).map_or("", |(_, group)| group)
}

/// Suggests the group name of the new option.
pub(super) fn settle(form: &mut Form, changed: FieldId) {
    if changed == FieldId::SmallerPolicy {
        form.put_text(FieldId::GroupName, default_name(form.chosen(FieldId::SmallerPolicy)));
    }
}

/// The problem of the named group.
pub(super) fn problem(form: &Form, people: &People) -> Option<Problem> {
    let (name, chosen) = (form.text(FieldId::GroupName), form.chosen(FieldId::SmallerPolicy));
    let group = people.group(name);
    let problem = |words, at_once| Some(Problem { field: FieldId::GroupName, words, at_once });
    if let Some((words, at_once)) = name_problem(name, MAX_GROUP_LEN, group.map(|group| group.name.as_str())) {
        return problem(words, at_once);
    }
    match (POLICIES.get(chosen), group) {
        (None, None) => {
            let names: Vec<&str> = people.groups.iter().map(|group| group.name.as_str()).collect();
            let there =
                if names.is_empty() { "There is none yet".to_owned() } else { format!("There are: {}", some(&names)) };
            problem(format!("No group is called {name}. {there}."), false)
        }
        (Some((policy, _)), Some(group)) if !carries_just(group, policy) => problem(
            format!(
                "{} has other policies than {}. Choose another name, or \"an existing group\".",
                group.name,
                short(policy)
            ),
            false,
        ),
        (None, Some(group)) if people.may_give_full_access(group) => {
            problem(format!("{} gives full access, or may do so. Choose a group that gives less.", group.name), false)
        }
        (None | Some(_), _) => None,
    }
}

/// AWS managed policies that let nobody change anything but billing.
const READ_ONLY: [&str; 5] =
    ["ReadOnlyAccess", "ViewOnlyAccess", "SecurityAudit", "Billing", "AWSBillingReadOnlyAccess"];

/// Why the chosen policy would give `user` more than now, as far as the names of AWS's policies tell.
pub(super) fn gives_more(form: &Form, people: &People, user: &User) -> Option<String> {
    let (chosen, _) =
        POLICIES.get(form.chosen(FieldId::SmallerPolicy)).filter(|(policy, _)| *policy == "PowerUserAccess")?;
    let groups =
        people.groups.iter().filter(|group| user.groups.iter().any(|name| name.eq_ignore_ascii_case(&group.name)));
    let (mut attached, mut has_inline) = (user.attached_policies.clone(), !user.inline_policies.is_empty());
    for group in groups {
        attached.extend(group.attached_policies.iter().cloned());
        has_inline |= !group.inline_policies.is_empty();
    }
    let names: Vec<&str> = attached.iter().map(|arn| short(arn)).collect();
    let reads_only = attached.iter().all(|arn| arn.contains(":aws:policy/") && READ_ONLY.contains(&short(arn)));
    (!has_inline && !names.is_empty() && reads_only)
        .then(|| format!("{} only has {}: {chosen} would give more.", user.name, some(&names)))
}

fn carries_just(group: &Group, policy: &str) -> bool {
    let ends = |arn: &String| arn.ends_with(&format!(":aws:policy/{policy}"));
    group.inline_policies.is_empty()
        && matches!(group.attached_policies.as_slice(), [] | [_])
        && group.attached_policies.iter().all(ends)
}

/// The chosen managed policy. `None`: an existing group, which keeps its policies.
fn policy(form: &Form, caller: &Caller) -> Option<String> {
    let (policy, _) = POLICIES.get(form.chosen(FieldId::SmallerPolicy))?;
    Some(caller.partition().managed_policy(policy))
}

/// The calls that create the group and attach the chosen policy, and a note about its members.
pub(super) fn calls(form: &Form, people: &People, caller: &Caller) -> (Vec<Call>, Option<String>) {
    let group = form.text(FieldId::GroupName);
    let found = people.group(group);
    let mut calls = Vec::new();
    if found.is_none() {
        calls.push(Call::new(Change::CreateGroup { group: group.to_owned() }, "Group", "does not exist", "exists"));
    }
    let lacks = |arn: &String| found.is_none_or(|group| !group.attached_policies.contains(arn));
    let Some(policy) = policy(form, caller).filter(lacks) else { return (calls, None) };
    let after = short(&policy).to_owned();
    let is_in = |name: &String| name.eq_ignore_ascii_case(group);
    let members = people.users.iter().filter(|user| user.groups.iter().any(is_in));
    let members: Vec<&str> = members.map(|user| user.name.as_str()).collect();
    let note =
        (!members.is_empty()).then(|| format!("{group} has members already, who get {after}: {}.", some(&members)));
    let change = Change::AttachGroupPolicy { group: group.to_owned(), policy };
    calls.push(Call::new(change, "Policy of the group", "not attached", after));
    (calls, note)
}

/// What the group of `form` does not give of the services in `used`, in a sentence. Sources: AWS Managed Policy Reference,
/// PowerUserAccess, ReadOnlyAccess and Billing.
pub(super) fn loss(form: &Form, used: &[&str]) -> String {
    /// Of these, PowerUserAccess allows a few calls only.
    const NOT_FOR_POWER_USERS: [&str; 3] = ["account", "iam", "organizations"];
    let lost: Vec<&str> = used.iter().copied().filter(|service| NOT_FOR_POWER_USERS.contains(service)).collect();
    match form.chosen(FieldId::SmallerPolicy) {
        0 => "ReadOnlyAccess allows only reading there.".into(),
        1 if lost.is_empty() => "PowerUserAccess allows all of these.".into(),
        1 => format!("PowerUserAccess allows hardly anything of {}.", some(&lost)),
        2 => "Billing allows nothing but billing and costs.".into(),
        _ => format!("Check that {} allows what is still needed of these.", form.text(FieldId::GroupName)),
    }
}

/// Name of a managed policy, without the rest of the ARN.
pub(super) fn short(arn: &str) -> &str {
    arn.rsplit('/').next().unwrap_or(arn)
}
