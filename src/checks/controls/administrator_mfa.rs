//! Every administrator signs in with MFA. Here anyone with full access counts, by any path; `administrator`
//! requires the group.

use crate::account::facts::{People, User};
use crate::account::{Facts, Question};
use crate::checks::administrators::{full_access, identity_center, password, unread};
use crate::checks::credentials::some;
use crate::checks::{
    Assess, Assessment, Control, Evidence, References, Remedy, Severity, StepId, console, evidence, known,
};

pub(super) const CONTROL: Control = Control {
    id: "administrator-mfa",
    title: "Every administrator signs in with MFA",
    severity: Severity::High,
    questions: &[Question::People],
    references: References {
        cis: &[("5.0", "1.9"), ("6.0", "2.9"), ("7.0", "2.10")],
        security_hub: &["IAM.5", "IAM.19"],
        prowler: &["iam_administrator_access_with_mfa", "iam_user_mfa_enabled_console_access"],
    },
    differs: "administrators only here",
    console: Some(console::USERS),
    remedy: Remedy::Step(StepId::Administrator),
    text: include_str!("../../../assets/explain/administrator-mfa.md"),
    assess: Assess::Facts(assess),
};

const FIX: &str =
    "Enable MFA for them: lockroot, the step \"Administrator\"; or each of them in the console, Security credentials.";
const FIX_NOBODY: &str = "Create an administrator, or complete an existing one: lockroot, the step \"Administrator\".";

fn assess(facts: &Facts) -> Result<Assessment, Assessment> {
    let people = known(&facts.people, &Question::People)?;
    let powerful: Vec<(&User, String)> = people.with_full_access().collect();
    let with_password: Vec<&User> =
        powerful.iter().map(|(user, _)| *user).filter(|user| !matches!(password(user), Ok(false))).collect();
    let devices = with_password.iter().filter_map(|user| {
        let devices = &user.sign_in.as_ref()?.devices;
        let count = devices.known()?.len();
        let words = if count == 1 { "1 MFA device".to_owned() } else { format!("{count} MFA devices") };
        evidence(devices, "iam:ListMFADevices", user.name.clone(), words)
    });
    let proof: Vec<Evidence> = full_access(facts, &powerful).into_iter().chain(devices).collect();
    let devices = |user: &User| user.sign_in.as_ref().map(|sign_in| sign_in.devices.clone()).unwrap_or_default();
    let without: Vec<&str> = with_password
        .iter()
        .filter(|user| devices(user).known().is_some_and(Vec::is_empty))
        .map(|user| user.name.as_str())
        .collect();
    let also = through_roles(people);
    if !without.is_empty() {
        return Ok(Assessment::fail(format!("Without MFA: {}.{also}", some(&without)), proof, FIX));
    }
    for user in &with_password {
        known(&devices(user), &Question::SignIn(user.name.clone()))?;
    }
    let has_mfa = |user: &User| devices(user).known().is_some_and(|devices| !devices.is_empty());
    let unclear: Vec<&str> = people
        .perhaps_with_full_access()
        .filter(|user| people.has_unread_policies(user) && !matches!(password(user), Ok(false)) && !has_mfa(user))
        .map(|user| user.name.as_str())
        .collect();
    if !unclear.is_empty() {
        return Ok(Assessment::unknown(unread(&unclear), proof));
    }
    if let (true, Some((role, _))) = (with_password.is_empty(), identity_center::in_use(facts, people)) {
        let why = format!(
            "Administrators sign in through IAM Identity Center as {}. No API of this account shows whether it requires MFA.",
            role.permission_set()
        );
        return Ok(Assessment::not_applicable(why, identity_center::evidence_of(facts, people)));
    }
    Ok(match with_password.len() {
        0 => Assessment::fail("No administrator can sign in with MFA.", proof, FIX_NOBODY),
        1 => Assessment::pass(format!("{} signs in with MFA.{also}", with_password[0].name), proof),
        2 => Assessment::pass(format!("Both administrators sign in with MFA.{also}"), proof),
        count => Assessment::pass(format!("All {count} administrators sign in with MFA.{also}"), proof),
    })
}

/// Roles with full access. AWS's own are left out: nobody in the account can change them.
fn through_roles(people: &People) -> String {
    let own = people.roles_with_full_access().filter(|(role, _)| !role.is_kept_by_aws());
    let names: Vec<&str> = own.map(|(role, _)| role.name.as_str()).collect();
    if names.is_empty() { String::new() } else { format!(" Roles with full access: {}.", some(&names)) }
}
