//! Optional policy of the group: without MFA, deny everything except setting up MFA. Source of the actions: IAM
//! User Guide, "AWS: Allows MFA-authenticated IAM users to manage their own MFA device".

use super::super::{Call, FieldId, Form};
use crate::account::change::is_same_policy;
use crate::account::facts::People;
use crate::account::{Caller, Change, CredentialKind, Principal};

/// Name of the inline policy in the group.
pub const NAME: &str = "DenyUnlessMFA";

/// The policy. `IfExists` denies access keys too: their requests lack `aws:MultiFactorAuthPresent`.
pub const DOCUMENT: &str = r#"{"Version":"2012-10-17","Statement":[{"Sid":"DenyUnlessMFA","Effect":"Deny","NotAction":["iam:CreateVirtualMFADevice","iam:EnableMFADevice","iam:GetMFADevice","iam:GetUser","iam:ListMFADevices","iam:ListVirtualMFADevices","iam:ResyncMFADevice","sts:GetSessionToken"],"Resource":"*","Condition":{"BoolIfExists":{"aws:MultiFactorAuthPresent":"false"}}}]}"#;

/// The call that puts the policy into the form's group, if the form asks for it and it is not there yet.
///
/// # Errors
/// A sentence: the signed-in principal would lock itself out.
pub(super) fn call(
    form: &Form,
    people: &People,
    caller: &Caller,
    notes: &mut Vec<String>,
) -> Result<Option<Call>, String> {
    let group = form.text(FieldId::GroupName);
    let there = people.group(group).and_then(|group| group.inline_policies.get(NAME));
    if !form.is_on(FieldId::DenyUnlessMfa) || there.is_some_and(|text| is_same_policy(text, DOCUMENT)) {
        return Ok(None);
    }
    let members = || people.users.iter().filter(|user| user.groups.iter().any(|name| name.eq_ignore_ascii_case(group)));
    if let Principal::User(name) = &caller.principal
        && caller.credential.kind == CredentialKind::LongTerm
        && members().any(|user| user.name.eq_ignore_ascii_case(name))
    {
        return Err(format!(
            "You are {name}, a member of {group}, signed in with an access key, which never has MFA: the policy would lock out this session. Sign in another way first, or leave the policy out."
        ));
    }
    notes.push(format!("Without MFA, members of {group} and their access keys can only set up MFA."));
    let without = |user: &&crate::account::facts::User| {
        user.sign_in.as_ref().is_some_and(|s| s.devices.known().is_some_and(Vec::is_empty))
    };
    let lacking: Vec<&str> = members().filter(without).map(|user| user.name.as_str()).collect();
    if !lacking.is_empty() {
        notes.push(format!("It takes effect at once for {}.", lacking.join(", ")));
    }
    let before = if there.is_some() { "a different text" } else { "not there" };
    let change = Change::PutGroupPolicy { group: group.to_owned(), name: NAME.into(), document: DOCUMENT.into() };
    Ok(Some(Call::new(change, "Policy in the group", before, "without MFA, allows only setting up MFA")))
}
