//! Someone other than root can administer the account: an IAM user in a group with AdministratorAccess and a console
//! password, or a used role of IAM Identity Center.

use crate::account::facts::{User, is_administrator_access};
use crate::account::{Facts, Question};
use crate::checks::administrators::{identity_center, memberships, password, unread};
use crate::checks::{Assess, Assessment, Control, References, Remedy, Severity, StepId, console, known};

pub(super) const CONTROL: Control = Control {
    id: "administrator",
    title: "An administrator who is not root can sign in",
    severity: Severity::High,
    questions: &[Question::People],
    references: References::NONE,
    differs: "",
    console: Some(console::USERS),
    remedy: Remedy::Step(StepId::Administrator),
    text: include_str!("../../../assets/explain/administrator.md"),
    assess: Assess::Facts(assess),
};

const FIX: &str = "Create an administrator, or complete an existing one: lockroot, the step \"Administrator\".";

fn assess(facts: &Facts) -> Result<Assessment, Assessment> {
    let people = known(&facts.people, &Question::People)?;
    let proof = memberships(facts, people);
    let administrators: Vec<&User> = people.administrators().collect();
    let able = || administrators.iter().filter(|user| matches!(password(user), Ok(true)));
    if let Some(user) = able().find(|user| !people.has_unread_policies(user)) {
        return Ok(Assessment::pass(
            format!("{} can sign in and has AdministratorAccess through a group.", user.name),
            proof,
        ));
    }
    if let Some((role, used)) = identity_center::in_use(facts, people) {
        let why = format!(
            "People sign in through IAM Identity Center as {}, which has AdministratorAccess; last used on {}. Only Identity Center can list these people.",
            role.permission_set(),
            used.date()
        );
        return Ok(Assessment::pass(why, proof));
    }
    if let Some(user) = able().next() {
        return Ok(Assessment::unknown(unread(&[user.name.as_str()]), proof));
    }
    if let Some(failure) = administrators.iter().find_map(|user| password(user).err().flatten()) {
        return Ok(Assessment::unknown(format!("Could not be read: {failure}"), proof));
    }
    if let Some(role) = people.identity_center() {
        return Ok(Assessment::fail(identity_center::unused(role), proof, identity_center::FIX_UNUSED));
    }
    let why = match (administrators.first(), people.users.iter().find(|user| holds_directly(user))) {
        (Some(user), _) => format!("{} has AdministratorAccess, but no console password.", user.name),
        (None, Some(user)) => format!("{} holds AdministratorAccess directly, not through a group.", user.name),
        (None, None) => "No IAM user is in a group that has AdministratorAccess.".into(),
    };
    Ok(Assessment::fail(why, proof, FIX))
}

fn holds_directly(user: &User) -> bool {
    user.attached_policies.iter().any(|arn| is_administrator_access(arn))
}
