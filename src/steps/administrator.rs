//! Step 4: an administrator to use instead of root. Whatever part of it exists already is adopted, never made twice.

mod calls;
pub mod deny_unless_mfa;

use super::{
    Action, ActionId, Changes, Consent, Field, FieldId, Form, Hardening, Opening, Page, Plan, Problem, Table, Value,
    verdict_rows,
};
use crate::account::facts::User;
use crate::account::{Facts, PasswordPolicy, Question, Reading, Timestamp};
use crate::secret::Secret;
use calls::Outline;

pub(super) struct Administrator;

const GENERATED: usize = 0;
const TYPED: usize = 1;
const USER_MAX: usize = 64;
const GROUP_MAX: usize = 128;
const AGAIN: &str = "Read again (r).";

impl Hardening for Administrator {
    fn title(&self) -> &'static str {
        "Administrator"
    }

    fn controls(&self) -> &'static [&'static str] {
        &["administrator", "administrator-mfa"]
    }

    fn changes(&self) -> Changes {
        Changes {
            anybody: &[
                "iam:AddUserToGroup",
                "iam:AttachGroupPolicy",
                "iam:CreateAccessKey",
                "iam:CreateGroup",
                "iam:CreateLoginProfile",
                "iam:CreateUser",
                "iam:CreateVirtualMFADevice",
                "iam:DeleteVirtualMFADevice",
                "iam:EnableMFADevice",
                "iam:PutGroupPolicy",
                "iam:UpdateLoginProfile",
            ],
            root: &[],
        }
    }

    fn guide(&self) -> &'static str {
        include_str!("../../assets/guide/administrator.md")
    }

    fn further_questions(&self) -> Vec<Question> {
        vec![Question::VirtualDevices, Question::PasswordPolicy, Question::Alias]
    }

    fn page(&self, facts: &Facts, item: usize, _now: Timestamp) -> Page {
        let table = table(facts);
        let mut actions = Vec::new();
        let mut notes = vec![match table.rows.len() {
            1 => "One administrator is there. Two are the recommended minimum, two persons: the second can let the first back in.".to_owned(),
            _ => "Two administrators are better than one: the second can let the first back in.".to_owned(),
        }];
        let picked = facts.people.known().and_then(|people| people.administrators().nth(item));
        let sign_in = |user: &User| facts.sign_in(&user.name).cloned().unwrap_or_default();
        let lacking = picked.filter(|user| sign_in(user).devices.known().is_some_and(Vec::is_empty));
        let action = |id, label| Action { id, label, blocked: None };
        if let Some(user) = lacking {
            actions.push(action(ActionId::EnrolMfa, format!("Set up MFA for {}", user.name)));
        }
        let reset = picked.filter(|user| matches!(sign_in(user).password.known(), Some(Some(_))));
        if let Some(user) = reset.filter(|_| lacking.is_some()) {
            notes.push(format!("{} has a password and no MFA. If the set-up was broken off before the password was shown, nobody has it: set a new one.", user.name));
        }
        notes.push("For a team or an organization IAM Identity Center is the better way: w tells more. lockroot sets up IAM users only.".into());
        actions.push(Action {
            id: ActionId::FillIn,
            label: match table.rows.len() {
                0 => "Set one up".into(),
                1 => "Set up a second".into(),
                _ => "Set up another".into(),
            },
            blocked: facts
                .people
                .failure()
                .map(|_| format!("Users and groups could not be read, so nothing can be adopted. {AGAIN}")),
        });
        if reset.is_some() {
            actions.push(action(ActionId::ResetPassword, "New password".into()));
        }
        Page {
            why: "From now on this user does the daily work of an administrator, and root stays locked away for the few tasks that only root can do.",
            rows: verdict_rows(self.controls(), facts),
            table,
            notes,
            actions,
        }
    }

    fn open(&self, action: ActionId, facts: &Facts) -> Opening {
        match action {
            ActionId::EnrolMfa => Opening::Plan,
            ActionId::ResetPassword => Opening::Form(Form::new(password_fields(), "Review")),
            _ => Opening::Form(form(facts)),
        }
    }

    fn problems(&self, form: &Form, facts: &Facts) -> Vec<Problem> {
        let mut problems = Vec::new();
        if form.field(FieldId::UserName).is_none() {
            return password_problems(form, facts);
        }
        let people = facts.people.known();
        let (user, group) = (form.text(FieldId::UserName), form.text(FieldId::GroupName));
        let twin = people.and_then(|people| people.user(user)).map(|user| user.name.as_str());
        problems.extend(name_problem(FieldId::UserName, user, USER_MAX, twin));
        let twin = people.and_then(|people| people.group(group)).map(|group| group.name.as_str());
        problems.extend(name_problem(FieldId::GroupName, group, GROUP_MAX, twin));
        problems.extend(password_problems(form, facts));
        problems
    }

    fn plan_questions(&self, form: Option<&Form>, facts: &Facts) -> Vec<Question> {
        let named = form.map(|form| form.text(FieldId::UserName));
        let exists = |name: &&str| facts.people.known().is_some_and(|people| people.user(name).is_some());
        named.filter(exists).map(|name| Question::SignIn(name.to_owned())).into_iter().collect()
    }

    fn plan(&self, action: ActionId, item: usize, form: Option<&Form>, facts: &Facts) -> Result<Plan, String> {
        let people = facts.people.known().ok_or_else(|| format!("Users and groups could not be read. {AGAIN}"))?;
        let caller = facts.caller.known().ok_or_else(|| format!("It is not known who is signed in. {AGAIN}"))?;
        let picked = || people.administrators().nth(item).ok_or_else(|| format!("That user is gone. {AGAIN}"));
        let filled = || form.ok_or("Nothing was filled in.");
        let (title, outline) = match action {
            ActionId::EnrolMfa => {
                let user = picked()?;
                let calls = calls::of_device(&user.name, caller, facts)?;
                (format!("Set up MFA for {}", user.name), Outline { calls, ..Outline::default() })
            }
            ActionId::ResetPassword => {
                let user = picked()?;
                (format!("A new password for {}", user.name), calls::of_password(filled()?, user, facts)?)
            }
            _ => {
                let form = filled()?;
                let title = format!("Set up the user {}", form.text(FieldId::UserName));
                (title, calls::of_form(form, people, caller, facts)?)
            }
        };
        let Outline { calls, notes, careful } = outline;
        if calls.is_empty() {
            return Err("All of that is there already: group, policy, user, password and MFA.".into());
        }
        let consent = if careful { Consent::Careful } else { Consent::Plain };
        Ok(Plan { title, calls, notes, consent, ..Plan::default() })
    }
}

