//! Who holds one of AWS's managed policies: administrators outside groups, and AWSCloudShellFullAccess.

use super::credentials::some;
use super::{Evidence, Judgement, evidence, known};
use crate::account::facts::{People, is_administrator_access};
use crate::account::{Facts, Question};

const MOVE: &str = "Put these users into a group that carries AdministratorAccess, then detach it from them: the step \"Groups\" of lockroot; by hand: IAM console, Users, Permissions.";
const DETACH: &str =
    "Detach AWSCloudShellFullAccess. Who needs CloudShell gets a policy without file upload and download.";

/// AdministratorAccess is attached to no user. Roles that carry it are named: whether they are meant, a person knows.
pub(super) fn administrators(facts: &Facts) -> Result<Judgement, Judgement> {
    let people = known(&facts.people, &Question::People)?;
    let users: Vec<String> = users(people, is_administrator_access);
    let roles: Vec<String> = roles(people, is_administrator_access);
    let proof = proofs(facts, "AdministratorAccess", users.iter().chain(&roles));
    if !users.is_empty() {
        let also = if roles.is_empty() { String::new() } else { format!(" Also on: {}.", some(&roles)) };
        let why = format!("AdministratorAccess is attached to {}, not through a group.{also}", some(&users));
        return Ok(Judgement::fail(why, proof, MOVE));
    }
    if !roles.is_empty() {
        let why = format!("AdministratorAccess is attached to {}. Check who can assume them.", some(&roles));
        return Ok(Judgement::manual(why, proof));
    }
    Ok(Judgement::pass("AdministratorAccess is attached to groups only, if to any.", proof))
}

/// Nobody holds AWSCloudShellFullAccess. Source: CIS, "Ensure access to AWSCloudShellFullAccess is restricted".
pub(super) fn cloudshell(facts: &Facts) -> Result<Judgement, Judgement> {
    const POLICY: &str = "AWSCloudShellFullAccess";
    let people = known(&facts.people, &Question::People)?;
    let is_it = |arn: &str| arn.ends_with(":iam::aws:policy/AWSCloudShellFullAccess");
    let groups = people.groups.iter().filter(|group| group.attached_policies.iter().any(|arn| is_it(arn)));
    let holders: Vec<String> = users(people, is_it)
        .into_iter()
        .chain(groups.map(|group| format!("group {}", group.name)))
        .chain(roles(people, is_it))
        .collect();
    let proof = proofs(facts, POLICY, holders.iter());
    Ok(if holders.is_empty() {
        Judgement::pass("AWSCloudShellFullAccess is attached to nobody.", proof)
    } else {
        Judgement::fail(format!("AWSCloudShellFullAccess is attached to {}.", some(&holders)), proof, DETACH)
    })
}

fn users(people: &People, is_it: fn(&str) -> bool) -> Vec<String> {
    let holding = people.users.iter().filter(|user| user.attached_policies.iter().any(|arn| is_it(arn)));
    holding.map(|user| format!("user {}", user.name)).collect()
}

/// AWS's own roles are left out: nobody here can change them.
fn roles(people: &People, is_it: fn(&str) -> bool) -> Vec<String> {
    let own = people.roles.iter().filter(|role| !role.is_kept_by_aws());
    let holding = own.filter(|role| role.attached_policies.iter().any(|arn| is_it(arn)));
    holding.map(|role| format!("role {}", role.name)).collect()
}

/// One for each holder, or that there is none.
fn proofs<'a>(facts: &Facts, policy: &str, holders: impl Iterator<Item = &'a String>) -> Vec<Evidence> {
    let call = Question::People.action();
    let mut proof: Vec<Evidence> = holders.filter_map(|holder| evidence(&facts.people, call, holder, policy)).collect();
    if proof.is_empty() {
        proof.extend(evidence(&facts.people, call, policy, "attached to no user and no role of the account's own"));
    }
    proof
}
