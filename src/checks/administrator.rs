//! There is a way in that is not root: an IAM user in a group that carries AdministratorAccess, with a console password;
//! and every such user has MFA.

mod identity_center;

use super::credentials::some;
use super::{Evidence, Judgement, evidence, known};
use crate::account::facts::{People, RolePolicies, User, is_administrator_access};
use crate::account::{Facts, Failure, Question, Reading};

const FIX: &str = "Create one, or finish the one that is there: the step \"Administrator\" of lockroot.";
const FIX_NUMBER: &str = "Create another one: the step \"Administrator\" of lockroot.";
const FIX_MFA: &str = "Enable MFA for them: the step \"Administrator\" of lockroot; or each of them under \"Security credentials\" in the console.";

pub(super) fn judge(facts: &Facts) -> Result<Judgement, Judgement> {
    let people = known(&facts.people, &Question::People)?;
    let proof = memberships(facts, people);
    let administrators: Vec<&User> = people.administrators().collect();
    let able = || administrators.iter().filter(|user| matches!(password(user), Ok(true)));
    if let Some(user) = able().find(|user| !people.has_unread_policies(user)) {
        return Ok(Judgement::pass(
            format!("{} can sign in and has AdministratorAccess through a group.", user.name),
            proof,
        ));
    }
    if let Some((role, used)) = identity_center::in_use(facts, people) {
        let why = format!(
            "IAM Identity Center lets people in as {}, which has AdministratorAccess; last used on {}. Who they are, it alone knows.",
            role.permission_set(),
            used.date()
        );
        return Ok(Judgement::pass(why, proof));
    }
    if let Some(user) = able().next() {
        return Ok(Judgement::unknown(unread(&[user.name.as_str()]), proof));
    }
    if let Some(failure) = administrators.iter().find_map(|user| password(user).err().flatten()) {
        return Ok(Judgement::unknown(format!("Could not be read: {failure}"), proof));
    }
    if let Some(role) = people.identity_center() {
        return Ok(Judgement::fail(identity_center::unused(role), proof, identity_center::FIX_UNUSED));
    }
    let why = match (administrators.first(), people.users.iter().find(|user| holds_directly(user))) {
        (Some(user), _) => format!("{} has AdministratorAccess, but no console password.", user.name),
        (None, Some(user)) => format!("{} holds AdministratorAccess directly, not through a group.", user.name),
        (None, None) => "No IAM user is in a group that carries AdministratorAccess.".into(),
    };
    Ok(Judgement::fail(why, proof, FIX))
}

/// Whoever can do everything is an administrator here, by whatever path; `administrator` asks for the group.
pub(super) fn judge_mfa(facts: &Facts) -> Result<Judgement, Judgement> {
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
        return Ok(Judgement::fail(format!("Without MFA: {}.{also}", some(&without)), proof, FIX_MFA));
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
        return Ok(Judgement::unknown(unread(&unclear), proof));
    }
    if let (true, Some((role, _))) = (with_password.is_empty(), identity_center::in_use(facts, people)) {
        let why = format!(
            "Administrators come through IAM Identity Center as {}. Whether it asks them for MFA, this account's API does not tell.",
            role.permission_set()
        );
        return Ok(Judgement::not_applicable(why, identity_center::evidence_of(facts, people)));
    }
    Ok(match with_password.len() {
        0 => Judgement::fail("There is no administrator who could sign in with MFA.", proof, FIX),
        1 => Judgement::pass(format!("{} signs in with MFA.{also}", with_password[0].name), proof),
        2 => Judgement::pass(format!("Both administrators sign in with MFA.{also}"), proof),
        count => Judgement::pass(format!("All {count} administrators sign in with MFA.{also}"), proof),
    })
}

