//! Administrators through IAM Identity Center. The account shows the role of an assigned permission set and its last
//! use, not its users. So only a used role counts.

use crate::account::assigned_role::TRACKED_DAYS;
use crate::account::facts::{AssignedRole, People};
use crate::account::{Facts, Question, Timestamp};
use crate::checks::credentials::some;
use crate::checks::{Evidence, evidence};

pub(in crate::checks) const FIX_UNUSED: &str = "Sign in with it once, through the AWS access portal; IAM shows that after some hours. Or set up an IAM user: lockroot, the step \"Administrator\".";

/// The most recently used role with AdministratorAccess, with its last use, as far as AWS reports it.
pub(crate) fn in_use<'a>(facts: &Facts, people: &'a People) -> Option<(&'a AssignedRole, Timestamp)> {
    let role = people.identity_center()?;
    Some((role, role.used_lately(facts.people.at()?)?))
}

/// The reason that an unused role does not suffice.
pub(in crate::checks) fn unused(role: &AssignedRole) -> String {
    format!(
        "IAM Identity Center made an administrator role here (permission set {}), but nobody has used it in {TRACKED_DAYS} days: nothing proves that anybody can sign in with it.",
        role.permission_set()
    )
}

/// The reason that the number of administrators is unknown. `able`: IAM users who can sign in.
pub(in crate::checks) fn uncounted(able: &[&str]) -> String {
    let besides = if able.is_empty() { String::new() } else { format!("{} can sign in. ", some(able)) };
    format!(
        "{besides}IAM Identity Center lets people in as administrators. Look at the assignments in its console to see how many."
    )
}

/// Evidence on Identity Center roles with AdministratorAccess.
pub(in crate::checks) fn evidence_of(facts: &Facts, people: &People) -> Vec<Evidence> {
    let roles = people.assigned_roles.iter().filter(|role| people.is_administrator_role(role));
    let said = roles.filter_map(|role| {
        let used = facts.people.at().and_then(|now| role.used_lately(now));
        let used = used.map_or("not used in 400 days".to_owned(), |used| format!("last used {}", used.date()));
        let own = match role.inline_policies {
            0 => "",
            _ => "; a policy of its own may deny some of it",
        };
        let value = format!("AdministratorAccess, through IAM Identity Center; {used}{own}");
        evidence(&facts.people, Question::People.action(), role.name.clone(), value)
    });
    said.collect()
}
