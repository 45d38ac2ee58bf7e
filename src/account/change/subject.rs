//! The owner of what a call is about.

use serde::{Deserialize, Serialize};

/// Whose thing a call is about, where the API lets the user's name be left out. Always decided, never left to the signer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Subject {
    /// The account's root user: the call is sent without `UserName`, signed by root.
    Root,
    /// An IAM user: its name is sent.
    User(String),
}

impl Subject {
    /// What to send as `UserName`.
    #[must_use]
    pub fn user_name(&self) -> Option<&str> {
        match self {
            Self::Root => None,
            Self::User(name) => Some(name),
        }
    }
}
