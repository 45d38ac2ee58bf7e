//! AdministratorAccess is not attached to users. Roles that have it are listed for a person to check.

use crate::account::facts::is_administrator_access;
use crate::account::{Facts, Question};
use crate::checks::attached::{proofs, roles, users};
use crate::checks::credentials::some;
use crate::checks::{Assess, Assessment, Control, References, Remedy, Severity, StepId, console, known};

pub(super) const CONTROL: Control = Control {
    id: "administrator-access-on-groups",
    title: "AdministratorAccess is attached to groups only",
    severity: Severity::Medium,
    questions: &[Question::People],
    references: References {
        cis: &[],
        security_hub: &[],
        prowler: &["iam_user_administrator_access_policy", "iam_role_administratoraccess_policy"],
    },
    differs: "roles are manual here, and fail at Prowler",
    console: Some(console::POLICIES),
    remedy: Remedy::OptionalStep(StepId::Users),
    text: include_str!("../../../assets/explain/administrator-access-on-groups.md"),
    assess: Assess::Facts(assess),
};

const FIX: &str = "Put these users into a group that has AdministratorAccess, then detach the policy from them: lockroot, the step \"Users\"; by hand: IAM console, Users, Permissions.";

fn assess(facts: &Facts) -> Result<Assessment, Assessment> {
    let people = known(&facts.people, &Question::People)?;
    let users: Vec<String> = users(people, is_administrator_access);
    let roles: Vec<String> = roles(people, is_administrator_access);
    let proof = proofs(facts, "AdministratorAccess", users.iter().chain(&roles));
    if !users.is_empty() {
        let also = if roles.is_empty() { String::new() } else { format!(" Also on: {}.", some(&roles)) };
        let why = format!("AdministratorAccess is attached to {}, not through a group.{also}", some(&users));
        return Ok(Assessment::fail(why, proof, FIX));
    }
    if !roles.is_empty() {
        let why = format!("AdministratorAccess is attached to {}. Check who can assume them.", some(&roles));
        return Ok(Assessment::manual(why, proof));
    }
    Ok(Assessment::pass("AdministratorAccess is not attached to users or roles.", proof))
}
