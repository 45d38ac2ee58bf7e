//! Changes the user's own console password. Source: IAM API, `ChangePassword`.

use super::super::administrator::passwords::{GENERATED, TYPED, new_fields, new_problems};
use super::super::{Action, ActionId, Call, Consent, Field, FieldId, Form, Plan, Problem};
use super::sign_in;
use crate::account::{Change, Facts, Reading};
use crate::secret::Secret;

/// The action that changes the password. If lockroot can't read whether one exists, AWS decides.
pub(super) fn offer(facts: &Facts) -> Action {
    let has_none = sign_in(facts).is_some_and(|sign_in| matches!(sign_in.password.known(), Some(None)));
    let blocked = has_none.then(|| "You have no console password. An administrator can give you one.".to_owned());
    Action { id: ActionId::ChangePassword, label: "Change your password".into(), blocked }
}

pub(super) fn form(facts: &Facts) -> Form {
    let hint = match &facts.password_policy {
        Reading::Failed(_) => "AWS does not let you read the account's password policy. It checks what you type.",
        _ => "Generated: 24 or more characters, no look-alikes. Shown once, at the end.",
    };
    let old = Field::secret(FieldId::OldPassword, "Current password", "AWS asks for it before it accepts a new one.");
    Form::new(std::iter::once(old).chain(new_fields("New password", hint)).collect(), "Review")
        .titled("Change your password".into())
}

/// Problems of the form.
pub(super) fn problems(form: &Form, facts: &Facts) -> Vec<Problem> {
    let secret = |id| form.secret(id).map_or("", Secret::expose);
    let old = secret(FieldId::OldPassword);
    let missing = old.is_empty().then(|| Problem {
        field: FieldId::OldPassword,
        words: "AWS asks for it".into(),
        at_once: false,
    });
    let typed = secret(FieldId::Password);
    let same = form.chosen(FieldId::PasswordSource) == TYPED && !typed.is_empty() && typed == old;
    let same =
        same.then(|| Problem { field: FieldId::Password, words: "the same as the current one".into(), at_once: true });
    missing.into_iter().chain(same).chain(new_problems(form, facts)).collect()
}

pub(super) fn plan(user: &str, form: &Form, facts: &Facts) -> Result<Plan, String> {
    let is_made = form.chosen(FieldId::PasswordSource) == GENERATED;
    let source = if is_made { FieldId::GeneratedPassword } else { FieldId::Password };
    let held = |id| form.secret(id).filter(|secret| !secret.is_empty()).cloned();
    let old = held(FieldId::OldPassword).ok_or("The current password is missing.")?;
    let new = held(source).ok_or("The new password is missing.")?;
    let after = if is_made { "generated" } else { "as typed" };
    let profile = facts.sign_in(user).and_then(|sign_in| sign_in.password.known()?.as_ref());
    let was_asked = profile.is_some_and(|profile| profile.reset_required);
    let change = Change::ChangePassword { user: user.to_owned(), old, new, was_asked };
    Ok(Plan {
        title: "Change your password".into(),
        calls: vec![Call::new(change, "Your console password", "the current one", after)],
        notes: vec!["The current password stops working at once. Sessions of `aws login` end with it. MFA and access keys stay as they are.".into()],
        consent: Consent::Plain,
        ..Plan::default()
    })
}
