//! Reads AWS repeatedly until a change appears. All pages that watch share it.

use time::Duration;

use super::World;
use crate::account::Timestamp;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Watch {
    /// When the watch began.
    pub since: Timestamp,
    /// Next read.
    pub next: Timestamp,
    /// Number of reads so far.
    pub polls: u32,
}

/// How fast a watch reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// A person works in the console and watches the screen: short intervals at first, then longer ones.
    Console,
    /// For CloudTrail, which takes minutes, IAM, which takes up to a quarter of an hour, and manual work.
    Patient,
}

impl Watch {
    /// A watch that begins at `now` and reads at once.
    #[must_use]
    pub fn at(now: Timestamp) -> Self {
        Self { since: now, next: now, polls: 0 }
    }

    /// Starts at `now`, with the first read after a pause.
    #[must_use]
    pub fn later(pace: Pace, now: Timestamp) -> Self {
        Self { next: now + pace.pause(0), ..Self::at(now) }
    }

    /// Whether it is time to read and there is a session.
    pub(super) fn is_due(&self, world: &World) -> bool {
        self.next <= world.now() && world.can_ask()
    }

    /// Counts a read and schedules the next one.
    pub(super) fn ask(&mut self, pace: Pace, now: Timestamp) {
        self.polls += 1;
        self.next = now + pace.pause(self.polls);
    }

    /// When the page needs the next tick: each second, because it shows the time left. Without a session never; a new
    /// connection wakes it.
    pub(super) fn wakes_at(&self, world: &World) -> Option<Timestamp> {
        let second = world.now() + Duration::seconds(1);
        world.can_ask().then(|| if world.is_busy() { second } else { self.next.min(second) })
    }
}

impl Pace {
    fn pause(self, polls: u32) -> Duration {
        Duration::seconds(match (self, polls) {
            (Self::Console, 0..=20) => 3,
            (Self::Console, 21..=50) => 10,
            (Self::Console, _) => 30,
            (Self::Patient, 0..=8) => 15,
            (Self::Patient, _) => 60,
        })
    }
}
