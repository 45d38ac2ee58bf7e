//! Console passwords of users, checked against the policy, and kept for the reuse rule.

use super::super::iam_request::{Answer, IamRequest};
use super::super::principal::Principal;
use super::super::refusal::Refusal;
use super::super::rules;
use super::super::state::LoginProfile;
use super::super::xml::Xml;
use crate::account::{PasswordPolicy, Timestamp};
use crate::secret::Secret;

pub fn create(request: &mut IamRequest) -> Answer {
    let name = request.subject_user()?;
    let password = request.form.required("Password", &rules::PASSWORD)?;
    let reset_required = request.form.flag("PasswordResetRequired")?.unwrap_or(false);
    if request.state.user(&name)?.login.is_some() {
        return Err(Refusal::already_exists(format!("Login Profile for user {name} already exists.")));
    }
    check(request, password)?;
    let (created, passwords) = (request.now, vec![Secret::new(password)]);
    request.state.user_mut(&name)?.login = Some(LoginProfile { created, changed: created, reset_required, passwords });
    read(request)
}

pub fn read(request: &mut IamRequest) -> Answer {
    let name = request.subject_user()?;
    let login = request.state.user(&name)?.login.as_ref().ok_or_else(|| absent(&name))?;
    let xml = Xml::new()
        .text("UserName", &name)
        .moment("CreateDate", login.created)
        .flag("PasswordResetRequired", login.reset_required);
    Ok(Some(Xml::new().nested("LoginProfile", xml)))
}

pub fn update(request: &mut IamRequest) -> Answer {
    let name = request.user_name()?;
    let password = request.form.optional("Password", &rules::PASSWORD)?;
    let reset_required = request.form.flag("PasswordResetRequired")?;
    request.state.user(name)?.login.as_ref().ok_or_else(|| absent(name))?;
    password.map_or(Ok(()), |password| check(request, password))?;
    let now = request.now;
    if let Some(login) = &mut request.state.user_mut(name)?.login {
        login.reset_required = reset_required.unwrap_or(login.reset_required);
        if let Some(password) = password {
            login.renew(password, now);
        }
    }
    Ok(None)
}

/// For the user itself, who must know the current password. Source: IAM API, `ChangePassword`.
pub fn change(request: &mut IamRequest) -> Answer {
    let old = request.form.required("OldPassword", &rules::PASSWORD)?;
    let new = request.form.required("NewPassword", &rules::PASSWORD)?;
    let Principal::User(name) = request.signer.principal.clone() else {
        return Err(Refusal::new("InvalidUserType", 400, "Only IAM users can change their own password."));
    };
    let login = request.state.user(&name)?.login.as_ref().ok_or_else(|| absent(&name))?;
    if login.passwords.last().is_none_or(|known| known.expose() != old) {
        return Err(Refusal::access_denied("The old password was incorrect."));
    }
    check(request, new)?;
    let kept = request.state.password_policy.as_ref().and_then(|policy| policy.reuse_prevention).unwrap_or(0);
    let latest = login.passwords.iter().rev().take(usize::try_from(kept).unwrap_or(usize::MAX));
    if latest.into_iter().any(|known| known.expose() == new) {
        let said = "Password does not conform to the account password policy: it was used before.";
        return Err(Refusal::new("PasswordPolicyViolation", 400, said));
    }
    let now = request.now;
    if let Some(login) = &mut request.state.user_mut(&name)?.login {
        login.reset_required = false;
        login.renew(new, now);
    }
    Ok(None)
}

impl LoginProfile {
    fn renew(&mut self, password: &str, now: Timestamp) {
        self.passwords.push(Secret::new(password));
        // No policy remembers more.
        let past = self.passwords.len().saturating_sub(*PasswordPolicy::REUSE.end() as usize);
        self.passwords.drain(..past);
        self.changed = now;
    }
}

pub fn delete(request: &mut IamRequest) -> Answer {
    let name = request.subject_user()?;
    request.state.user_mut(&name)?.login.take().map(|_| None).ok_or_else(|| absent(&name))
}

fn check(request: &IamRequest, password: &str) -> Result<(), Refusal> {
    let refusals = PasswordPolicy::refusals_in_force(request.state.password_policy.as_ref(), password);
    if refusals.is_empty() {
        return Ok(());
    }
    let said = "Password does not conform to the account password policy.";
    Err(Refusal::new("PasswordPolicyViolation", 400, said))
}

fn absent(name: &str) -> Refusal {
    Refusal::no_such_entity(format!("Login Profile for User {name} cannot be found."))
}
