//! Existing users: their keys, passwords, MFA, service-specific credentials and policies. One table of findings,
//! worst first; each kind has its own actions.

mod alike;
mod findings;
mod guard;
mod keys;
mod least_privilege;
mod message;
mod moves;
mod passwords;
mod policies;
mod reviewed;
mod self_service;
mod services;

pub use message::mfa_message;

use super::{
    Action, ActionId, Changes, Consent, FieldId, Form, Opening, Plan, Problem, READ_AGAIN, Reach, Row, Scope, Step,
    StepId, StepView, reach, smaller_group, verdict_rows,
};
use crate::account::facts::User;
use crate::account::{Caller, Facts, Question, Timestamp, Traced};
use crate::checks::Verdict;
use crate::checks::users::unknown_to_report;
use findings::{Finding, What};
use guard::Guard;
use least_privilege::Sheds;

pub(super) struct Users;

/// Maximum number of rows in one plan. A longer review would not be read to its end.
const MAX_AT_ONCE: usize = 20;

impl Step for Users {
    fn title(&self) -> &'static str {
        "Users"
    }

    fn short_title(&self) -> &'static str {
        "Users"
    }

    fn scope(&self) -> Scope {
        Scope::Account
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
                "iam:CreateGroup",
                "iam:CreateVirtualMFADevice",
                "iam:DeleteAccessKey",
                "iam:DeleteLoginProfile",
                "iam:DeleteServiceSpecificCredential",
                "iam:DeleteUserPolicy",
                "iam:DeleteVirtualMFADevice",
                "iam:DetachUserPolicy",
                "iam:EnableMFADevice",
                "iam:PutGroupPolicy",
                "iam:RemoveUserFromGroup",
                "iam:TagUser",
                "iam:UpdateAccessKey",
                "iam:UpdateServiceSpecificCredential",
            ],
            root: &[],
        }
    }

    fn guide(&self) -> &'static str {
        include_str!("../../assets/guide/users.md")
    }

    fn further_questions(&self) -> Vec<Question> {
        // Messages to users contain the sign-in address, which may use the alias.
        vec![Question::Alias]
    }

    fn questions_of_user(&self, user: &str) -> Vec<Question> {
        vec![Question::SignIn(user.into()), Question::UserKeys(user.into())]
    }

    fn questions_again(&self, facts: &Facts) -> Vec<Question> {
        let keys = facts.user_keys.keys().cloned().map(Question::UserKeys);
        keys.chain(facts.sign_ins.keys().cloned().map(Question::SignIn)).collect()
    }

    fn live_questions(&self, facts: &Facts, is_shown: bool) -> Vec<Question> {
        let newer = unknown_to_report(facts).into_iter().take(MAX_AT_ONCE);
        let newer = newer.flat_map(|user| self.questions_of_user(&user));
        let shown = is_shown.then(|| findings::users_with_unread_keys(facts)).into_iter().flatten();
        let shown = shown.filter(|user| findings::is_to_be_read(facts, user)).map(Question::UserKeys);
        newer.filter(|question| facts.is_unread(question)).chain(shown).collect()
    }

    /// Users set up their own MFA.
    fn awaited(&self, facts: &Facts) -> Vec<Question> {
        let found = findings::all(facts, &Guard::of(facts), findings::read_at(facts));
        let mut users = without_mfa(&found);
        users.sort_by_key(|user| facts.sign_in(user).and_then(|sign_in| sign_in.devices.at()));
        users.into_iter().map(|user| Question::SignIn(user.to_owned())).collect()
    }

    fn view(&self, facts: &Facts, item: usize, now: Timestamp) -> StepView {
        let guard = Guard::of(facts);
        let found = findings::all(facts, &guard, now);
        let picked = found.get(item);
        StepView {
            why: "An unused key or password opens the account unnoticed. Policies on single users get forgotten; groups show who may do what.",
            rows: rows(facts, &found),
            table: findings::table(&found),
            notes: picked.map_or_else(Vec::new, |finding| notes(finding, facts, now)),
            actions: picked.map_or_else(Vec::new, |finding| actions(finding, &found, &guard, now)),
        }
    }

    fn open(&self, action: ActionId, item: usize, facts: &Facts) -> Opening {
        let now = findings::read_at(facts);
        let found = findings::all(facts, &Guard::of(facts), now);
        match (action, found.get(item).map(|finding| &finding.what)) {
            (ActionId::Examine, Some(What::Key(key))) => Opening::Evidence(Traced::Key(key.id.clone())),
            (ActionId::Watch, Some(What::Key(key))) => Opening::Watch(key.id.clone()),
            (ActionId::Message, Some(_)) => Opening::Message(message::of(&found[item].user, facts)),
            (ActionId::AllowSelfService, Some(_)) => {
                let without_mfa = without_mfa(&found);
                let picked = [found[item].user.as_str()];
                Opening::Form(self_service::form(if without_mfa.is_empty() { &picked } else { &without_mfa }))
            }
            (ActionId::ReducePermissions, Some(What::Policies(user))) => {
                Opening::Form(least_privilege::form(user, Sheds::OwnPolicies, facts, now))
            }
            (ActionId::ReducePermissions, Some(What::Groups(user))) => {
                Opening::Form(least_privilege::form(user, Sheds::Groups, facts, now))
            }
            _ => Opening::Plan,
        }
    }

    fn next_item(&self, facts: &Facts, now: Timestamp) -> Option<usize> {
        let found = findings::all(facts, &Guard::of(facts), now);
        // Nobody has to act on keys that wait, or on what somebody reviewed.
        found.first().filter(|finding| finding.is_next()).map(|_| 0)
    }

    fn problems(&self, form: &Form, facts: &Facts) -> Vec<Problem> {
        match form.field(FieldId::SmallerPolicy) {
            Some(_) => facts.people.known().map_or_else(Vec::new, |people| {
                let of_groups = [smaller_group::problem(form, people), least_privilege::problem(form, people)];
                of_groups.into_iter().flatten().collect()
            }),
            None => self_service::problems(form, facts),
        }
    }

    fn settle(&self, form: &mut Form, changed: FieldId, _facts: &Facts) {
        smaller_group::settle(form, changed);
    }

    fn plan_questions(&self, action: ActionId, item: usize, form: Option<&Form>, facts: &Facts) -> Vec<Question> {
        let now = findings::read_at(facts);
        let found = findings::all(facts, &Guard::of(facts), now);
        let Some(picked) = found.get(item) else { return Vec::new() };
        if let (ActionId::ReducePermissions, What::Policies(user) | What::Groups(user)) = (action, &picked.what) {
            // The services are read once, for the person who chooses: the plan tells them, and does not depend on them.
            let services = form.is_none().then(|| Question::ServicesUsed(user.arn.clone()));
            return [Question::UserKeys(user.name.clone())].into_iter().chain(services).collect();
        }
        if matches!(action, ActionId::AllowSelfService | ActionId::MarkReviewed) {
            return Vec::new();
        }
        let users = concerned(action, picked, &found, now).into_iter().filter(|finding| finding.is_credential());
        users.flat_map(|finding| self.questions_of_user(&finding.user)).collect()
    }

    fn plan(
        &self,
        action: ActionId,
        item: usize,
        form: Option<&Form>,
        facts: &Facts,
        as_of: Timestamp,
    ) -> Result<Plan, String> {
        let guard = Guard::of(facts);
        let found = findings::all(facts, &guard, as_of);
        if action == ActionId::AllowSelfService {
            return self_service::plan(form.ok_or("The form is empty.")?, facts);
        }
        let picked = found.get(item).ok_or_else(|| format!("That no longer exists. {READ_AGAIN}"))?;
        if action == ActionId::MarkReviewed {
            return reviewed::plan(picked, facts, as_of);
        }
        let concerned = concerned(action, picked, &found, as_of);
        if concerned.is_empty() {
            return Err(format!("{} is in use again. Pick another row.", picked.user));
        }
        match &picked.what {
            What::Key(_) | What::Reported(_) => keys::plan(action, &concerned, facts, &guard, as_of),
            What::Password(_) => passwords::plan(action, picked, &concerned, facts, &guard),
            What::Service(_) => services::plan(action, &concerned),
            What::Policies(user) | What::Groups(user) if action == ActionId::ReducePermissions => {
                least_privilege::plan(user, form.ok_or("The form is empty.")?, facts, &guard, as_of)
            }
            What::Policies(user) => policies::plan(action, user, facts),
            What::Groups(_) => Err(format!("That is not possible here. {READ_AGAIN}")),
        }
    }
}

