//! Where time comes from: the machine's clock, that clock moved forward in practice, or one that tests and walks set and
//! advance, so that they never wait.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::account::Timestamp;

/// A source of the time, shared by all who hold a clone.
#[derive(Debug, Clone, Default)]
pub enum Clock {
    /// The machine's.
    #[default]
    System,
    /// The machine's, ahead by so many seconds: practice is moved forward in time.
    Ahead(Arc<AtomicU64>),
    /// One that stands still until it is moved.
    Set(Arc<Mutex<Timestamp>>),
}

impl Clock {
    /// How far ahead it can be moved at most: a hundred years.
    pub const FARTHEST: Duration = Duration::from_secs(100 * 365 * 86_400);

    /// The machine's clock, which can be moved forward from here on.
    #[must_use]
    pub fn movable() -> Self {
        Self::Ahead(Arc::default())
    }

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
            Self::Ahead(_) => Timestamp::now_utc() + self.ahead(),
            Self::Set(moment) => *moment.lock().unwrap_or_else(PoisonError::into_inner),
        }
    }

    /// How far it has been moved ahead of the machine's clock; nothing for a clock that has nothing to do with that.
    #[must_use]
    pub fn ahead(&self) -> Duration {
        match self {
            Self::Ahead(seconds) => Duration::from_secs(seconds.load(Ordering::Relaxed)),
            Self::System | Self::Set(_) => Duration::ZERO,
        }
    }

    /// Moves it forward by `by`, in whole seconds. Returns whether it moved: the machine's own is left alone, and none
    /// goes farther than [`Self::FARTHEST`].
    pub fn advance(&self, by: Duration) -> bool {
        let within = |so_far: u64| so_far.checked_add(by.as_secs()).filter(|sum| *sum <= Self::FARTHEST.as_secs());
        match self {
            Self::System => false,
            Self::Ahead(seconds) => seconds.fetch_update(Ordering::Relaxed, Ordering::Relaxed, within).is_ok(),
            Self::Set(moment) => {
                *moment.lock().unwrap_or_else(PoisonError::into_inner) += by;
                true
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: Duration = Duration::from_secs(86_400);

    #[test]
    fn a_moved_clock_goes_on_from_there_and_its_clones_with_it() {
        let clock = Clock::movable();
        let other = clock.clone();
        assert_eq!(clock.ahead(), Duration::ZERO);
        assert!(clock.advance(DAY) && clock.advance(DAY));
        assert_eq!(other.ahead(), 2 * DAY);
        assert!(other.now() - Timestamp::now_utc() > time::Duration::hours(47));
    }

    #[test]
    fn the_machines_own_clock_is_left_alone_and_none_goes_too_far() {
        assert!(!Clock::System.advance(DAY));
        assert_eq!(Clock::System.ahead(), Duration::ZERO);
        let clock = Clock::movable();
        assert!(clock.advance(DAY) && !clock.advance(Clock::FARTHEST) && !clock.advance(Duration::MAX));
        assert_eq!(clock.ahead(), DAY);
    }
}
