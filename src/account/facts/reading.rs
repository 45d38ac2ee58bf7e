//! The result of one read: unread, known, failed or closed.

use crate::account::{Failure, Timestamp};

/// What is known about one question.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Reading<T> {
    /// Not read yet, or outdated by a change.
    #[default]
    Unread,
    Known {
        /// AWS's answer.
        value: T,
        at: Timestamp,
    },
    Failed(Failure),
    /// Not asked: AWS does not tell this principal. The reason, for people.
    Closed(&'static str),
}

impl<T> Reading<T> {
    #[must_use]
    pub fn known(&self) -> Option<&T> {
        match self {
            Self::Known { value, .. } => Some(value),
            Self::Unread | Self::Failed(_) | Self::Closed(_) => None,
        }
    }

    /// The time of the read, if known.
    #[must_use]
    pub fn at(&self) -> Option<Timestamp> {
        match self {
            Self::Known { at, .. } => Some(*at),
            Self::Unread | Self::Failed(_) | Self::Closed(_) => None,
        }
    }

    #[must_use]
    pub fn failure(&self) -> Option<&Failure> {
        match self {
            Self::Failed(failure) => Some(failure),
            Self::Unread | Self::Known { .. } | Self::Closed(_) => None,
        }
    }

    /// Whether it was not read since the start or since a change.
    #[must_use]
    pub fn is_unread(&self) -> bool {
        matches!(self, Self::Unread)
    }

    /// The result of a read that ended at `at`.
    pub fn from_result(result: Result<T, Failure>, at: Timestamp) -> Self {
        match result {
            Ok(value) => Self::Known { value, at },
            Err(failure) => Self::Failed(failure),
        }
    }
}
