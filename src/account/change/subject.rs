//! The owner of the thing that a call changes.

use serde::{Deserialize, Serialize};

/// The owner of a thing, where the API makes the user name optional. lockroot always decides it and never leaves it
/// to the signer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Subject {
    /// The root user. Sent without `UserName`, signed by root.
    Root,
    /// An IAM user, sent by name.
    User(String),
}

impl Subject {
    /// The value for `UserName`.
    #[must_use]
    pub fn user_name(&self) -> Option<&str> {
        match self {
            Self::Root => None,
            Self::User(name) => Some(name),
        }
    }
}
