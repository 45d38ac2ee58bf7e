//! Sources of time: AWS's clock from its answers, the machine's clock, the practice clock moved forward, or one that
//! tests set, so that they never wait.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::account::Timestamp;

/// A source of time, shared by its clones. After AWS's first answer the time is AWS's: this machine's clock, and with
/// it all ages, may be off by days.
#[derive(Debug, Clone, Default)]
pub struct Clock {
    ticks: Ticks,
    /// How far the ticks are ahead of AWS's clock (negative: behind), once known.
    ahead_of_aws: Arc<Mutex<Option<time::Duration>>>,
}

#[derive(Debug, Clone, Default)]
enum Ticks {
    /// The machine's clock.
    #[default]
    System,
    /// The machine's clock plus some seconds, for practice.
    Ahead(Arc<AtomicU64>),
    /// A clock that stands still until it is moved.
    Set(Arc<Mutex<Timestamp>>),
}

/// Tolerance of the comparison: `Date` has whole seconds, and AWS's servers differ slightly.
const AGREEMENT: time::Duration = time::Duration::seconds(2);

impl Clock {
    /// Maximum lead: a hundred years.
    pub const MAX_LEAP: Duration = Duration::from_secs(100 * 365 * 86_400);

    /// The machine's clock, which can be moved forward.
    #[must_use]
    pub fn movable() -> Self {
        Self { ticks: Ticks::Ahead(Arc::default()), ..Self::default() }
    }

    /// A clock that stands still at `moment`.
    #[must_use]
    pub fn set_to(moment: Timestamp) -> Self {
        Self { ticks: Ticks::Set(Arc::new(Mutex::new(moment))), ..Self::default() }
    }

    /// The same ticks without AWS's correction, for a practice account, which is itself the AWS.
    #[must_use]
    pub fn uncorrected(&self) -> Self {
        Self { ticks: self.ticks.clone(), ..Self::default() }
    }

    /// The current time: AWS's, as soon as an answer has provided it.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.ticking() - self.ahead_of_aws().unwrap_or_default()
    }

    /// The current time by this machine, right or wrong.
    #[must_use]
    pub fn ticking(&self) -> Timestamp {
        match &self.ticks {
            Ticks::System => Timestamp::now_utc(),
            Ticks::Ahead(_) => Timestamp::now_utc() + self.ahead(),
            Ticks::Set(moment) => *moment.lock().unwrap_or_else(PoisonError::into_inner),
        }
    }

    /// How far this machine's clock is ahead of AWS's (negative: behind); `None`: unknown.
    #[must_use]
    pub fn ahead_of_aws(&self) -> Option<time::Duration> {
        *self.ahead_of_aws.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Learns from an answer: AWS's `date`, and the time `sent` when the request left. AWS answered between `sent`
    /// and now, so only a date outside of that range is a difference.
    pub fn learn_aws_time(&self, date: Timestamp, sent: Timestamp) {
        let now = self.ticking();
        let agrees = date >= sent - AGREEMENT && date <= now + AGREEMENT;
        let ahead = if agrees { time::Duration::ZERO } else { now - date };
        *self.ahead_of_aws.lock().unwrap_or_else(PoisonError::into_inner) = Some(ahead);
    }

    /// How far it was moved ahead of the machine's clock; zero for other kinds.
    #[must_use]
    pub fn ahead(&self) -> Duration {
        match &self.ticks {
            Ticks::Ahead(seconds) => Duration::from_secs(seconds.load(Ordering::Relaxed)),
            Ticks::System | Ticks::Set(_) => Duration::ZERO,
        }
    }

    /// Moves it forward by `by`, in whole seconds. Returns whether it moved. The machine's own clock never moves, and
    /// the limit is [`Self::MAX_LEAP`].
    pub fn advance(&self, by: Duration) -> bool {
        let within = |so_far: u64| so_far.checked_add(by.as_secs()).filter(|sum| *sum <= Self::MAX_LEAP.as_secs());
        match &self.ticks {
            Ticks::System => false,
            Ticks::Ahead(seconds) => seconds.fetch_update(Ordering::Relaxed, Ordering::Relaxed, within).is_ok(),
            Ticks::Set(moment) => {
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
    fn a_moved_clock_and_its_clones_run_on_from_the_new_time() {
        let clock = Clock::movable();
        let other = clock.clone();
        assert_eq!(clock.ahead(), Duration::ZERO);
        assert!(clock.advance(DAY) && clock.advance(DAY));
        assert_eq!(other.ahead(), 2 * DAY);
        assert!(other.now() - Timestamp::now_utc() > time::Duration::hours(47));
    }

    #[test]
    fn the_machines_clock_does_not_move_and_no_clock_goes_too_far() {
        assert!(!Clock::default().advance(DAY));
        assert_eq!(Clock::default().ahead(), Duration::ZERO);
        let clock = Clock::movable();
        assert!(clock.advance(DAY) && !clock.advance(Clock::MAX_LEAP) && !clock.advance(Duration::MAX));
        assert_eq!(clock.ahead(), DAY);
    }

    #[test]
    fn a_clock_and_its_clones_take_awss_time_from_an_answer() {
        let start = time::macros::datetime!(2026-11-21 12:00:07 UTC);
        let clock = Clock::set_to(start);
        let (other, practice) = (clock.clone(), clock.uncorrected());
        assert_eq!(clock.ahead_of_aws(), None);
        let theirs = start - time::Duration::days(100);
        clock.learn_aws_time(theirs, start);
        assert_eq!((other.now(), other.ticking(), practice.now()), (theirs, start, start));
        assert_eq!(clock.ahead_of_aws(), Some(time::Duration::days(100)));
        assert!(clock.advance(DAY));
        assert_eq!(clock.now(), theirs + DAY);
    }

    #[test]
    fn a_slow_answer_is_no_clock_difference() {
        let start = time::macros::datetime!(2026-11-21 12:00:07 UTC);
        let clock = Clock::set_to(start);
        // The clock was moved while the request was in flight.
        assert!(clock.advance(DAY));
        clock.learn_aws_time(start - time::Duration::seconds(1), start);
        assert_eq!((clock.ahead_of_aws(), clock.now()), (Some(time::Duration::ZERO), start + DAY));
    }
}
