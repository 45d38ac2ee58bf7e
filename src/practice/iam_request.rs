//! One IAM call: the account, the caller, parameters and time, with common look-ups.

use super::authentication::Signer;
use super::form::Form;
use super::refusal::Refusal;
use super::rules;
use super::state::State;
use super::xml::Xml;
use crate::account::{Subject, Timestamp};

/// What a query-protocol call answers with: a result, none for calls that have no output, or a refusal.
pub type Answer = Result<Option<Xml>, Refusal>;

/// A call's name and what makes it.
pub type Call = (&'static str, fn(&mut IamRequest) -> Answer);

/// A call at work.
pub struct IamRequest<'a> {
    pub state: &'a mut State,
    pub signer: &'a Signer,
    pub form: &'a Form,
    /// Where the request was signed for.
    pub region: &'a str,
    pub now: Timestamp,
}

impl<'a> IamRequest<'a> {
    /// When reads begin to see what is made now.
    pub fn visible_from(&self) -> Timestamp {
        self.now + self.state.visible_after
    }

    /// The name of the user that the call must name. It need not exist.
    pub fn user_name(&self) -> Result<&'a str, Refusal> {
        self.form.required("UserName", &rules::USER_NAME)
    }

    /// The name of the group that the call must name. It need not exist.
    pub fn group_name(&self) -> Result<&'a str, Refusal> {
        self.form.required("GroupName", &rules::GROUP_NAME)
    }

    /// The user that the call names, who exists; without a name, whoever signed.
    /// Source: IAM API, "If you do not specify a user name, IAM determines the user name implicitly based on the
    /// access key ID signing the request. […] you can use this operation to manage root credentials even if the account
    /// has no associated users."
    pub fn subject(&self) -> Result<Subject, Refusal> {
        match self.form.optional("UserName", &rules::USER_NAME)? {
            Some(name) => Ok(Subject::User(self.state.user(name)?.name.clone())),
            None => self.signer.principal.subject().ok_or_else(not_a_user),
        }
    }

    /// The same for calls that work on IAM users only.
    pub fn subject_user(&self) -> Result<String, Refusal> {
        match self.subject()? {
            Subject::User(name) => Ok(name),
            Subject::Root => Err(not_a_user()),
        }
    }
}

/// What AWS says where a call needs a user's name and the signer has none.
pub fn not_a_user() -> Refusal {
    Refusal::validation("Must specify userName when calling with non-User credentials")
}
