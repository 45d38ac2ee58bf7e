//! Reads AWS repeatedly until a change appears; shared by all pages that watch.

use time::Duration;

use super::World;
use crate::account::Timestamp;

/// A watch on AWS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Watch {
    /// Since when.
    pub since: Timestamp,
    /// When AWS is asked next.
    pub next: Timestamp,
    /// How often it was asked.
    pub polls: u32,
}

/// How long a watch pauses between two looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// A person is at the console and waits for the screen: short at first, then gentle.
    Console,
    /// CloudTrail tells after minutes, IAM after a quarter of an hour; what is done by hand takes its time too.
    Patient,
}

impl Watch {
    /// One that begins at `now`, with the first look at once.
    #[must_use]
    pub fn at(now: Timestamp) -> Self {
        Self { since: now, next: now, polls: 0 }
    }

    /// Whether it is time for a look, and there is somebody to ask.
    pub(super) fn is_due(&self, world: &World) -> bool {
        self.next <= world.now() && world.can_ask()
    }

    /// AWS is asked now.
    pub(super) fn ask(&mut self, pace: Pace, now: Timestamp) {
        self.polls += 1;
        self.next = now + pace.pause(self.polls);
    }

    /// When its page wants to be woken: each second, as it says how long is left. Without a session there is nobody to ask;
    /// connecting again wakes it.
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
