//! Users have no policies of their own, attached or inline.

use crate::account::facts::User;
use crate::account::{Facts, Question};
use crate::checks::{Assess, Assessment, Control, References, Remedy, Severity, StepId, console, evidence, known};

pub(super) const CONTROL: Control = Control {
    id: "permissions-through-groups",
    title: "Users get permissions through groups only",
    severity: Severity::Low,
    questions: &[Question::People],
    references: References {
        cis: &[("5.0", "1.14"), ("6.0", "2.14"), ("7.0", "2.13")],
        security_hub: &["IAM.2"],
        prowler: &["iam_policy_attached_only_to_group_or_roles"],
    },
    differs: "",
    console: Some(console::USERS),
    remedy: Remedy::Step(StepId::Users),
    text: include_str!("../../../assets/explain/permissions-through-groups.md"),
    assess: Assess::Facts(assess),
};

const FIX: &str = "Give a group the same policies, add the user to it, then detach the policies from the user: lockroot, the step \"Users\".";

fn assess(facts: &Facts) -> Result<Assessment, Assessment> {
    let people = known(&facts.people, &Question::People)?;
    let call = Question::People.action();
    let direct: Vec<&User> = people
        .users
        .iter()
        .filter(|user| !user.attached_policies.is_empty() || !user.inline_policies.is_empty())
        .collect();
    let proof =
        direct.iter().filter_map(|user| evidence(&facts.people, call, user.name.clone(), policies(user))).collect();
    let count = evidence(&facts.people, call, "UserDetailList", format!("{} users", people.users.len()));
    Ok(match (people.users.len(), direct.as_slice()) {
        (0, _) => Assessment::not_applicable("The account has no IAM users.", count.into_iter().collect()),
        (_, []) => Assessment::pass("No user holds a policy directly.", count.into_iter().collect()),
        (_, [only]) => Assessment::fail(format!("{} holds policies directly.", only.name), proof, FIX),
        (_, several) => {
            let names: Vec<&str> = several.iter().map(|user| user.name.as_str()).collect();
            Assessment::fail(format!("{} users hold policies directly: {}.", names.len(), names.join(", ")), proof, FIX)
        }
    })
}

fn policies(user: &User) -> String {
    let attached = user.attached_policies.iter().map(|arn| arn.rsplit('/').next().unwrap_or(arn).to_owned());
    let inline = user.inline_policies.iter().map(|name| format!("{name} (inline)"));
    attached.chain(inline).collect::<Vec<_>>().join(", ")
}
