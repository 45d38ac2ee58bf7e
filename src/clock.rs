//! Where time comes from: the machine's clock, or one that tests and walks set and advance, so that they never wait.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::account::Timestamp;

/// A source of the time, shared by all who hold a clone.
#[derive(Debug, Clone, Default)]
pub enum Clock {
    /// The machine's.
    #[default]
    System,
    /// One that stands still until it is moved.
    Set(Arc<Mutex<Timestamp>>),
}

impl Clock {
    /// A clock that stands at `moment`.
    #[must_use]
    pub fn set_to(moment: Timestamp) -> Self {
        Self::Set(Arc::new(Mutex::new(moment)))
    }

    /// The time.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        match self {
            Self::System => Timestamp::now_utc(),
            Self::Set(moment) => *moment.lock().unwrap_or_else(PoisonError::into_inner),
        }
    }

    /// Moves a set clock forward. The machine's own is left alone.
    pub fn advance(&self, by: Duration) {
        if let Self::Set(moment) = self {
            *moment.lock().unwrap_or_else(PoisonError::into_inner) += by;
        }
    }
}
