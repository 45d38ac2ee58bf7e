//! Principals that sign requests: root, a user, or a role session.

use serde::{Deserialize, Serialize};

use crate::account::Subject;

/// The signing principal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Principal {
    Root,
    /// A user, by name.
    User(String),
    /// A role session: the role's key in the account, and the session name.
    Role {
        role: String,
        session: String,
    },
}

/// The kind of signing credentials.
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
    /// The owner of keys and devices; `None` for a role.
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
