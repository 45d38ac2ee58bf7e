//! CloudTrail: trails, and the event history that the account itself records. Source: CloudTrail API Reference,
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

pub const CALLS: &[JsonCall] = &[
    ("DescribeTrails", trails::describe),
    ("GetEventSelectors", trails::selectors),
    ("GetTrailStatus", trails::status),
    ("LookupEvents", lookup::lookup),
    ("PutEventSelectors", trails::put_selectors),
    ("StartLogging", trails::start),
    ("UpdateTrail", trails::update),
];

/// Maximum number of events kept; beyond it the oldest are dropped.
const MAX_EVENTS: usize = 20_000;

/// Event history and trails.
#[derive(Serialize, Deserialize)]
pub struct CloudTrail {
    events: Vec<Event>,
    pub trails: Vec<Trail>,
    /// Delay until a new event is visible. AWS: up to fifteen minutes.
    pub delay: Duration,
    ids: Identifiers,
    count: u64,
}

impl CloudTrail {
    /// An empty history with its own id counter.
    pub fn seeded_by(account: &str) -> Self {
        let ids = Identifiers::seeded_by(&format!("{account} cloudtrail"));
        Self { events: Vec::new(), trails: Vec::new(), delay: Duration::ZERO, ids, count: 0 }
    }

    /// Adds an event.
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

    /// Whether a trail logs events of `region`.
    pub fn logs_in(&self, region: &str) -> bool {
        self.trails.iter().any(|trail| trail.logging && (trail.multi_region || trail.home_region == region))
    }

    /// In chronological order.
    pub fn all(&self) -> impl Iterator<Item = &Event> {
        self.events.iter()
    }

    fn newest_first(&self) -> Vec<&Event> {
        let mut events: Vec<&Event> = self.events.iter().collect();
        events.sort_by_key(|event| std::cmp::Reverse((event.at, event.number)));
        events
    }
}
