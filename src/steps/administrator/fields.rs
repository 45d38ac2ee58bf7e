//! The form: users, group, tags and options.

use super::super::{Field, FieldId, Form, Value, smaller_group};
use super::{first_sign_in, names, passwords};
use crate::account::Facts;

/// The form with the usual names, or with those of an unfinished setup.
pub(super) fn form(facts: &Facts) -> Form {
    let (user, group) = defaults(facts);
    let who = vec![
        Field::text(FieldId::UserName, "User names", who(names::split(&user).len()), user.clone())
            .at_most(names::MAX_NAMES_LEN),
        Field::text(
            FieldId::GroupName,
            "Group",
            "It has AdministratorAccess; users get it only through the group.",
            group,
        )
        .at_most(names::MAX_GROUP_LEN),
    ];
    let options = vec![
        Field::toggle(
            FieldId::AccessKey,
            "Access key too",
            "Better not: `aws login` needs no key, CIS advises against it, and keys never expire.",
            false,
        ),
        Field::toggle(
            FieldId::DenyUnlessMfa,
            "Deny unless MFA",
            "Without MFA, members can only set up MFA. Their access keys then need GetSessionToken.",
            false,
        ),
        tags(),
    ];
    Form::new([who, passwords::fields(), options, further()].concat(), "Review")
}

/// The form of a user for daily work. It suggests no name, because only the person knows who works here.
pub(super) fn of_daily_user(facts: &Facts) -> Form {
    let who =
        Field::text(FieldId::UserName, "User names", "Who works here every day. One a person, blanks between.", "")
            .at_most(names::MAX_NAMES_LEN);
    let gives = "Less than AdministratorAccess: what a mistake or a stolen password can do is less.".to_owned();
    let mut password = passwords::fields();
    if let Some(reset) = password.iter_mut().find(|field| field.id == FieldId::ResetRequired) {
        reset.value = Value::Toggle(first_sign_in::lets_users_change(facts));
        reset.hint = "Good when you hand it over. The password policy (step 6) has to let users change theirs.".into();
    }
    let fields = [vec![who], smaller_group::fields(gives, smaller_group::DAILY), password, vec![tags()], further()];
    Form::new(fields.concat(), "Review").titled("A user for daily work".into())
}

/// Whether `form` is the one of a user for daily work.
pub(super) fn is_daily(form: &Form) -> bool {
    form.field(FieldId::SmallerPolicy).is_some()
}

fn tags() -> Field {
    let hint = "Optional: team=platform, cost center=42. Existing tags of a user are kept.";
    Field::text(FieldId::Tags, "Tags", hint, "")
}

/// Fields for the generated passwords of all users but the first.
fn further() -> Vec<Field> {
    let made = |place| Field::secret(FieldId::FurtherPassword(place), "", "").only_if(FieldId::PasswordSource, NEVER);
    (1..=passwords::MAX_FURTHER_USERS).map(made).collect()
}

/// Hint below the names. A blank separates two users, so it says how many there are.
pub(super) fn who(count: usize) -> String {
    match count {
        0 | 1 => "One for each person, with blanks between. Have two: one can let the other back in.".to_owned(),
        count => format!("{count} users will be set up, one for each name."),
    }
}

/// An option that no choice has, so the field is never visible.
const NEVER: usize = usize::MAX;

/// The user and group of an unfinished setup, or the usual names.
fn defaults(facts: &Facts) -> (String, String) {
    let Some(people) = facts.people.known() else { return ("administrator".into(), "Administrators".into()) };
    let carrying = people.groups.iter().find(|group| group.carries_administrator_access());
    let group = carrying
        .or_else(|| people.group("Administrators"))
        .map_or("Administrators".to_owned(), |group| group.name.clone());
    let lacking = people
        .administrators()
        .find(|user| user.sign_in.as_ref().is_some_and(|s| matches!(s.password.known(), Some(None))));
    let user = lacking.or_else(|| people.user("administrator").filter(|_| people.administrators().next().is_none()));
    let taken = people.administrators().next().is_some();
    let usual = if taken && user.is_none() { "administrator-2" } else { "administrator" };
    (user.map_or(usual.to_owned(), |user| user.name.clone()), group)
}
