//! AWSCloudShellFullAccess is not attached. Source: CIS, "Ensure access to AWSCloudShellFullAccess is restricted".

use crate::account::{Facts, Question};
use crate::checks::attached::{proofs, roles, users};
use crate::checks::credentials::some;
use crate::checks::{Assess, Assessment, Awaits, Control, HandOff, References, Remedy, Severity, console, known};

pub(super) const CONTROL: Control = Control {
    id: "cloudshell-full-access",
    title: "AWSCloudShellFullAccess is not attached",
    severity: Severity::Medium,
    questions: &[Question::People],
    references: References {
        cis: &[("5.0", "1.21"), ("6.0", "2.21"), ("7.0", "2.20")],
        security_hub: &["IAM.27"],
        prowler: &["iam_policy_cloudshell_admin_not_attached"],
    },
    differs: "roles managed by AWS don't count",
    console: Some(console::POLICIES),
    remedy: Remedy::HandOff(HandOff {
        steps: &[
            "Policies, AWSCloudShellFullAccess, Entities attached. Select all, Detach.",
            "Give those who need CloudShell a policy that denies cloudshell:GetFileUploadUrls and cloudshell:GetFileDownloadUrls.",
        ],
        costs: None,
        awaits: Awaits::Pass,
    }),
    text: include_str!("../../../assets/explain/cloudshell-full-access.md"),
    assess: Assess::Facts(assess),
};

const FIX: &str =
    "Detach AWSCloudShellFullAccess. Give those who need CloudShell a policy without file upload and download.";

fn assess(facts: &Facts) -> Result<Assessment, Assessment> {
    const POLICY: &str = "AWSCloudShellFullAccess";
    let people = known(&facts.people, &Question::People)?;
    let is_it = |arn: &str| arn.ends_with(":iam::aws:policy/AWSCloudShellFullAccess");
    let groups = people.groups.iter().filter(|group| group.attached_policies.iter().any(|arn| is_it(arn)));
    let holders: Vec<String> = users(people, is_it)
        .into_iter()
        .chain(groups.map(|group| format!("group {}", group.name)))
        .chain(roles(people, is_it))
        .collect();
    let proof = proofs(facts, POLICY, holders.iter());
    Ok(if holders.is_empty() {
        Assessment::pass("AWSCloudShellFullAccess is not attached.", proof)
    } else {
        Assessment::fail(format!("AWSCloudShellFullAccess is attached to {}.", some(&holders)), proof, FIX)
    })
}
