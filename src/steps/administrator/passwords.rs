//! Console passwords: generated or typed, checked against the policy, with their strength.

use super::super::{Call, Field, FieldId, Form, Problem, Value};
use super::calls::Outline;
use super::{MAX_USERS_AT_ONCE, READ_AGAIN, names};
use crate::account::facts::User;
use crate::account::{Change, Facts, PasswordPolicy};
use crate::secret::Secret;

pub(in crate::steps) const GENERATED: usize = 0;
pub(in crate::steps) const TYPED: usize = 1;
/// Number of generated passwords besides the first.
pub(super) const MAX_FURTHER_USERS: u8 = MAX_USERS_AT_ONCE as u8 - 1;

/// Fields for the password, and whether it must be changed.
pub(super) fn fields() -> Vec<Field> {
    let hint = "Generated: 24 or more characters, no look-alikes. Shown once, at the end.";
    let reset = Field::toggle(
        FieldId::ResetRequired,
        "Change at first sign-in",
        "Useful if you hand it over. Needs iam:ChangePassword, which AdministratorAccess allows.",
        true,
    );
    new_fields("Console password", hint).into_iter().chain([reset]).collect()
}

/// Fields for a new password.
pub(in crate::steps) fn new_fields(label: &'static str, hint: &'static str) -> Vec<Field> {
    vec![
        Field::choice(FieldId::PasswordSource, label, hint, &["generated", "typed"], GENERATED),
        Field::secret(FieldId::GeneratedPassword, "", ""),
        Field::secret(FieldId::Password, "Password", "The account's password policy applies.")
            .only_if(FieldId::PasswordSource, TYPED),
        Field::secret(FieldId::PasswordAgain, "Once more", "The same again, to catch typing errors.")
            .only_if(FieldId::PasswordSource, TYPED),
    ]
}

/// The field with the generated password of the user at that index of the form.
fn made_for(place: usize) -> FieldId {
    u8::try_from(place).ok().filter(|place| *place > 0).map_or(FieldId::GeneratedPassword, FieldId::FurtherPassword)
}

/// Problems of the passwords in the form.
pub(super) fn problems(form: &Form, facts: &Facts) -> Vec<Problem> {
    let several = form.chosen(FieldId::PasswordSource) == TYPED && names::of(form).len() > 1;
    let words = "a typed password is for one user only: choose generated ones";
    let several = several.then(|| Problem { field: FieldId::PasswordSource, words: words.into(), at_once: true });
    several.into_iter().chain(new_problems(form, facts)).collect()
}

/// Problems of a new password.
pub(in crate::steps) fn new_problems(form: &Form, facts: &Facts) -> Vec<Problem> {
    let problem = |field, words: String, at_once| Problem { field, words, at_once };
    let secret = |id| form.secret(id).map_or("", Secret::expose);
    let users = names::of(form).len();
    if form.chosen(FieldId::PasswordSource) == GENERATED {
        let missing = (0..users.clamp(1, MAX_USERS_AT_ONCE)).any(|place| secret(made_for(place)).is_empty());
        return missing
            .then(|| problem(FieldId::PasswordSource, "still being generated: wait a moment".into(), false))
            .into_iter()
            .collect();
    }
    let (first, second) = (secret(FieldId::Password), secret(FieldId::PasswordAgain));
    let policy = facts.password_policy.known().cloned().flatten();
    let lacks = PasswordPolicy::refusals_in_force(policy.as_ref(), first);
    let mut problems = Vec::new();
    if first.chars().any(|c| !matches!(c, ' '..='ÿ') || ('\u{7f}'..='\u{9f}').contains(&c)) {
        problems.push(problem(FieldId::Password, "AWS accepts only Latin letters, digits and symbols".into(), true));
    } else if first.chars().count() > 128 {
        problems.push(problem(FieldId::Password, "at most 128 characters".into(), true));
    } else if !lacks.is_empty() {
        problems.push(problem(FieldId::Password, format!("still needs {}", lacks.join(", ")), !first.is_empty()));
    }
    if first != second {
        problems.push(problem(
            FieldId::PasswordAgain,
            "not the same as above".into(),
            !second.is_empty() && !first.starts_with(second),
        ));
    }
    problems
}

/// The call that sets the first password of the user at index `place` of the form.
pub(super) fn call(form: &Form, place: usize, user: &str) -> Result<Call, String> {
    let (password, after) = chosen(form, place)?;
    let reset_required = form.is_on(FieldId::ResetRequired);
    let change = Change::CreateLoginProfile { user: user.to_owned(), password, reset_required };
    Ok(Call::new(change, "Console password", "none", after))
}

/// The call that replaces a password that nobody was shown.
pub(super) fn call_again(form: &Form, place: usize, user: &str) -> Result<Call, String> {
    let (password, after) = chosen(form, place)?;
    let reset_required = form.is_on(FieldId::ResetRequired);
    let change = Change::SetPassword { user: user.to_owned(), password, reset_required };
    Ok(Call::new(change, "Console password", "not shown to anybody", after))
}

fn chosen(form: &Form, place: usize) -> Result<(Secret, &'static str), String> {
    let is_made = form.chosen(FieldId::PasswordSource) == GENERATED;
    let source = if is_made { made_for(place) } else { FieldId::Password };
    let password = form.secret(source).filter(|secret| !secret.is_empty()).ok_or("The password is missing.")?.clone();
    let after = match (is_made, form.is_on(FieldId::ResetRequired)) {
        (true, true) => "generated, changed at first sign-in",
        (true, false) => "generated",
        (false, true) => "as typed, changed at first sign-in",
        (false, false) => "as typed",
    };
    Ok((password, after))
}

/// A plan that sets another password for `user`.
pub(super) fn another(form: &Form, user: &User, facts: &Facts) -> Result<Outline, String> {
    let name = &user.name;
    let unread = || format!("Whether {name} has a password could not be read. {READ_AGAIN}");
    let sign_in = facts.sign_in(name).ok_or_else(unread)?;
    if sign_in.password.known().ok_or_else(unread)?.is_none() {
        return Err(format!("{name} no longer has a password. Set {name} up instead."));
    }
    let (password, after) = chosen(form, 0)?;
    let reset_required = form.is_on(FieldId::ResetRequired);
    let change = Change::SetPassword { user: name.clone(), password, reset_required };
    Ok(Outline {
        calls: vec![Call::new(change, "Console password", "the current one", after)],
        notes: vec![format!("The current password of {name} stops working at once. MFA stays as it is.")],
        careful: true,
    })
}

/// Strength of a typed password, from 0 (guessed at once) to 4.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Strength(pub u8);

impl Strength {
    #[must_use]
    pub fn word(self) -> &'static str {
        ["guessed at once", "very weak", "weak", "good", "strong"][usize::from(self.0.min(4))]
    }
}

/// Strength of the typed password by zxcvbn, which knows common passwords and patterns. Names that anybody could guess
/// with don't count.
#[must_use]
pub fn password_strength(form: &Form) -> Option<Strength> {
    let Value::Secret(password) = &form.field(FieldId::Password)?.value else { return None };
    if password.is_empty() || form.chosen(FieldId::PasswordSource) != TYPED {
        return None;
    }
    let known = [form.text(FieldId::UserName), form.text(FieldId::GroupName), "aws", "amazon", "lockroot"];
    Some(Strength(zxcvbn::zxcvbn(password.expose(), &known).score().into()))
}
