//! No inline policy of a user, group or role allows everything. Source: Prowler's check of inline policies.

use crate::account::facts::{FullAdmin, People};
use crate::account::{Facts, Question};
use crate::checks::credentials::some;
use crate::checks::{
    Assess, Assessment, Awaits, Control, Evidence, HandOff, References, Remedy, Severity, console, evidence, known,
};

pub(super) const CONTROL: Control = Control {
    id: "inline-full-admin",
    title: "No inline policy allows everything",
    severity: Severity::High,
    questions: &[Question::People],
    references: References {
        cis: &[],
        security_hub: &[],
        prowler: &["iam_inline_policy_no_administrative_privileges"],
    },
    differs: "roles managed by AWS don't count; IAM.1 is about customer managed policies only",
    console: Some(console::USERS),
    remedy: Remedy::HandOff(HandOff {
        steps: &[
            "Make sure that an administrator remains who does not depend on this policy.",
            "Users, User groups or Roles: choose the name that the finding gives, Permissions.",
            "Inline policy: Remove, or Edit it: reduce it to what its holder needs.",
        ],
        costs: None,
        awaits: Awaits::Pass,
    }),
    text: include_str!("../../../assets/explain/inline-full-admin.md"),
    assess: Assess::Facts(assess),
};

const FIX: &str = "Delete the inline policy, or reduce it to what its holder needs. Give administrators AWS's AdministratorAccess through a group.";

/// The holder with the policy's name, and whether it allows everything.
type Inline = (String, FullAdmin);

fn assess(facts: &Facts) -> Result<Assessment, Assessment> {
    let people = known(&facts.people, &Question::People)?;
    let policies = policies(people);
    let proof = |field: &str, value: &str| evidence(&facts.people, Question::People.action(), field, value);
    let named = |wanted: fn(&FullAdmin) -> bool| {
        policies.iter().filter(move |(_, finding)| wanted(finding)).map(|(name, _)| name.as_str()).collect::<Vec<_>>()
    };
    let full = named(|finding| *finding == FullAdmin::Yes);
    let unclear = named(|finding| matches!(finding, FullAdmin::Unclear(_)));
    let findings: Vec<Evidence> = policies
        .iter()
        .filter_map(|(name, finding)| match finding {
            FullAdmin::No => None,
            FullAdmin::Yes => proof(name, "allows everything"),
            FullAdmin::Unclear(why) => proof(name, why),
        })
        .collect();
    if !full.is_empty() {
        return Ok(Assessment::fail(format!("Allows everything: {}.", some(&full)), findings, FIX));
    }
    if !unclear.is_empty() {
        return Ok(Assessment::unknown(format!("Check by hand: {}.", some(&unclear)), findings));
    }
    let count = proof("inline policies", &policies.len().to_string()).into_iter().collect();
    Ok(match policies.len() {
        0 => Assessment::pass("The account has no inline policies.", count),
        _ => Assessment::pass("No inline policy allows everything.", count),
    })
}

/// Inline policies of users, groups and roles. AWS's own roles are left out: nobody in the account can change them.
fn policies(people: &People) -> Vec<Inline> {
    let of_users = people.users.iter().flat_map(|user| {
        user.inline_policies.iter().map(|name| {
            let text = user.inline_documents.get(name);
            let finding = text.map_or(FullAdmin::Unclear("AWS did not send it"), |text| FullAdmin::of(text));
            (format!("user {} {name}", user.name), finding)
        })
    });
    let of_groups = people.groups.iter().flat_map(|group| {
        group.inline_policies.iter().map(|(name, text)| (format!("group {} {name}", group.name), FullAdmin::of(text)))
    });
    let of_roles = people.roles.iter().filter(|role| !role.is_kept_by_aws()).flat_map(|role| {
        role.inline_policies.iter().map(|(name, finding)| (format!("role {} {name}", role.name), finding.clone()))
    });
    of_users.chain(of_groups).chain(of_roles).collect()
}
