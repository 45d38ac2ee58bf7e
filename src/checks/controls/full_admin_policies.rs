//! No customer managed policy allows everything: AdministratorAccess is meant for that, and is easily found.

use crate::account::facts::{CustomerPolicy, FullAdmin};
use crate::account::{Facts, Question};
use crate::checks::credentials::some;
use crate::checks::{
    Assess, Assessment, Awaits, Control, Evidence, HandOff, References, Remedy, Severity, console, evidence, known,
};

pub(super) const CONTROL: Control = Control {
    id: "full-admin-policies",
    title: "No customer managed policy allows everything",
    severity: Severity::High,
    questions: &[Question::People],
    references: References {
        cis: &[("5.0", "1.15"), ("6.0", "2.15"), ("7.0", "2.14")],
        security_hub: &["IAM.1"],
        prowler: &[
            "iam_customer_attached_policy_no_administrative_privileges",
            "iam_customer_unattached_policy_no_administrative_privileges",
        ],
    },
    differs: "unattached policies count here",
    console: Some(console::POLICIES),
    remedy: Remedy::HandOff(HandOff {
        steps: &[
            "Make sure that an administrator remains who does not depend on this policy.",
            "Policies, filter by type: Customer managed. Choose the policy that the finding names.",
            "Edit it: reduce it to what its holders need. Or give them another policy, then Delete.",
        ],
        costs: None,
        awaits: Awaits::Pass,
    }),
    text: include_str!("../../../assets/explain/full-admin-policies.md"),
    assess: Assess::Facts(assess),
};

const FIX: &str =
    "Reduce the policy to what its holders need, or delete it. Give administrators AWS's AdministratorAccess instead.";

fn assess(facts: &Facts) -> Result<Assessment, Assessment> {
    let people = known(&facts.people, &Question::People)?;
    let call = Question::People.action();
    if people.policies.is_empty() {
        let proof = evidence(&facts.people, call, "Policies", "no customer managed policy");
        return Ok(Assessment::pass("The account has no customer managed policies.", proof.into_iter().collect()));
    }
    let full: Vec<&CustomerPolicy> =
        people.policies.iter().filter(|policy| policy.full_admin == FullAdmin::Yes).collect();
    let proof: Vec<Evidence> = people.policies.iter().filter_map(|policy| proof(facts, policy)).collect();
    if !full.is_empty() {
        let names: Vec<&str> = full.iter().map(|policy| policy.name.as_str()).collect();
        return Ok(Assessment::fail(format!("Allows everything: {}.", some(&names)), proof, FIX));
    }
    let unclear: Vec<String> = people
        .policies
        .iter()
        .filter_map(|policy| match policy.full_admin {
            FullAdmin::Unclear(why) => Some(format!("{} ({why})", policy.name)),
            FullAdmin::Yes | FullAdmin::No => None,
        })
        .collect();
    if !unclear.is_empty() {
        return Ok(Assessment::unknown(format!("Check by hand: {}.", some(&unclear)), proof));
    }
    let count =
        evidence(&facts.people, call, "Policies", format!("{} customer managed policies", people.policies.len()));
    Ok(Assessment::pass("No customer managed policy allows everything.", count.into_iter().collect()))
}

fn proof(facts: &Facts, policy: &CustomerPolicy) -> Option<Evidence> {
    let what = match policy.full_admin {
        FullAdmin::No => return None,
        FullAdmin::Yes => "allows everything",
        FullAdmin::Unclear(why) => why,
    };
    let carried = policy.attachments.map_or("unknown".to_owned(), |count| count.to_string());
    let value = format!("{what}; attached: {carried}");
    evidence(&facts.people, Question::People.action(), policy.arn.clone(), value)
}