/// There are as many as are asked for, so that one who is ill or gone does not mean signing in as root.
pub(super) fn judge_number(facts: &Facts) -> Result<Judgement, Judgement> {
    let people = known(&facts.people, &Question::People)?;
    let wanted = usize::try_from(facts.parameters.administrators).unwrap_or(usize::MAX);
    let proof = memberships(facts, people);
    let names = |has: fn(&Result<bool, Option<Failure>>) -> bool| {
        let found = people.administrators().filter(move |user| has(&allowed_in(people, user)));
        found.map(|user| user.name.as_str()).collect::<Vec<_>>()
    };
    let (able, open) = (names(|password| matches!(password, Ok(true))), names(Result::is_err));
    if able.len() >= wanted {
        return Ok(Judgement::pass(format!("{} administrators can sign in: {}.", able.len(), some(&able)), proof));
    }
    if able.len() + open.len() >= wanted {
        let failure = people.administrators().find_map(|user| password(user).err().flatten());
        let why = failure.map_or_else(String::new, |failure| format!(": {failure}"));
        return Ok(Judgement::unknown(format!("Whether {} can sign in could not be read{why}", some(&open)), proof));
    }
    if identity_center::in_use(facts, people).is_some() {
        return Ok(Judgement::manual(identity_center::uncounted(&able), proof));
    }
    let why = match able.as_slice() {
        [] => "No administrator who is not root can sign in.".to_owned(),
        [only] => format!("Only {only} can. Without {only}, root is the only way in."),
        several => format!("Only {}: {wanted} are asked for.", some(several)),
    };
    Ok(Judgement::fail(why, proof, FIX_NUMBER))
}

/// Whether `user` has a console password; or that it is not known, with the failure if there was one.
fn password(user: &User) -> Result<bool, Option<Failure>> {
    match user.sign_in.as_ref().map(|sign_in| &sign_in.password) {
        Some(Reading::Known { value, .. }) => Ok(value.is_some()),
        Some(Reading::Failed(failure)) => Err(Some(failure.clone())),
        Some(Reading::Unread | Reading::Closed(_)) | None => Err(None),
    }
}

/// The same; it is not known either where a policy could not be read, which may deny everything.
fn allowed_in(people: &People, user: &User) -> Result<bool, Option<Failure>> {
    match password(user) {
        Ok(true) if people.has_unread_policies(user) => Err(None),
        other => other,
    }
}

fn holds_directly(user: &User) -> bool {
    user.attached_policies.iter().any(|arn| is_administrator_access(arn))
}

/// Why it is not known what `users` can do.
fn unread(users: &[&str]) -> String {
    format!("A policy that applies to {} could not be read. Look at it in the IAM console.", some(users))
}

/// The roles by which others can do everything. AWS's own are left out: nobody here can change them.
fn through_roles(people: &People) -> String {
    let own = people.roles_with_full_access().filter(|(role, _)| !role.is_kept_by_aws());
    let names: Vec<&str> = own.map(|(role, _)| role.name.as_str()).collect();
    if names.is_empty() { String::new() } else { format!(" Roles with full access: {}.", some(&names)) }
}

/// Who can do everything, each with the path; and how many users there are.
fn full_access(facts: &Facts, powerful: &[(&User, String)]) -> Vec<Evidence> {
    let call = Question::People.action();
    let users = facts.people.known().map_or(0, |people| people.users.len());
    let count = evidence(&facts.people, call, "UserDetailList", users_in_words(users));
    let of = |(user, path): &(&User, String)| {
        let password = match password(user) {
            Ok(true) => "console password",
            Ok(false) => "no console password",
            Err(_) => "console password not read",
        };
        evidence(&facts.people, call, user.name.clone(), format!("full access: {path}; {password}"))
    };
    let roles = facts.people.known().into_iter().flat_map(People::roles_with_full_access);
    let role = |(role, path): (&RolePolicies, String)| {
        evidence(&facts.people, call, format!("role {}", role.name), format!("full access: {path}"))
    };
    count.into_iter().chain(powerful.iter().filter_map(of)).chain(roles.filter_map(role)).collect()
}

fn users_in_words(count: usize) -> String {
    if count == 1 { "1 user".into() } else { format!("{count} users") }
}

fn memberships(facts: &Facts, people: &People) -> Vec<Evidence> {
    let groups = people.groups.iter().filter(|group| group.carries_administrator_access()).filter_map(|group| {
        evidence(&facts.people, Question::People.action(), group.name.clone(), "carries AdministratorAccess")
    });
    let powerful: Vec<(&User, String)> = people.with_full_access().collect();
    let members = full_access(facts, &powerful);
    groups.chain(members).chain(identity_center::evidence_of(facts, people)).collect()
}
