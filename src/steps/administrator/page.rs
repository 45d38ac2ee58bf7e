//! The page of the step: existing administrators, and actions.

use super::super::root_mfa::console_address;
use super::super::{Action, ActionId, StepId, StepView, Table, verdict_rows};
use super::{READ_AGAIN, daily, listed, resync};
use crate::account::facts::User;
use crate::account::{Facts, Reading};
use crate::checks::identity_center_in_use;

const WHY: &str =
    "From now on, administrators do the work. Root stays locked away for the few tasks that only root can do.";
const ONE: &str = "There is one administrator. Have at least two, for two people: each can let the other back in.";
const SEVERAL: &str = "Two administrators are better than one: each can let the other back in.";
const DAILY: &str = "No user has less than full access yet. For daily work, set up a user with fewer permissions: a mistake or a stolen password then does less harm.";

/// The page with row `item` selected.
pub(super) fn of(facts: &Facts, item: usize) -> StepView {
    let table = table(facts);
    let count = facts.people.known().map_or(0, |people| people.administrators().count());
    let mut notes: Vec<String> = match count {
        0 => vec![SEVERAL.into()],
        1 => vec![ONE.into()],
        _ => Vec::new(),
    };
    let picked = facts.people.known().and_then(|people| listed(people).into_iter().nth(item));
    let mut actions = Vec::new();
    let mut further = Vec::new();
    if let Some(user) = picked {
        of_picked(user, facts, &mut actions, &mut further, &mut notes);
    }
    match facts.people.known().and_then(|people| people.identity_center()) {
        Some(role) => notes.push(format!(
            "IAM Identity Center has a role for {} here. Keep one IAM administrator as well, for the day Identity Center is down.",
            role.permission_set()
        )),
        None => notes.push("For a team or an organization, prefer IAM Identity Center: \"Identity Center, and watch\" shows the steps.".into()),
    }
    actions.push(Action {
        id: ActionId::FillIn,
        label: match count {
            0 => "Set up an administrator".into(),
            1 => "Set up a second".into(),
            _ => "Set up another".into(),
        },
        blocked: facts.people.failure().map(|_| format!("Users and groups could not be read. {READ_AGAIN}")),
    });
    actions.extend(further);
    if count > 0 {
        actions.push(Action { id: ActionId::AddDailyUser, label: "User for daily work".into(), blocked: None });
    }
    if facts.people.known().is_some_and(|people| identity_center_in_use(facts, people).is_none()) {
        actions.push(Action { id: ActionId::ByHand, label: "Identity Center, and watch".into(), blocked: None });
    }
    if daily::is_offered(facts) {
        notes.push(DAILY.into());
    }
    StepView { why: WHY, rows: verdict_rows(StepId::Administrator, facts), table, notes, actions }
}

/// Actions for one administrator: `first` before setting up another, `further` after it.
fn of_picked(user: &User, facts: &Facts, first: &mut Vec<Action>, further: &mut Vec<Action>, notes: &mut Vec<String>) {
    let sign_in = facts.sign_in(&user.name).cloned().unwrap_or_default();
    let name = &user.name;
    let action = |id, label| Action { id, label, blocked: None };
    let lacking = sign_in.devices.known().is_some_and(Vec::is_empty);
    if lacking {
        first.push(action(ActionId::EnrolMfa, format!("Set up MFA for {name}")));
    }
    if matches!(sign_in.password.known(), Some(Some(_))) {
        if lacking {
            notes.push(format!("{name} has a password and no MFA. If the set-up was interrupted before the password was shown, set a new one."));
        }
        further.push(action(ActionId::ResetPassword, "New password".into()));
    }
    if let Some([only]) = sign_in.devices.known().map(Vec::as_slice)
        && only.shows_codes()
    {
        let address = console_address(facts);
        notes.push(format!(
            "{name} has one MFA device. Add a passkey as the second: no fake page can ask for it, and a lost phone locks nobody out. {name} adds it in the console: {address}"
        ));
    }
    if !resync::devices(user, facts).is_empty() {
        further.push(action(ActionId::ResyncMfa, "MFA codes refused?".into()));
    }
}

fn table(facts: &Facts) -> Table {
    let Some(people) = facts.people.known() else { return Table::default() };
    let rows: Vec<Vec<String>> = listed(people)
        .into_iter()
        .map(|user| {
            let sign_in = user.sign_in.clone().unwrap_or_default();
            let password = match &sign_in.password {
                Reading::Known { value: Some(_), .. } => "yes".into(),
                Reading::Known { value: None, .. } => "no".into(),
                Reading::Unread | Reading::Failed(_) | Reading::Closed(_) => "could not be read".into(),
            };
            let devices =
                sign_in.devices.known().map_or("could not be read".into(), |devices| match devices.as_slice() {
                    [] => "none".into(),
                    [only] => only.kind().to_owned(),
                    several => format!("{} devices", several.len()),
                });
            vec![user.name.clone(), password, devices]
        })
        .collect();
    if rows.is_empty() {
        Table::default()
    } else {
        Table { heads: vec!["USER", "PASSWORD", "MFA"], rows, ..Table::default() }
    }
}
