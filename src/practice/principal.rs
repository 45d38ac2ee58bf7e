//! Principals that sign requests: root, a user, or a role session.

use serde::{Deserialize, Serialize};

use crate::account::Subject;

/// Whose credentials sign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Principal {
    Root,
    /// A user, by its name.
    User(String),
    /// A session of a role: the role's key in the account, and the session's name.
    Role {
        role: String,
        session: String,
    },
}

/// What kind of credentials sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Credential {
    /// An access key.
    LongTerm,
    /// `aws login`.
    Login,
    /// GetSessionToken.
    SessionToken,
    /// AssumeRole.
    AssumedRole,
}

impl Principal {
    /// Whose keys and devices these are; a role has none of its own.
    pub fn subject(&self) -> Option<Subject> {
        match self {
            Self::Root => Some(Subject::Root),
            Self::User(name) => Some(Subject::User(name.clone())),
            Self::Role { .. } => None,
        }
    }

    /// `aws:username`
    pub fn user_name(&self) -> Option<&str> {
        match self {
            Self::User(name) => Some(name),
            Self::Root | Self::Role { .. } => None,
        }
    }
}

impl From<Subject> for Principal {
    fn from(subject: Subject) -> Self {
        match subject {
            Subject::Root => Self::Root,
            Subject::User(name) => Self::User(name),
        }
    }
}
