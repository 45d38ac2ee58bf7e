//! The account has an alias, so people see which account they change.

use crate::account::{Facts, Question};
use crate::checks::{Assess, Assessment, Control, References, Remedy, Severity, StepId, evidence, known};

pub(super) const CONTROL: Control = Control {
    id: "account-alias",
    title: "The account has an alias",
    severity: Severity::Low,
    questions: &[Question::Alias],
    references: References::NONE,
    differs: "",
    console: None,
    remedy: Remedy::OptionalStep(StepId::Contacts),
    text: include_str!("../../../assets/explain/account-alias.md"),
    assess: Assess::Facts(assess),
};

const FIX: &str = "Set one: IAM console, Dashboard, Account alias; or `aws iam create-account-alias`.";

fn assess(facts: &Facts) -> Result<Assessment, Assessment> {
    let call = Question::Alias.action();
    Ok(match known(&facts.alias, &Question::Alias)? {
        Some(alias) => {
            let proof = evidence(&facts.alias, call, "AccountAliases", alias.clone());
            Assessment::pass(format!("The account's alias is {alias}."), proof.into_iter().collect())
        }
        None => {
            let proof = evidence(&facts.alias, call, "AccountAliases", "empty");
            Assessment::fail(
                "The account has no alias: only its 12-digit number tells it from others.",
                proof.into_iter().collect(),
                FIX,
            )
        }
    })
}
