//! Shared by the controls on AWS managed policies: the principals with one attached.

use super::{Evidence, evidence};
use crate::account::facts::People;
use crate::account::{Facts, Question};

/// Users with the policy.
pub(super) fn users(people: &People, is_it: fn(&str) -> bool) -> Vec<String> {
    let holding = people.users.iter().filter(|user| user.attached_policies.iter().any(|arn| is_it(arn)));
    holding.map(|user| format!("user {}", user.name)).collect()
}

/// Roles with the policy. AWS's own roles are left out: nobody in the account can change them.
pub(super) fn roles(people: &People, is_it: fn(&str) -> bool) -> Vec<String> {
    let own = people.roles.iter().filter(|role| !role.is_kept_by_aws());
    let holding = own.filter(|role| role.attached_policies.iter().any(|arn| is_it(arn)));
    holding.map(|role| format!("role {}", role.name)).collect()
}

/// Evidence for each holder, or that there is none.
pub(super) fn proofs<'a>(facts: &Facts, policy: &str, holders: impl Iterator<Item = &'a String>) -> Vec<Evidence> {
    let call = Question::People.action();
    let mut proof: Vec<Evidence> = holders.filter_map(|holder| evidence(&facts.people, call, holder, policy)).collect();
    if proof.is_empty() {
        proof.extend(evidence(&facts.people, call, policy, "attached to no user and no role of the account's own"));
    }
    proof
}
