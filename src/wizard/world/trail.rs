//! Paces CloudTrail requests: two a second for each account and Region.

use super::World;
use crate::account::{Fact, Fault, Question, Reading, Timestamp, Traced, TrailQuery};

/// Interval between two requests to one Region. It is slightly longer than AWS's limit, because requests can overtake
/// each other.
pub const PACE: time::Duration = time::Duration::milliseconds(550);

impl World {
    /// Asks for one page of events.
    pub(in crate::wizard) fn ask_trail(&mut self, query: TrailQuery) {
        self.pace.insert(query.region.clone(), self.now + PACE);
        self.read([Question::Trail(query)]);
    }

    /// Whether CloudTrail in that Region may be asked now.
    pub(in crate::wizard) fn may_ask(&self, region: &str) -> bool {
        self.turn_of(region) <= self.now
    }

    /// When CloudTrail in that Region may be asked.
    pub(in crate::wizard) fn turn_of(&self, region: &str) -> Timestamp {
        self.pace.get(region).copied().unwrap_or(self.now).max(self.now)
    }

    /// After a throttled request, its Region pauses: longer each time in a row.
    pub(super) fn record_pace(&mut self, fact: &Fact) {
        let Fact::Trail(query, Reading::Failed(failure)) = fact else { return };
        if failure.fault == Fault::Throttled {
            let progress = self.facts.traces.get(&query.of).and_then(|trace| trace.regions.get(&query.region));
            let times = progress.map_or(0, |progress| progress.throttled.min(5));
            self.pace.insert(query.region.clone(), self.now + time::Duration::seconds(2 << times));
        }
    }

    /// The pending CloudTrail pages.
    pub(in crate::wizard) fn trails_on_their_way(&self) -> impl Iterator<Item = &TrailQuery> {
        self.requests.reads().filter_map(|question| match question {
            Question::Trail(query) => Some(query),
            _ => None,
        })
    }

    /// Drops pending reads about the whole past of a key or of root. Findings stay.
    pub(in crate::wizard) fn stop_reading_trails(&mut self) {
        self.requests.drop_reads(|question| match question {
            Question::Trail(query) => query.since.is_none(),
            question => *question == Question::Regions,
        });
    }

    /// Forgets everything found about the past of a key or of root.
    pub(in crate::wizard) fn forget_trail_of(&mut self, of: &Traced) {
        self.stop_reading_trails();
        self.facts.traces.remove(of);
        self.facts.forget(&Question::Regions);
    }

    /// Forgets the attempts seen with a deactivated key.
    pub(in crate::wizard) fn forget_attempts_with(&mut self, key: &str) {
        self.facts.attempts.retain(|(of, _), _| of != key);
    }
}
