//! CloudTrail: the event history, which the account writes itself, and trails. Source: CloudTrail API Reference,
//! 2013-11-01.

mod events;
mod lookup;
mod trails;

pub use events::{Event, RecordedEvent, SIGN_IN};
pub use trails::{Selectors, Trail};

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::identifiers::Identifiers;
use super::json_request::JsonCall;
use crate::account::Timestamp;

/// Its calls.
pub const CALLS: &[JsonCall] = &[
    ("DescribeTrails", trails::describe),
    ("GetEventSelectors", trails::selectors),
    ("GetTrailStatus", trails::status),
    ("LookupEvents", lookup::lookup),
    ("PutEventSelectors", trails::put_selectors),
    ("StartLogging", trails::start),
    ("UpdateTrail", trails::update),
];

/// How many events are kept; then the oldest go.
const MAX_EVENTS: usize = 20_000;

/// The history and the trails.
#[derive(Serialize, Deserialize)]
pub struct CloudTrail {
    events: Vec<Event>,
    pub trails: Vec<Trail>,
    /// How long a new event stays unseen. AWS: up to fifteen minutes.
    pub delay: Duration,
    ids: Identifiers,
    count: u64,
}

impl CloudTrail {
    /// An empty history. Its ids come from a counter of its own.
    pub fn seeded_by(account: &str) -> Self {
        let ids = Identifiers::seeded_by(&format!("{account} cloudtrail"));
        Self { events: Vec::new(), trails: Vec::new(), delay: Duration::ZERO, ids, count: 0 }
    }

    /// Writes down what happened.
    pub fn record(&mut self, recorded: RecordedEvent, at: Timestamp) -> Event {
        if self.events.len() >= MAX_EVENTS {
            self.events.drain(..MAX_EVENTS / 10);
        }
        self.count += 1;
        let id = self.ids.request();
        let event = Event { id, at, number: self.count, recorded };
        self.events.push(event.clone());
        event
    }

    /// Whether a trail logs what happens in `region`.
    pub fn logs_in(&self, region: &str) -> bool {
        self.trails.iter().any(|trail| trail.logging && (trail.multi_region || trail.home_region == region))
    }

    /// All events, in the order in which they happened.
    pub fn all(&self) -> impl Iterator<Item = &Event> {
        self.events.iter()
    }

    /// All events, the newest first.
    fn newest_first(&self) -> Vec<&Event> {
        let mut events: Vec<&Event> = self.events.iter().collect();
        events.sort_by_key(|event| std::cmp::Reverse((event.at, event.number)));
        events
    }
}
