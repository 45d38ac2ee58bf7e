//! One's own sign-in: MFA, password and access keys of the IAM user who is signed in, administrator or not. It is no step of
//! the checklist: it locks nothing of root's away, and everybody has one of their own.

mod mfa;
mod page;

use super::{Action, ActionId, Call, Changes, Consent, Form, Hardening, Opening, Page, Plan};
use crate::account::facts::MfaDevice;
use crate::account::{Caller, Facts, Question, Timestamp};

pub(super) struct OwnSignIn;

const AGAIN: &str = "Read again (r).";

impl Hardening for OwnSignIn {
    fn title(&self) -> &'static str {
        "Your own sign-in"
    }

    fn changes(&self) -> Changes {
        Changes {
            anybody: &["iam:CreateVirtualMFADevice", "iam:DeleteVirtualMFADevice", "iam:EnableMFADevice"],
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
        let own = facts.own_name().map(str::to_owned);
        own.into_iter().map(Question::SignIn).collect()
    }

    fn page(&self, facts: &Facts, item: usize, now: Timestamp) -> Page {
        page::of(facts, item, now)
    }

    fn open(&self, _action: ActionId, _item: usize, _facts: &Facts) -> Opening {
        Opening::Plan
    }

    fn plan(
        &self,
        action: ActionId,
        item: usize,
        _form: Option<&Form>,
        facts: &Facts,
        as_of: Timestamp,
    ) -> Result<Plan, String> {
        let caller = facts.caller.known().ok_or_else(|| format!("It is not known who is signed in. {AGAIN}"))?;
        let user = facts.own_name().ok_or("Only an IAM user has a sign-in of its own here.")?;
        let offered = page::of(facts, item, as_of).actions;
        let chosen = offered.into_iter().find(|offer| offer.id == action);
        if let Some(blocked) = chosen.and_then(|offer| offer.blocked) {
            return Err(blocked);
        }
        Ok(mfa::plan(user, caller, facts))
    }
}

/// The MFA devices of whoever is signed in, as far as they are known.
fn devices(facts: &Facts) -> Option<&[MfaDevice]> {
    let sign_in = facts.sign_in(facts.own_name()?)?;
    sign_in.devices.known().map(Vec::as_slice)
}

/// Whether the calls carry no MFA: an access key never does.
fn lacks_session(caller: &Caller) -> bool {
    caller.credential.kind == crate::account::CredentialKind::LongTerm
}
