//! The alias says more than the account's number.

use crate::account::{Facts, Question};
use crate::checks::{Assess, Assessment, Control, References, Remedy, Severity, StepId, evidence, known};

pub(super) const CONTROL: Control = Control {
    id: "alias-says-more",
    title: "The alias says more than the account's number",
    severity: Severity::Low,
    questions: &[Question::Alias],
    references: References::NONE,
    differs: "",
    console: None,
    remedy: Remedy::OptionalStep(StepId::Contacts),
    text: include_str!("../../../assets/explain/alias-says-more.md"),
    assess: Assess::Facts(assess),
};

fn assess(facts: &Facts) -> Result<Assessment, Assessment> {
    let alias = known(&facts.alias, &Question::Alias)?;
    let shown = alias.clone().unwrap_or_else(|| "empty".to_owned());
    let seen = evidence(&facts.alias, Question::Alias.action(), "AccountAliases", shown).into_iter().collect();
    let Some(alias) = alias else {
        return Ok(Assessment::not_applicable("There is no alias.", seen));
    };
    let is_number = alias.chars().all(|c| c.is_ascii_digit());
    Ok(if is_number {
        Assessment::fail(format!("{alias} is a number."), seen, "Set another alias.")
    } else {
        Assessment::pass(format!("The account is called {alias}."), seen)
    })
}
