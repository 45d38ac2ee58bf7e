//! Root sessions for member accounts are enabled in the organization.

use crate::account::facts::CentralRoot;
use crate::account::{Facts, Question};
use crate::checks::organization::{QUESTION, proof};
use crate::checks::{Assess, Assessment, Awaits, Control, HandOff, References, Remedy, Severity, console, known};

pub(super) const CONTROL: Control = Control {
    id: "root-sessions",
    title: "Root sessions for member accounts are enabled",
    severity: Severity::Medium,
    questions: &[Question::OrganizationsFeatures],
    references: References {
        cis: &[("7.0", "2.1.1")],
        security_hub: &[],
        prowler: &["iam_root_credentials_management_enabled"],
    },
    differs: "Prowler checks only root credentials management",
    console: Some(console::ROOT_ACCESS),
    remedy: Remedy::HandOff(HandOff {
        steps: &[
            "Sign in to the management account of the organization as an administrator.",
            "IAM, Root access management, Enable. Keep Privileged root actions in member accounts on.",
            "Let few people call sts:AssumeRoot.",
        ],
        costs: None,
        awaits: Awaits::Pass,
    }),
    text: include_str!("../../../assets/explain/root-sessions.md"),
    assess: Assess::Facts(assess),
};

const FIX: &str = "Enable them in the management account: IAM console, Root access management; or `aws iam enable-organizations-root-sessions`.";

/// Without root sessions the management account can remove members' root credentials, but neither restore them nor
/// act as root.
fn assess(facts: &Facts) -> Result<Assessment, Assessment> {
    let central = known(&facts.central_root, &QUESTION)?;
    let off = "Root sessions are off: deleted root credentials of a member account can't be restored.";
    Ok(match central {
        CentralRoot::NoOrganization => {
            Assessment::not_applicable("The account is in no organization.", proof(facts, "OrganizationNotFound"))
        }
        CentralRoot::Member => Assessment::not_applicable(
            "This is a member account. Only the management account sees what is enabled.",
            proof(facts, "a member account"),
        ),
        CentralRoot::NoTrustedAccess => Assessment::fail(off, proof(facts, "ServiceAccessNotEnabled"), FIX),
        CentralRoot::NotAllFeatures => Assessment::fail(off, proof(facts, "OrganizationNotInAllFeaturesMode"), FIX),
        CentralRoot::Features { sessions: false, .. } => {
            Assessment::fail(off, proof(facts, "RootSessions is not among them"), FIX)
        }
        CentralRoot::Features { sessions: true, .. } => Assessment::pass(
            "The management account can take root actions in member accounts, in short sessions.",
            proof(facts, "RootSessions"),
        ),
    })
}
