//! Someone other than an administrator can open AWS Support cases.

use crate::account::{Facts, Question};
use crate::checks::StepId;
use crate::checks::{
    Assess, Assessment, Awaits, Control, HandOff, References, Remedy, Severity, console, evidence, known,
};

pub(super) const CONTROL: Control = Control {
    id: "support-role",
    title: "Somebody can open AWS Support cases",
    severity: Severity::Low,
    questions: &[Question::SupportRole],
    references: References {
        cis: &[("5.0", "1.16"), ("6.0", "2.16"), ("7.0", "2.15")],
        security_hub: &["IAM.18"],
        prowler: &["iam_support_role_created"],
    },
    differs: "a group or a user is enough here and for IAM.18; CIS and Prowler require a role",
    console: Some(console::POLICIES),
    remedy: Remedy::StepOrHandOff(
        StepId::Watchers,
        HandOff {
            steps: &[
                "Decide who opens cases with AWS Support: a role or a group.",
                "Policies, AWSSupportAccess, Entities attached, Attach. Choose the role or the group.",
            ],
            costs: None,
            awaits: Awaits::Pass,
        },
    ),
    text: include_str!("../../../assets/explain/support-role.md"),
    assess: Assess::Facts(assess),
};

const FIX: &str = "Attach AWSSupportAccess to a role or a group of those who handle incidents: lockroot, the step \"Watch over the account\", or the IAM console, Policies.";

fn assess(facts: &Facts) -> Result<Assessment, Assessment> {
    let holders = known(&facts.support, &Question::SupportRole)?;
    let words = if holders.is_empty() { "nobody".to_owned() } else { holders.words() };
    let proof = evidence(&facts.support, Question::SupportRole.action(), "AWSSupportAccess", words.clone());
    let proof = proof.into_iter().collect();
    Ok(if holders.is_empty() {
        Assessment::fail("AWSSupportAccess is not attached: only administrators can ask AWS for help.", proof, FIX)
    } else {
        Assessment::pass(format!("AWSSupportAccess is attached to {words}."), proof)
    })
}
