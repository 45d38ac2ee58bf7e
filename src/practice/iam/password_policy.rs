//! The account password policy. An update replaces all of it; missing fields get the API's defaults.

use super::super::iam_request::{Answer, IamRequest};
use super::super::refusal::Refusal;
use super::super::xml::Xml;
use crate::account::PasswordPolicy;

pub fn read(request: &mut IamRequest) -> Answer {
    let policy = request.state.password_policy.as_ref().ok_or_else(|| absent(request))?;
    let xml = Xml::new()
        .number("MinimumPasswordLength", policy.minimum_length)
        .flag("RequireSymbols", policy.require_symbols)
        .flag("RequireNumbers", policy.require_numbers)
        .flag("RequireUppercaseCharacters", policy.require_uppercase)
        .flag("RequireLowercaseCharacters", policy.require_lowercase)
        .flag("AllowUsersToChangePassword", policy.allow_change)
        .flag("ExpirePasswords", policy.max_age.is_some());
    let number = |xml: Xml, name: &str, value: Option<u32>| match value {
        Some(value) => xml.number(name, value),
        None => xml,
    };
    let xml = number(xml, "MaxPasswordAge", policy.max_age);
    let xml = number(xml, "PasswordReusePrevention", policy.reuse_prevention);
    Ok(Some(Xml::new().nested("PasswordPolicy", xml.flag("HardExpiry", policy.hard_expiry))))
}

pub fn update(request: &mut IamRequest) -> Answer {
    let flag = |name: &str| request.form.flag(name).map(Option::unwrap_or_default);
    let policy = PasswordPolicy {
        minimum_length: request.form.number("MinimumPasswordLength", PasswordPolicy::LENGTH)?.unwrap_or(6),
        require_symbols: flag("RequireSymbols")?,
        require_numbers: flag("RequireNumbers")?,
        require_uppercase: flag("RequireUppercaseCharacters")?,
        require_lowercase: flag("RequireLowercaseCharacters")?,
        allow_change: flag("AllowUsersToChangePassword")?,
        max_age: request.form.number("MaxPasswordAge", PasswordPolicy::AGE)?,
        reuse_prevention: request.form.number("PasswordReusePrevention", PasswordPolicy::REUSE)?,
        hard_expiry: flag("HardExpiry")?,
    };
    request.state.password_policy = Some(policy);
    Ok(None)
}

pub fn delete(request: &mut IamRequest) -> Answer {
    request.state.password_policy.take().map(|_| None).ok_or_else(|| absent(request))
}

fn absent(request: &IamRequest) -> Refusal {
    let account = &request.state.account;
    Refusal::no_such_entity(format!("The Password Policy with domain name {account} cannot be found."))
}
