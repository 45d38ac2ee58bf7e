//! One IAM call: account, caller, parameters and time, with common look-ups.

use super::authentication::Signer;
use super::form::Form;
use super::refusal::Refusal;
use super::rules;
use super::state::State;
use super::xml::Xml;
use crate::account::{Subject, Timestamp};

/// A query-protocol call's result (`None` for calls without output), or its refusal.
pub type Answer = Result<Option<Xml>, Refusal>;

/// A call's name and its function.
pub type Call = (&'static str, fn(&mut IamRequest) -> Answer);

/// A running call.
pub struct IamRequest<'a> {
    pub state: &'a mut State,
    pub signer: &'a Signer,
    pub form: &'a Form,
    /// The Region in the signature.
    pub region: &'a str,
    pub now: Timestamp,
}

impl<'a> IamRequest<'a> {
    /// When a new thing becomes visible to reads.
    pub fn visible_from(&self) -> Timestamp {
        self.now + self.state.visible_after
    }

    /// The required user name. The user need not exist.
    pub fn user_name(&self) -> Result<&'a str, Refusal> {
        self.form.required("UserName", &rules::USER_NAME)
    }

    /// The required group name. The group need not exist.
    pub fn group_name(&self) -> Result<&'a str, Refusal> {
        self.form.required("GroupName", &rules::GROUP_NAME)
    }

    /// The named, existing user; without a name, the signer. Source: IAM API, "If you do not specify a user name, IAM
    /// determines the user name implicitly based on the access key ID signing the request. […] you can use this
    /// operation to manage root credentials even if the account has no associated users."
    pub fn subject(&self) -> Result<Subject, Refusal> {
        match self.form.optional("UserName", &rules::USER_NAME)? {
            Some(name) => Ok(Subject::User(self.state.user(name)?.name.clone())),
            None => self.signer.principal.subject().ok_or_else(not_a_user),
        }
    }

    /// The same for calls that accept IAM users only.
    pub fn subject_user(&self) -> Result<String, Refusal> {
        match self.subject()? {
            Subject::User(name) => Ok(name),
            Subject::Root => Err(not_a_user()),
        }
    }
}

/// AWS's refusal if a call needs a user name and the signer has none.
pub fn not_a_user() -> Refusal {
    Refusal::validation("Must specify userName when calling with non-User credentials")
}
