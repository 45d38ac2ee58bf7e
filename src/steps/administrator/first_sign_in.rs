//! Warns if a user may not call `iam:ChangePassword`: such a user can't complete a first sign-in that requires a
//! new password. Source: IAM User Guide, "Permit IAM users to change their own passwords" and "AWS: Allows
//! MFA-authenticated IAM users to manage their own credentials" ("does not allow users to reset a password while
//! signing in for the first time").

use super::super::{FieldId, Form};
use super::deny_unless_mfa;
use crate::account::Facts;
use crate::account::facts::{People, is_administrator_access};
use crate::account::safeguards::CentralRoot;

/// Whether the account's password policy lets every user change their own password. AWS's default does not.
pub(super) fn lets_users_change(facts: &Facts) -> bool {
    facts.password_policy.known().and_then(Option::as_ref).is_some_and(|policy| policy.allow_change)
}

/// Warns if `users` for daily work need a permission to change their new password.
pub(super) fn hint_of_daily_users(form: &Form, users: &[String], facts: &Facts) -> Option<String> {
    let is_stopped = form.is_on(FieldId::ResetRequired) && !users.is_empty() && !lets_users_change(facts);
    is_stopped.then(|| {
        "The account's password policy lets nobody change their own password. Unless the group allows iam:ChangePassword, the first sign-in ends there. Switch \"Change at first sign-in\" off, or see step 6 first.".into()
    })
}

/// Warns about an existing or planned policy that forbids the change to some of `users`, who get a password now.
pub(super) fn hints(form: &Form, users: &[String], people: &People) -> Vec<String> {
    if !form.is_on(FieldId::ResetRequired) || users.is_empty() {
        return Vec::new();
    }
    let is_bounded = |name: &&String| {
        let boundary = people.user(name).and_then(|user| user.boundary.as_deref());
        boundary.is_some_and(|arn| !is_administrator_access(arn))
    };
    let mut hints: Vec<String> = users
        .iter()
        .filter(is_bounded)
        .map(|name| {
            format!("If that boundary does not allow iam:ChangePassword, {name} can't change the password at the first sign-in and is locked out: then turn \"Change at first sign-in\" off.")
        })
        .collect();
    let group = people.group(form.text(FieldId::GroupName));
    let has_policy = group.is_some_and(|group| group.inline_policies.contains_key(deny_unless_mfa::NAME));
    if form.is_on(FieldId::DenyUnlessMfa) || has_policy {
        hints.push("Without MFA the policy denies iam:ChangePassword too. A user without MFA can't change the password at the first sign-in and is locked out.".into());
    }
    hints
}

/// Warns about the organization, whose policies the account's own API does not show.
pub(super) fn hint_of_organization(form: &Form, users: &[String], facts: &Facts) -> Option<String> {
    let is_member = facts.central_root.known() == Some(&CentralRoot::Member);
    (is_member && form.is_on(FieldId::ResetRequired) && !users.is_empty()).then(|| {
        "The account is a member of an organization. If a service control policy denies iam:ChangePassword, the first sign-in fails: then set a new password from the page, without the change.".into()
    })
}