/// The findings that `action` on `picked` covers: that one, or all like it.
fn concerned<'f, 'a>(
    action: ActionId,
    picked: &'f Finding<'a>,
    found: &'f [Finding<'a>],
    now: Timestamp,
) -> Vec<&'f Finding<'a>> {
    match action {
        ActionId::DeactivateAll | ActionId::DeleteAll if !alike::has_kind(picked, now) => Vec::new(),
        ActionId::DeactivateAll | ActionId::DeleteAll => alike::alike(picked, found, now),
        _ => vec![picked],
    }
}

/// Users who sign in to the console without MFA, up to the limit of a plan.
fn without_mfa<'f>(found: &'f [Finding<'_>]) -> Vec<&'f str> {
    let lacks = |finding: &&Finding<'_>| matches!(finding.what, What::Password(password) if password.lacks_mfa);
    found.iter().filter(lacks).map(|finding| finding.user.as_str()).take(MAX_AT_ONCE).collect()
}

/// What can be done about `finding`, what fits best first.
fn actions(finding: &Finding<'_>, found: &[Finding<'_>], guard: &Guard<'_>, now: Timestamp) -> Vec<Action> {
    let alike = alike::alike(finding, found, now);
    let of_kind = match &finding.what {
        What::Key(key) => keys::actions(finding, key, &alike, guard, now),
        What::Reported(_) => Vec::new(),
        What::Password(_) => passwords::actions(finding, &alike, guard),
        What::Service(credential) => services::actions(credential),
        What::Policies(user) => policies::actions(user, guard),
        What::Groups(user) => policies::less(user, guard).into(),
    };
    of_kind.into_iter().chain(reviewed::offer(finding)).collect()
}