fn table(facts: &Facts) -> Table {
    let Some(people) = facts.people.known() else { return Table::default() };
    let rows: Vec<Vec<String>> = people
        .administrators()
        .map(|user| {
            let sign_in = user.sign_in.clone().unwrap_or_default();
            let password = match &sign_in.password {
                Reading::Known { value: Some(_), .. } => "yes".into(),
                Reading::Known { value: None, .. } => "no".into(),
                Reading::Unread | Reading::Failed(_) | Reading::Closed(_) => "could not be read".into(),
            };
            let devices =
                sign_in.devices.known().map_or("could not be read".into(), |devices| match devices.as_slice() {
                    [] => "none".into(),
                    [only] => only.kind().to_owned(),
                    several => format!("{} devices", several.len()),
                });
            vec![user.name.clone(), password, devices]
        })
        .collect();
    if rows.is_empty() { Table::default() } else { Table { heads: vec!["USER", "PASSWORD", "MFA"], rows } }
}

fn form(facts: &Facts) -> Form {
    let (user, group) = defaults(facts);
    let names = vec![
        Field::text(
            FieldId::UserName,
            "User name",
            "1 to 64 letters, digits or + = , . @ - _. A user of that name is adopted.",
            user,
        )
        .at_most(USER_MAX),
        Field::text(
            FieldId::GroupName,
            "Group",
            "It carries AdministratorAccess; the user gets it through the group only.",
            group,
        )
        .at_most(GROUP_MAX),
    ];
    let options = vec![
        Field::toggle(
            FieldId::AccessKey,
            "Access key too",
            "Better not: `aws login` works with password and MFA, and a key is a secret that never expires.",
            false,
        ),
        Field::toggle(
            FieldId::DenyUnlessMfa,
            "Deny unless MFA",
            "Whoever is in the group can do nothing but set up MFA until MFA is present. Access keys then need GetSessionToken.",
            false,
        ),
    ];
    Form::new([names, password_fields(), options].concat(), "Review")
}

