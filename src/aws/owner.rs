//! The `UserName` of a call. Without one, AWS applies the call to the signer. So no such call can be built without an
//! explicit [`Owner`].

use super::Aws;
use crate::account::{Failure, Fault, Principal, Subject};

/// An explicit `UserName`.
pub(super) struct Owner(Option<String>);

impl Owner {
    /// The user called `name`. A blank name is refused: the query protocol may drop it, and AWS would apply the call
    /// to the signer.
    pub(super) fn user(name: &str, action: &str) -> Result<Self, Failure> {
        if name.trim().is_empty() {
            return Err(Failure::new(Fault::Invalid, action, "a user name is needed; nothing was sent"));
        }
        Ok(Self(Some(name.to_owned())))
    }

    /// For the SDK's `set_user_name`.
    pub(super) fn into_user_name(self) -> Option<String> {
        self.0
    }
}

impl Aws {
    /// For calls without a user name, which affect the signer: fails unless AWS has confirmed that `user` signs.
    pub(super) async fn is_oneself(&self, user: &str, action: &str) -> Result<(), Failure> {
        let caller = self.remembered_caller().await?;
        if caller.principal == Principal::User(user.to_owned()) {
            return Ok(());
        }
        let who = caller.principal.words();
        let said = format!("only {user} can do this for {user}, and {who} is signed in; nothing was sent");
        Err(Failure::new(Fault::AccessDenied, action, said))
    }

    /// The `UserName` for `subject`. It is omitted for root only after AWS has confirmed that root signs.
    pub(super) async fn owner(&self, subject: &Subject, action: &str) -> Result<Owner, Failure> {
        match subject {
            Subject::User(name) => Owner::user(name, action),
            Subject::Root => match self.remembered_caller().await {
                Ok(caller) if caller.is_root() => Ok(Owner(None)),
                Ok(caller) => Err(Failure::new(
                    Fault::AccessDenied,
                    action,
                    format!(
                        "only root can do this to root, and {} is signed in; nothing was sent",
                        caller.principal.words()
                    ),
                )),
                Err(failure) => Err(failure),
            },
        }
    }
}