fn notes(finding: &Finding<'_>, facts: &Facts, now: Timestamp) -> Vec<String> {
    match &finding.what {
        What::Key(key) => keys::notes(finding, key, facts, now),
        What::Reported(_) => keys::unread_notes(finding, facts),
        What::Password(_) => passwords::notes(finding),
        What::Service(_) => vec![services::NOTE.into()],
        What::Policies(user) => policies::notes(user, facts, now),
        What::Groups(user) => least_privilege::used(user, facts, now).into_iter().collect(),
    }
}

/// One row for all failed controls together, because the table has the details, and one for each control without a
/// verdict.
fn rows(facts: &Facts, found: &[Finding<'_>]) -> Vec<Row> {
    let all = verdict_rows(StepId::Users, facts);
    let fails = all.iter().filter(|row| row.verdict() == Some(Verdict::Fail)).count();
    if fails == 0 {
        return all;
    }
    let open = found.iter().filter(|finding| finding.is_open());
    let users: std::collections::BTreeSet<&str> = open.clone().map(|finding| finding.user.as_str()).collect();
    let count = |count: usize, one: &str, many: &str| format!("{count} {}", if count == 1 { one } else { many });
    let value = format!(
        "{} of {}: {fails} of {} controls fail",
        count(open.count(), "finding", "findings"),
        count(users.len(), "user", "users"),
        all.len()
    );
    let unknown = all.into_iter().filter(|row| matches!(row.verdict(), None | Some(Verdict::Unknown)));
    std::iter::once(Row::value("Open", value)).chain(unknown).collect()
}

/// Users with policies of their own. Root is not an IAM user.
fn direct(facts: &Facts) -> impl Iterator<Item = &User> {
    let users = facts.people.known().map(|people| people.users.as_slice()).unwrap_or_default();
    users.iter().filter(|user| !user.attached_policies.is_empty() || !user.inline_policies.is_empty())
}

fn action(id: ActionId, label: impl Into<String>, blocked: Option<String>) -> Action {
    Action { id, label: label.into(), blocked }
}

/// The confirmation to type before several items are deleted.
fn account_typed(facts: &Facts) -> Consent {
    let account = facts.caller.known().map(|caller| caller.account.clone()).unwrap_or_default();
    Consent::Typed { what: format!("the account's number: {account}"), expected: account }
}
