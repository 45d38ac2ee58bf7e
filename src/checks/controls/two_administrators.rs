//! Enough administrators can sign in, so one who is ill or gone does not mean signing in as root.

use crate::account::facts::{People, User};
use crate::account::{Facts, Failure, Question};
use crate::checks::administrators::{identity_center, memberships, password};
use crate::checks::credentials::some;
use crate::checks::{Assess, Assessment, Control, References, Remedy, Severity, StepId, console, known};

pub(super) const CONTROL: Control = Control {
    id: "two-administrators",
    title: "More than one administrator can sign in",
    severity: Severity::Medium,
    questions: &[Question::People],
    references: References::NONE,
    differs: "",
    console: Some(console::USERS),
    remedy: Remedy::OptionalStep(StepId::Administrator),
    text: include_str!("../../../assets/explain/two-administrators.md"),
    assess: Assess::Facts(assess),
};

const FIX: &str = "Create another one: lockroot, the step \"Administrator\".";

fn assess(facts: &Facts) -> Result<Assessment, Assessment> {
    let people = known(&facts.people, &Question::People)?;
    let wanted = usize::try_from(facts.parameters.administrators).unwrap_or(usize::MAX);
    let proof = memberships(facts, people);
    let names = |has: fn(&Result<bool, Option<Failure>>) -> bool| {
        let found = people.administrators().filter(move |user| has(&allowed_in(people, user)));
        found.map(|user| user.name.as_str()).collect::<Vec<_>>()
    };
    let (able, open) = (names(|password| matches!(password, Ok(true))), names(Result::is_err));
    if able.len() >= wanted {
        return Ok(Assessment::pass(format!("{} administrators can sign in: {}.", able.len(), some(&able)), proof));
    }
    if able.len() + open.len() >= wanted {
        let failure = people.administrators().find_map(|user| password(user).err().flatten());
        let why = failure.map_or_else(String::new, |failure| format!(": {failure}"));
        return Ok(Assessment::unknown(format!("Whether {} can sign in could not be read{why}", some(&open)), proof));
    }
    if identity_center::in_use(facts, people).is_some() {
        return Ok(Assessment::manual(identity_center::uncounted(&able), proof));
    }
    let why = match able.as_slice() {
        [] => "No console user has AdministratorAccess through a group.".to_owned(),
        [only] => format!("Only {only} can sign in. Without {only}, root is the only way in."),
        several => format!("Only {} can sign in; {wanted} are required.", some(several)),
    };
    Ok(Assessment::fail(why, proof, FIX))
}

/// Whether the user can sign in; unknown also if an unread policy may deny everything.
fn allowed_in(people: &People, user: &User) -> Result<bool, Option<Failure>> {
    match password(user) {
        Ok(true) if people.has_unread_policies(user) => Err(None),
        other => other,
    }
}
