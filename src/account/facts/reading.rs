//! The result of one read: unread, known, failed or closed.

use crate::account::{Failure, Timestamp};

/// What is known about one thing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Reading<T> {
    /// Not asked yet, or overtaken by a change since.
    #[default]
    Unread,
    /// Read, at that moment.
    Known {
        /// What AWS answered.
        value: T,
        /// When.
        at: Timestamp,
    },
    /// Could not be read.
    Failed(Failure),
    /// Not asked, because the signed-in principal can't be told; the reason in words.
    Closed(&'static str),
}

impl<T> Reading<T> {
    /// The value, if it is known.
    #[must_use]
    pub fn known(&self) -> Option<&T> {
        match self {
            Self::Known { value, .. } => Some(value),
            Self::Unread | Self::Failed(_) | Self::Closed(_) => None,
        }
    }

    /// When it was read, if it was.
    #[must_use]
    pub fn at(&self) -> Option<Timestamp> {
        match self {
            Self::Known { at, .. } => Some(*at),
            Self::Unread | Self::Failed(_) | Self::Closed(_) => None,
        }
    }

    /// Why it could not be read, if it was tried.
    #[must_use]
    pub fn failure(&self) -> Option<&Failure> {
        match self {
            Self::Failed(failure) => Some(failure),
            Self::Unread | Self::Known { .. } | Self::Closed(_) => None,
        }
    }

    /// Whether nothing has been learnt since the start or since a change.
    #[must_use]
    pub fn is_unread(&self) -> bool {
        matches!(self, Self::Unread)
    }

    /// What came of a read that ended at `at`.
    pub fn from_result(result: Result<T, Failure>, at: Timestamp) -> Self {
        match result {
            Ok(value) => Self::Known { value, at },
            Err(failure) => Self::Failed(failure),
        }
    }
}
