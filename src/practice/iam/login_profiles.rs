//! Console passwords of users. They are checked against the policy in force and then forgotten.

use super::super::refusal::Refusal;
use super::super::rules;
use super::super::state::LoginProfile;
use super::super::visit::{Answer, Visit};
use super::super::xml::Xml;
use crate::account::PasswordPolicy;

pub fn create(visit: &mut Visit) -> Answer {
    let name = visit.subject_user()?;
    let password = visit.form.required("Password", &rules::PASSWORD)?;
    let reset_required = visit.form.flag("PasswordResetRequired")?.unwrap_or(false);
    if visit.state.user(&name)?.login.is_some() {
        return Err(Refusal::already_exists(format!("Login Profile for user {name} already exists.")));
    }
    check(visit, password)?;
    let created = visit.now;
    visit.state.user_mut(&name)?.login = Some(LoginProfile { created, reset_required });
    read(visit)
}

pub fn read(visit: &mut Visit) -> Answer {
    let name = visit.subject_user()?;
    let login = visit.state.user(&name)?.login.as_ref().ok_or_else(|| absent(&name))?;
    let xml = Xml::new()
        .text("UserName", &name)
        .moment("CreateDate", login.created)
        .flag("PasswordResetRequired", login.reset_required);
    Ok(Some(Xml::new().nested("LoginProfile", xml)))
}

pub fn update(visit: &mut Visit) -> Answer {
    let name = visit.user_name()?;
    let password = visit.form.optional("Password", &rules::PASSWORD)?;
    let reset_required = visit.form.flag("PasswordResetRequired")?;
    visit.state.user(name)?.login.as_ref().ok_or_else(|| absent(name))?;
    password.map_or(Ok(()), |password| check(visit, password))?;
    if let Some(login) = &mut visit.state.user_mut(name)?.login {
        login.reset_required = reset_required.unwrap_or(login.reset_required);
    }
    Ok(None)
}

pub fn delete(visit: &mut Visit) -> Answer {
    let name = visit.subject_user()?;
    visit.state.user_mut(&name)?.login.take().map(|_| None).ok_or_else(|| absent(&name))
}

fn check(visit: &Visit, password: &str) -> Result<(), Refusal> {
    let refusals = PasswordPolicy::refusals_in_force(visit.state.password_policy.as_ref(), password);
    if refusals.is_empty() {
        return Ok(());
    }
    let said = "Password does not conform to the account password policy.";
    Err(Refusal::new("PasswordPolicyViolation", 400, said))
}

fn absent(name: &str) -> Refusal {
    Refusal::no_such_entity(format!("Login Profile for User {name} cannot be found."))
}
