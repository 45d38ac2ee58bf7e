//! A user for daily work: signs in to the console and is no administrator.

use super::super::{FieldId, Form, Problem, smaller_group};
use super::names;
use crate::account::Facts;
use crate::account::facts::{People, User};

/// Whether to offer one: there is an administrator, and no known console user has fewer permissions.
pub(super) fn is_offered(facts: &Facts) -> bool {
    let Some(people) = facts.people.known() else { return false };
    let perhaps: Vec<&str> = people.perhaps_with_full_access().map(|user| user.name.as_str()).collect();
    let report = facts.credential_report.known();
    let reported =
        |name: &str| report.and_then(|report| report.user(name)).and_then(|row| row.password.value().copied());
    let live = |name: &str| facts.sign_in(name).and_then(|one| one.password.known()).map(Option::is_some);
    let signs_in = |user: &&User| live(&user.name).or_else(|| reported(&user.name)) == Some(true);
    let others = people.users.iter().filter(|user| !perhaps.contains(&user.name.as_str()));
    people.administrators().next().is_some() && others.filter(signs_in).count() == 0
}

/// Problems of the names and the group: neither may give full access.
pub(super) fn problems(form: &Form, people: Option<&People>) -> Vec<Problem> {
    let mut problems = names::problems(form, people);
    problems.retain(|problem| problem.field == FieldId::UserName);
    let Some(people) = people else { return problems };
    let said = |field, words| Problem { field, words, at_once: false };
    if let Some(user) = people.perhaps_with_full_access().find(|user| names::of(form).contains(&user.name.as_str())) {
        let words = format!(
            "{} has full access, or may have it. Choose another name: use one user for each kind of work.",
            user.name
        );
        problems.push(said(FieldId::UserName, words));
    }
    if let Some(problem) = smaller_group::problem(form, people) {
        problems.push(problem);
    } else if let Some(group) =
        people.group(form.text(FieldId::GroupName)).filter(|group| people.may_give_full_access(group))
    {
        let words = format!("{} gives full access, or may give it. Choose another group.", group.name);
        problems.push(said(FieldId::GroupName, words));
    }
    problems
}
