//! The organization manages root credentials centrally. In a member account, only the result counts.

use crate::account::facts::CentralRoot;
use crate::account::{Facts, Question};
use crate::checks::{
    Assess, Assessment, Awaits, Control, HandOff, References, Remedy, Severity, console, evidence, known,
};

pub(super) const CONTROL: Control = Control {
    id: "root-credentials-removed",
    title: "Root credentials of member accounts are managed centrally",
    severity: Severity::Medium,
    questions: &[Question::OrganizationsFeatures, Question::Summary],
    references: References {
        cis: &[("7.0", "2.1.1")],
        security_hub: &[],
        prowler: &["iam_root_credentials_management_enabled"],
    },
    differs: "",
    console: Some(console::ROOT_ACCESS),
    remedy: Remedy::HandOff(HandOff {
        steps: &[
            "Sign in to the management account of the organization as an administrator.",
            "First check whether a member's root access key is in use.",
            "IAM, Root access management, Enable. Keep both features on: Root credentials management and Privileged root actions in member accounts.",
            "In the list of accounts there, delete the root credentials of each member.",
        ],
        costs: None,
        awaits: Awaits::Pass,
    }),
    text: include_str!("../../../assets/explain/root-credentials-removed.md"),
    assess: Assess::Facts(assess),
};

const FIX: &str = "Enable it in the management account: IAM console, Root access management. Then delete the root credentials of the member accounts there.";

fn assess(facts: &Facts) -> Result<Assessment, Assessment> {
    let central = known(&facts.central_root, &Question::OrganizationsFeatures)?;
    let proof = |value: &str| {
        evidence(&facts.central_root, Question::OrganizationsFeatures.action(), "EnabledFeatures", value)
            .into_iter()
            .collect()
    };
    Ok(match central {
        CentralRoot::NoOrganization => {
            Assessment::not_applicable("The account is in no organization.", proof("OrganizationNotFound"))
        }
        CentralRoot::Member => member(facts)?,
        CentralRoot::NoTrustedAccess => {
            let why = "IAM has no trusted access in the organization: members keep their root credentials.";
            Assessment::fail(why, proof("ServiceAccessNotEnabled"), FIX)
        }
        CentralRoot::NotAllFeatures => Assessment::fail(
            "The organization has consolidated billing only: central management needs all features.",
            proof("OrganizationNotInAllFeaturesMode"),
            FIX,
        ),
        CentralRoot::Features { credentials: true, .. } => Assessment::pass(
            "The organization manages root credentials of its member accounts.",
            proof("RootCredentialsManagement"),
        ),
        CentralRoot::Features { credentials: false, .. } => Assessment::fail(
            "Root credentials of member accounts are not managed centrally.",
            proof("not among them"),
            FIX,
        ),
    })
}

/// A member account cannot read the organization's settings, but it can read whether its root user has credentials.
fn member(facts: &Facts) -> Result<Assessment, Assessment> {
    let summary = known(&facts.summary, &Question::Summary)?;
    let number = |count: Option<i32>| count.map_or("absent".to_owned(), |count| count.to_string());
    let call = Question::Summary.action();
    let proof = [
        ("AccountPasswordPresent", summary.root_password()),
        ("AccountAccessKeysPresent", summary.root_keys()),
        ("AccountSigningCertificatesPresent", summary.root_certificates()),
    ]
    .into_iter()
    .filter_map(|(field, count)| evidence(&facts.summary, call, field, number(count)))
    .collect();
    Ok(match (summary.root_password(), summary.root_keys()) {
        (Some(0), Some(0)) => Assessment::pass("The root user of this member account has no credentials.", proof),
        _ => Assessment::not_applicable(
            "This member account has root credentials. Only the management account sees whether the organization manages them.",
            proof,
        ),
    })
}
