//! Sets up administrators. Existing users and groups are completed, never created twice.

mod calls;
mod daily;
pub mod deny_unless_mfa;
pub(super) mod device;
mod fields;
mod first_sign_in;
mod names;
mod page;
pub(super) mod passwords;
mod person;
mod resync;
mod tags;

use super::{
    ActionId, Changes, Consent, FieldId, Form, Opening, Plan, Problem, READ_AGAIN, Reach, Scope, Step, StepView, reach,
    signed_in, smaller_group,
};
use crate::account::facts::{People, User};
use crate::account::{Caller, Facts, Question, Timestamp};
use calls::Outline;
pub use names::MAX_USERS_AT_ONCE;
pub(super) use names::{MAX_GROUP_LEN, problem as name_problem};
pub use passwords::{Strength, password_strength};

#[cfg(test)]
mod tests;

pub(super) struct Administrator;

/// The users in the table: administrators, and others who sign in with full access and so need MFA too. Others without
/// MFA come first, because nothing else leads to them. Administrators keep their order, so that an interrupted setup is
/// finished first.
fn listed(people: &People) -> Vec<&User> {
    let signs_in =
        |user: &&User| user.sign_in.as_ref().is_some_and(|sign_in| matches!(sign_in.password.known(), Some(Some(_))));
    let lacks_mfa = |user: &&User| {
        let devices = user.sign_in.as_ref().and_then(|sign_in| sign_in.devices.known());
        signs_in(user) && devices.is_some_and(Vec::is_empty)
    };
    let administrators: Vec<&User> = people.administrators().collect();
    let is_other = |user: &&User| !administrators.iter().any(|administrator| administrator.name == user.name);
    let others = people.with_full_access().map(|(user, _)| user).filter(|user| signs_in(user) && is_other(user));
    let (first, last): (Vec<&User>, Vec<&User>) = others.partition(|user| lacks_mfa(user));
    [first, administrators.clone(), last].concat()
}

impl Step for Administrator {
    fn title(&self) -> &'static str {
        "Administrator"
    }

    fn short_title(&self) -> &'static str {
        "Administrator"
    }

    fn scope(&self) -> Scope {
        Scope::Root
    }

    fn asks_of_one(&self, question: &Question) -> bool {
        question.user().is_some_and(|user| self.questions_of_user(user).contains(question))
    }

    fn reach(&self, caller: &Caller, facts: &Facts) -> Reach {
        reach::iam(caller, facts, facts.people.failure().map(|failure| failure.fault))
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
                "iam:ResyncMFADevice",
                "iam:TagUser",
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

    fn view(&self, facts: &Facts, item: usize, _now: Timestamp) -> StepView {
        page::of(facts, item)
    }

    fn open(&self, action: ActionId, item: usize, facts: &Facts) -> Opening {
        let picked = facts.people.known().and_then(|people| listed(people).into_iter().nth(item));
        match (action, picked) {
            (ActionId::EnrolMfa, _) => Opening::Plan,
            (ActionId::ResetPassword, Some(user)) => {
                let title = format!("A new password for {}", user.name);
                Opening::Form(Form::new(passwords::fields(), "Review").titled(title))
            }
            (ActionId::ResyncMfa, Some(user)) => Opening::Form(resync::form(user, facts)),
            (ActionId::ByHand, _) => Opening::ByHand("federated-sign-in"),
            (ActionId::AddDailyUser, _) => Opening::Form(fields::of_daily_user(facts)),
            _ => Opening::Form(fields::form(facts)),
        }
    }

    fn next_item(&self, _facts: &Facts, _now: Timestamp) -> Option<usize> {
        None
    }

    fn offers_beyond(&self, facts: &Facts) -> Option<ActionId> {
        daily::is_offered(facts).then_some(ActionId::AddDailyUser)
    }

    fn settle(&self, form: &mut Form, changed: FieldId, _facts: &Facts) {
        if fields::is_daily(form) {
            return smaller_group::settle(form, changed);
        }
        let count = names::of(form).len();
        if let Some(field) = form.fields.iter_mut().find(|field| field.id == changed && changed == FieldId::UserName) {
            field.hint = fields::who(count).into();
        }
    }

    fn problems(&self, form: &Form, facts: &Facts) -> Vec<Problem> {
        if form.field(FieldId::FirstCode).is_some() {
            return resync::problems(form);
        }
        if form.field(FieldId::UserName).is_none() {
            return passwords::problems(form, facts);
        }
        let people = facts.people.known();
        let mut problems =
            if fields::is_daily(form) { daily::problems(form, people) } else { names::problems(form, people) };
        problems.extend(tags::problem(form));
        problems.extend(passwords::problems(form, facts));
        problems
    }

    fn questions_of_user(&self, user: &str) -> Vec<Question> {
        vec![Question::SignIn(user.into())]
    }

    fn plan_questions(&self, _action: ActionId, _item: usize, form: Option<&Form>, facts: &Facts) -> Vec<Question> {
        let named = form.map(names::of).unwrap_or_default();
        let exists = |name: &&str| facts.people.known().is_some_and(|people| people.user(name).is_some());
        named.into_iter().filter(exists).flat_map(|name| self.questions_of_user(name)).collect()
    }

    fn plan(
        &self,
        action: ActionId,
        item: usize,
        form: Option<&Form>,
        facts: &Facts,
        _as_of: Timestamp,
    ) -> Result<Plan, String> {
        let people = facts.people.known().ok_or_else(|| format!("Users and groups could not be read. {READ_AGAIN}"))?;
        let caller = signed_in(facts)?;
        let picked = || listed(people).into_iter().nth(item).ok_or_else(|| format!("That user is gone. {READ_AGAIN}"));
        let filled = || form.ok_or("The form is empty.");
        let (title, outline) = match action {
            ActionId::EnrolMfa => {
                let user = picked()?;
                let calls = device::calls_for(&user.name, caller, facts, &mut Vec::new())?;
                (format!("Set up MFA for {}", user.name), Outline { calls, ..Outline::default() })
            }
            ActionId::ResetPassword => {
                let user = picked()?;
                (format!("A new password for {}", user.name), passwords::another(filled()?, user, facts)?)
            }
            ActionId::ResyncMfa => {
                let user = picked()?;
                (format!("Resynchronize an MFA device of {}", user.name), resync::outline(filled()?, user, facts)?)
            }
            _ => {
                let form = filled()?;
                (calls::title(form), calls::of_form(form, people, caller, facts)?)
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
