//! The account is in an organization: service control policies limit it, and the management account can recover its
//! root user.

use crate::account::facts::CentralRoot;
use crate::account::{Facts, Question};
use crate::checks::organization::{QUESTION, proof};
use crate::checks::{Assess, Assessment, Awaits, Control, HandOff, References, Remedy, Severity, console, known};

pub(super) const CONTROL: Control = Control {
    id: "in-organization",
    title: "The account is in an organization",
    severity: Severity::Low,
    questions: &[Question::OrganizationsFeatures],
    references: References {
        cis: &[],
        security_hub: &["Account.2"],
        prowler: &["organizations_account_part_of_organizations"],
    },
    differs: "never fails here",
    console: Some(console::ORGANIZATION),
    remedy: Remedy::HandOff(HandOff {
        steps: &[
            "Decide whether one account is enough. This control never fails.",
            "In a new, empty account: AWS Organizations, Create an organization.",
            "From there: AWS accounts, Add an AWS account, Invite an existing AWS account. Accept the invitation here.",
        ],
        costs: Some("AWS Organizations is free."),
        awaits: Awaits::Pass,
    }),
    text: include_str!("../../../assets/explain/in-organization.md"),
    assess: Assess::Facts(assess),
};

/// A standalone account is a manual result: only a person knows whether one account suffices.
fn assess(facts: &Facts) -> Result<Assessment, Assessment> {
    let central = known(&facts.central_root, &QUESTION)?;
    Ok(match central {
        CentralRoot::NoOrganization => Assessment::manual(
            "The account is in no organization: no service control policy limits it, and no management account can recover its root user. Decide whether one account is enough.",
            proof(facts, "OrganizationNotFound"),
        ),
        CentralRoot::Member => {
            Assessment::pass("The account is a member of an organization.", proof(facts, "a member account"))
        }
        CentralRoot::NoTrustedAccess | CentralRoot::NotAllFeatures | CentralRoot::Features { .. } => {
            let value = "the management account, or a delegated administrator";
            Assessment::pass("The account manages an organization.", proof(facts, value))
        }
    })
}