/// How a password is made and whether it has to be changed.
fn password_fields() -> Vec<Field> {
    vec![
        Field::choice(
            FieldId::PasswordSource,
            "Console password",
            "A generated one has 24 characters or more, without look-alikes. It is shown once, after all is set up.",
            &["generated", "typed"],
            GENERATED,
        ),
        Field::secret(FieldId::GeneratedPassword, "", ""),
        Field::secret(FieldId::Password, "Password", "The account's password policy applies.")
            .only_if(FieldId::PasswordSource, TYPED),
        Field::secret(FieldId::PasswordAgain, "Once more", "The same again, so that no slip locks you out.")
            .only_if(FieldId::PasswordSource, TYPED),
        Field::toggle(
            FieldId::ResetRequired,
            "Change at first sign-in",
            "Good when you hand the password over; needs iam:ChangePassword, which AdministratorAccess allows.",
            true,
        ),
    ]
}

/// A user and a group that are half-way there already, or the usual names.
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

fn name_problem(field: FieldId, name: &str, max: usize, twin: Option<&str>) -> Option<Problem> {
    let bad = name.chars().find(|c| !c.is_ascii_alphanumeric() && !"_+=,.@-".contains(*c));
    let (words, at_once) = match (name.chars().count(), bad, twin) {
        (0, _, _) => ("a name is needed".to_owned(), false),
        (length, _, _) if length > max => (format!("too long by {}: at most {max} characters", length - max), true),
        (_, Some(bad), _) => (format!("{bad:?} is not allowed: letters, digits and + = , . @ - _ are"), true),
        (_, None, Some(twin)) if twin != name => {
            (format!("{twin} exists, and IAM does not tell capitals apart: write it as {twin}"), true)
        }
        (_, None, _) => return None,
    };
    Some(Problem { field, words, at_once })
}

fn password_problems(form: &Form, facts: &Facts) -> Vec<Problem> {
    let problem = |field, words: String, at_once| Problem { field, words, at_once };
    let secret = |id| form.secret(id).map_or("", Secret::expose);
    if form.chosen(FieldId::PasswordSource) == GENERATED {
        let missing = secret(FieldId::GeneratedPassword).is_empty();
        return missing
            .then(|| problem(FieldId::PasswordSource, "still being generated; one moment".into(), false))
            .into_iter()
            .collect();
    }
    let (first, second) = (secret(FieldId::Password), secret(FieldId::PasswordAgain));
    let policy = facts.password_policy.known().cloned().flatten();
    let lacks = PasswordPolicy::refusals_in_force(policy.as_ref(), first);
    let mut problems = Vec::new();
    if first.chars().any(|c| !matches!(c, ' '..='ÿ') || ('\u{7f}'..='\u{9f}').contains(&c)) {
        problems.push(problem(FieldId::Password, "AWS takes Latin letters, digits and symbols only".into(), true));
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

/// How strong a typed password is, from 0 (guessed at once) to 4.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Strength(pub u8);

impl Strength {
    /// In a word.
    #[must_use]
    pub fn word(self) -> &'static str {
        ["guessed at once", "very weak", "weak", "good", "strong"][usize::from(self.0.min(4))]
    }
}

/// The strength of the password that is being typed in `form`, by zxcvbn, which knows common passwords and patterns.
#[must_use]
pub fn password_strength(form: &Form) -> Option<Strength> {
    if form.field(FieldId::Passphrase).is_some() {
        return super::sealing::passphrase_strength(form);
    }
    let Value::Secret(password) = &form.field(FieldId::Password)?.value else { return None };
    if password.is_empty() || form.chosen(FieldId::PasswordSource) != TYPED {
        return None;
    }
    Some(strength_of(password, &[form.text(FieldId::UserName), form.text(FieldId::GroupName)]))
}

/// How strong `password` is against somebody who also knows `known`.
#[must_use]
pub fn strength_of(password: &Secret, known: &[&str]) -> Strength {
    let known = [known, &["aws", "amazon", "lockroot"]].concat();
    Strength(zxcvbn::zxcvbn(password.expose(), &known).score().into())
}
