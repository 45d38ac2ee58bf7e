//! Manages the sign-in of the signed-in IAM user: MFA, password and access keys. Not a step of the checklist,
//! because it does not lock away root.

mod keys;
mod mfa;
mod own;
mod page;
mod password;
mod record;
pub mod session;

pub use own::Own;

use super::{
    Action, ActionId, Call, Changes, Consent, FieldId, Form, Opening, Plan, Problem, READ_AGAIN, Reach, Scope, Step,
    StepView, reach, signed_in,
};
use crate::account::facts::{AccessKey, MfaDevice, SignIn};
use crate::account::{Caller, CredentialKind, Facts, Principal, Question, Reading, Timestamp, Traced};

pub(super) struct OwnSignIn;

/// A row of the page's table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Item {
    Mfa,
    Password,
    /// There is no access key, or none that may be read.
    NoKey,
    /// The access key with that index.
    Key(usize),
}

impl Step for OwnSignIn {
    fn title(&self) -> &'static str {
        "Your own sign-in"
    }

    fn short_title(&self) -> &'static str {
        "Your own sign-in"
    }

    fn scope(&self) -> Scope {
        Scope::Oneself
    }

    fn asks_of_one(&self, _question: &Question) -> bool {
        false
    }

    fn reach(&self, caller: &Caller, facts: &Facts) -> Reach {
        match caller.principal {
            Principal::User(_) if reach::lacks_mfa(facts) => reach::NO_MFA,
            Principal::User(_) => Reach::Here("your own MFA, password and access keys"),
            _ => Reach::NotApplicable("only for an IAM user's own password and access keys"),
        }
    }

    fn changes(&self) -> Changes {
        Changes {
            anybody: &[
                "iam:ChangePassword",
                "iam:CreateAccessKey",
                "iam:CreateVirtualMFADevice",
                "iam:DeleteAccessKey",
                "iam:DeleteVirtualMFADevice",
                "iam:EnableMFADevice",
                "iam:UpdateAccessKey",
            ],
            root: &[],
        }
    }

    fn guide(&self) -> &'static str {
        include_str!("../../assets/guide/own-sign-in.md")
    }

    fn further_questions(&self) -> Vec<Question> {
        vec![Question::VirtualDevices, Question::PasswordPolicy]
    }

    fn own_questions(&self, facts: &Facts) -> Vec<Question> {
        let Some(name) = facts.own_name() else { return Vec::new() };
        vec![Question::SignIn(name.to_owned()), Question::UserKeys(name.to_owned())]
    }

    fn view(&self, facts: &Facts, item: usize, now: Timestamp) -> StepView {
        page::of(facts, item, now)
    }

    fn open(&self, action: ActionId, item: usize, facts: &Facts) -> Opening {
        match action {
            ActionId::ChangePassword => Opening::Form(password::form(facts)),
            ActionId::MfaSession => Opening::Code(session::form(facts)),
            ActionId::Examine => Opening::Evidence(Traced::Key(picked_key(facts, item))),
            ActionId::Watch => Opening::Watch(picked_key(facts, item)),
            ActionId::Message => Opening::Record(record::of(facts)),
            _ => Opening::Plan,
        }
    }

    fn next_item(&self, _facts: &Facts, _now: Timestamp) -> Option<usize> {
        None
    }

    fn problems(&self, form: &Form, facts: &Facts) -> Vec<Problem> {
        match form.field(FieldId::OldPassword) {
            Some(_) => password::problems(form, facts),
            None => session::problems(form),
        }
    }

    fn plan(
        &self,
        action: ActionId,
        item: usize,
        form: Option<&Form>,
        facts: &Facts,
        as_of: Timestamp,
    ) -> Result<Plan, String> {
        let caller = signed_in(facts)?;
        let user = facts.own_name().ok_or("Only an IAM user has a sign-in of its own here.")?;
        // Only offered actions are planned, so a key that came into use meanwhile is not deleted.
        let mut offered = page::of(facts, item, as_of).actions.into_iter();
        let offer = offered.find(|offer| offer.id == action);
        let offer = offer.ok_or_else(|| format!("The account changed: this is no longer possible. {READ_AGAIN}"))?;
        if let Some(blocked) = offer.blocked {
            return Err(blocked);
        }
        match (action, items(facts).get(item)) {
            (ActionId::ChangePassword, _) => password::plan(user, form.ok_or("The form is empty.")?, facts),
            (ActionId::EnrolMfa, _) => Ok(mfa::plan(user, caller, facts)),
            (ActionId::NewKey, _) => Ok(keys::plan_new(user, facts)),
            (_, Some(Item::Key(place))) => keys::plan(action, user, *place, facts, as_of),
            _ => Err(format!("What you picked no longer exists. {READ_AGAIN}")),
        }
    }
}

/// The rows of the table. If the keys can't be read, one row represents them.
fn items(facts: &Facts) -> Vec<Item> {
    let keys = match keys(facts).unwrap_or_default().len() {
        0 => vec![Item::NoKey],
        count => (0..count).map(Item::Key).collect(),
    };
    [vec![Item::Mfa, Item::Password], keys].concat()
}

/// The id of the key in row `item`; empty if no key is there.
fn picked_key(facts: &Facts, item: usize) -> String {
    let picked = match items(facts).get(item) {
        Some(Item::Key(place)) => keys(facts).and_then(|keys| keys.get(*place)),
        _ => None,
    };
    picked.map(|key| key.id.clone()).unwrap_or_default()
}

/// How whoever is signed in signs in, if that was asked.
fn sign_in(facts: &Facts) -> Option<&SignIn> {
    facts.sign_in(facts.own_name()?)
}

/// MFA devices of the signed-in user, if known.
fn devices(facts: &Facts) -> Option<&[MfaDevice]> {
    sign_in(facts)?.devices.known().map(Vec::as_slice)
}

fn keys_read(facts: &Facts) -> Option<&Reading<Vec<AccessKey>>> {
    facts.user_keys.get(facts.own_name()?)
}

/// Access keys of the signed-in user, if known.
fn keys(facts: &Facts) -> Option<&[AccessKey]> {
    keys_read(facts)?.known().map(Vec::as_slice)
}

/// Whether the session has no MFA, as with every access key.
fn lacks_session(caller: &Caller) -> bool {
    caller.credential.kind == CredentialKind::LongTerm
}
