//! Policies attached to users: a group gets the same first, lockroot reads it back, then takes them off the user.
//! One user at a time.

use super::super::smaller_group::short;
use super::super::{Action, ActionId, Consent, Plan};
use super::guard::{Guard, Loss};
use super::{READ_AGAIN, action, least_privilege, moves};
use crate::account::facts::User;
use crate::account::{Facts, Timestamp};

const NOTE: &str = "Two reviews for each user: first the user joins a group that gives the same. Once AWS shows that, lockroot takes the policies off the user.";

pub(super) fn notes(user: &User, facts: &Facts, now: Timestamp) -> Vec<String> {
    least_privilege::used(user, facts, now).into_iter().chain([NOTE.to_owned()]).collect()
}

/// Names of the user's own policies.
pub(super) fn held(user: &User) -> String {
    let attached = user.attached_policies.iter().map(|arn| short(arn).to_owned());
    let inline = user.inline_policies.iter().map(|name| format!("{name} (inline)"));
    attached.chain(inline).collect::<Vec<_>>().join(", ")
}

pub(super) fn actions(user: &User, guard: &Guard<'_>) -> Vec<Action> {
    let Some(people) = guard.facts.people.known() else { return Vec::new() };
    let less = less(user, guard);
    if moves::is_covered(people, user) {
        let detach = action(ActionId::DetachFromUser, format!("Detach from {}", user.name), None);
        return std::iter::once(detach).chain(less).collect();
    }
    let equivalent = moves::equivalent_group(people, user);
    let to_equivalent = equivalent.map(|group| action(ActionId::MoveToGroup, format!("Use {}", group.name), None));
    let new = action(ActionId::MoveToNewGroup, format!("New group {}", moves::fresh_name(people, user)), None);
    to_equivalent.into_iter().chain([new]).chain(less).collect()
}

/// What is offered for what a user may do, however it comes to the user.
pub(super) fn less(user: &User, guard: &Guard<'_>) -> [Action; 2] {
    let blocked = guard.blocks(&[Loss::Rights(&user.name)]);
    [
        action(ActionId::ReducePermissions, format!("Give {} fewer permissions", user.name), blocked),
        action(ActionId::AllowSelfService, "Allow self-service", None),
    ]
}

pub(super) fn plan(action: ActionId, user: &User, facts: &Facts) -> Result<Plan, String> {
    let people = facts.people.known().ok_or_else(|| format!("Users and groups could not be read. {READ_AGAIN}"))?;
    let (title, (calls, notes)) = match action {
        ActionId::DetachFromUser => (format!("Take the policies off {}", user.name), moves::detach(people, user)?),
        ActionId::MoveToGroup => {
            let group = moves::equivalent_group(people, user)
                .ok_or_else(|| format!("No group has exactly the policies of {} any more. {READ_AGAIN}", user.name))?;
            (format!("Let {} give {} the same", group.name, user.name), moves::carry(people, user, &group.name)?)
        }
        _ => {
            let group = moves::fresh_name(people, user);
            (format!("Let {group} give {} the same", user.name), moves::carry(people, user, &group)?)
        }
    };
    Ok(Plan { title, calls, notes, consent: Consent::Careful, ..Plan::default() })
}
