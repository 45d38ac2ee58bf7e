//! Shared by the controls on administrators: who they are, how they sign in, and the evidence.

pub(crate) mod identity_center;

use super::credentials::some;
use super::{Evidence, evidence};
use crate::account::facts::{People, RolePolicies, User};
use crate::account::{Facts, Failure, Question, Reading};

/// Whether `user` has a console password. `Err`: unknown, with the failure if there was one.
pub(super) fn password(user: &User) -> Result<bool, Option<Failure>> {
    match user.sign_in.as_ref().map(|sign_in| &sign_in.password) {
        Some(Reading::Known { value, .. }) => Ok(value.is_some()),
        Some(Reading::Failed(failure)) => Err(Some(failure.clone())),
        Some(Reading::Unread | Reading::Closed(_)) | None => Err(None),
    }
}

/// Evidence on the users with full access and its paths, and on the number of users.
pub(super) fn full_access(facts: &Facts, powerful: &[(&User, String)]) -> Vec<Evidence> {
    let call = Question::People.action();
    let users = facts.people.known().map_or(0, |people| people.users.len());
    let count = evidence(&facts.people, call, "UserDetailList", users_in_words(users));
    let of = |(user, path): &(&User, String)| {
        let password = match password(user) {
            Ok(true) => "console password",
            Ok(false) => "no console password",
            Err(_) => "console password not read",
        };
        evidence(&facts.people, call, user.name.clone(), format!("full access: {path}; {password}"))
    };
    let roles = facts.people.known().into_iter().flat_map(People::roles_with_full_access);
    let role = |(role, path): (&RolePolicies, String)| {
        evidence(&facts.people, call, format!("role {}", role.name), format!("full access: {path}"))
    };
    count.into_iter().chain(powerful.iter().filter_map(of)).chain(roles.filter_map(role)).collect()
}

fn users_in_words(count: usize) -> String {
    if count == 1 { "1 user".into() } else { format!("{count} users") }
}

pub(super) fn memberships(facts: &Facts, people: &People) -> Vec<Evidence> {
    let groups = people.groups.iter().filter(|group| group.carries_administrator_access()).filter_map(|group| {
        evidence(&facts.people, Question::People.action(), group.name.clone(), "carries AdministratorAccess")
    });
    let powerful: Vec<(&User, String)> = people.with_full_access().collect();
    let members = full_access(facts, &powerful);
    groups.chain(members).chain(identity_center::evidence_of(facts, people)).collect()
}

/// The reason that the access of `users` is unknown.
pub(super) fn unread(users: &[&str]) -> String {
    format!("A policy that applies to {} could not be read. Look at it in the IAM console.", some(users))
}
