//! Who uses a key: CloudTrail's pages, region by region, asked at a pace that AWS allows. One page is one read like any
//! other, with a ticket; to stop is to ask for no further one.

use super::keys::Intent;
use super::stage::{Cursor, Draft, Examination, KeyWatch, Stage};
use super::{Effect, Wizard};
use crate::account::{Fact, Fault, Question, Reading, Timestamp, TrailQuery};
use crate::steps::root_keys::{regions, watched_regions};
use crate::steps::{ActionId, StepId};

/// Regions that are asked at once.
const AT_ONCE: usize = 4;
/// Between two requests to one region. AWS: two a second, per account and region; a little more, since requests overtake
/// each other on their way.
pub const PACE: time::Duration = time::Duration::milliseconds(550);

impl Wizard {
    /// Opens the evidence for `key`, and reads on where an earlier look was stopped.
    pub(super) fn examine(&mut self, id: StepId, key: String) -> Vec<Effect> {
        self.scroll = None;
        if self.facts.regions.known().is_none() && !self.is_reading(&Question::Regions) {
            self.facts.forget(&Question::Regions);
        }
        self.set_stage(id, Stage::Examining(Examination { key, stopped: false, policy: false }));
        self.go_on_examining()
    }

    /// Everything that is known of the key is read anew.
    pub(super) fn examine_anew(&mut self, id: StepId, key: String) -> Vec<Effect> {
        self.stop_examining();
        self.facts.traces.remove(&key);
        self.facts.forget(&Question::Regions);
        self.examine(id, key)
    }

    /// Drops what is on its way. What was found stays.
    pub(super) fn stop_examining(&mut self) {
        let is_page = |question: &Question| matches!(question, Question::Trail(query) if query.since.is_none());
        self.reads.retain(|question, _| !is_page(question) && *question != Question::Regions);
    }

    /// The key whose evidence is being read, if it is not stopped.
    fn examined(&self) -> Option<String> {
        match &self.step(StepId::RootKeys).stage {
            Stage::Examining(look) if !look.stopped && self.can_ask() => Some(look.key.clone()),
            _ => None,
        }
    }

    /// Asks for the next page of every region whose turn it is.
    pub(super) fn go_on_examining(&mut self) -> Vec<Effect> {
        let Some(key) = self.examined() else { return Vec::new() };
        let mut effects = Vec::new();
        if self.facts.regions.is_unread() && !self.is_reading(&Question::Regions) {
            effects.extend(self.read(vec![Question::Regions]));
        }
        for region in self.outstanding(&key) {
            let on_their_way = self.reads.keys().filter(|question| matches!(question, Question::Trail(_))).count();
            if on_their_way >= AT_ONCE {
                break;
            }
            if self.may_ask(&region) {
                let look = self.facts.traces.get(&key).and_then(|trace| trace.regions.get(&region));
                let after = look.and_then(|look| look.next.clone());
                effects.extend(self.ask_trail(TrailQuery { key: key.clone(), region, since: None, after }));
            }
        }
        effects
    }

    /// Regions that are not read to their end and of which no page is on its way.
    fn outstanding(&self, key: &str) -> Vec<String> {
        let trace = self.facts.traces.get(key);
        let ended = |region: &String| {
            trace.and_then(|trace| trace.regions.get(region)).is_some_and(|look| look.ended.is_some())
        };
        let asked = |region: &String| {
            self.reads.keys().any(|question| match question {
                Question::Trail(query) => query.key == key && query.region == *region && query.since.is_none(),
                _ => false,
            })
        };
        let mut regions = regions(&self.facts, key);
        regions.retain(|region| !ended(region) && !asked(region));
        regions
    }

    fn ask_trail(&mut self, query: TrailQuery) -> Vec<Effect> {
        self.pace.insert(query.region.clone(), self.now + PACE);
        self.read(vec![Question::Trail(query)])
    }

    fn may_ask(&self, region: &str) -> bool {
        self.pace.get(region).is_none_or(|at| *at <= self.now)
    }

    /// After AWS has said that there were too many requests, its region is left alone: longer each time in a row.
    pub(super) fn heed(&mut self, fact: &Fact) {
        let Fact::Trail(query, Reading::Failed(failure)) = fact else { return };
        if failure.fault == Fault::Throttled {
            let look = self.facts.traces.get(&query.key).and_then(|trace| trace.regions.get(&query.region));
            let times = look.map_or(0, |look| look.throttled.min(5));
            self.pace.insert(query.region.clone(), self.now + time::Duration::seconds(2 << times));
        }
    }

    /// When the evidence wants to be read on.
    pub(super) fn examines_at(&self) -> Option<Timestamp> {
        let key = self.examined()?;
        let turn = |region: &String| self.pace.get(region).copied().unwrap_or(self.now).max(self.now);
        self.outstanding(&key).iter().map(turn).min()
    }

    /// Whether everything about `key` that can be read is read.
    #[must_use]
    pub fn is_examined(&self, key: &str) -> bool {
        let regions = regions(&self.facts, key);
        let ended = self.facts.traces.get(key).map_or(0, |trace| trace.ended(&regions));
        ended == regions.len() && !self.facts.regions.is_unread()
    }

    /// A key while the evidence is shown.
    pub(super) fn in_examination(&mut self, id: StepId, mut look: Examination, intent: Intent) -> Vec<Effect> {
        match intent {
            Intent::Back if look.policy => look.policy = false,
            Intent::Back if !look.stopped && !self.is_examined(&look.key) => {
                look.stopped = true;
                self.stop_examining();
                self.remark = Some("Stopped. What was found so far stays.".into());
            }
            Intent::Back => {
                let item = self.row_with(id, &look.key);
                self.set_stage(id, Stage::Explaining(Cursor { item, action: 0 }));
                return Vec::new();
            }
            Intent::Choose if look.stopped => return self.examine(id, look.key),
            Intent::Policy => look.policy = !look.policy,
            _ => {}
        }
        self.set_stage(id, Stage::Examining(look));
        Vec::new()
    }

    /// A key while a deactivated key is watched.
    pub(super) fn in_key_watch(&mut self, id: StepId, watch: KeyWatch, intent: Intent) -> Vec<Effect> {
        let item = self.row_with(id, &watch.key);
        match intent {
            Intent::Back => self.set_stage(id, Stage::Explaining(Cursor { item, action: 0 })),
            Intent::Examine => return self.examine(id, watch.key),
            Intent::Activate => {
                let subject = Some(watch.key);
                return self.prepare(id, Draft { action: ActionId::Activate, item, subject, form: None });
            }
            _ => self.set_stage(id, Stage::Watching(watch)),
        }
        Vec::new()
    }

    /// Where on the page the row of `key` is.
    fn row_with(&self, id: StepId, key: &str) -> usize {
        let rows = id.definition().page(&self.facts, 0, self.now).table.rows;
        rows.iter().position(|row| row.first().is_some_and(|first| first == key)).unwrap_or(0)
    }

    /// Starts to watch a key that was deactivated at `since`.
    pub(super) fn watch_key(&mut self, id: StepId, key: String, since: Timestamp) -> Vec<Effect> {
        self.scroll = None;
        self.facts.attempts.retain(|(of, _), _| *of != key);
        self.set_stage(id, Stage::Watching(KeyWatch { key, since, next: self.now, polls: 0 }));
        self.look_at_key()
    }

    /// Looks at the watched key, if its time has come.
    pub(super) fn look_at_key(&mut self) -> Vec<Effect> {
        let now = self.now;
        let can_ask = self.can_ask();
        let Stage::Watching(watch) = &mut self.steps[StepId::RootKeys as usize].stage else { return Vec::new() };
        if watch.next > now || !can_ask {
            return Vec::new();
        }
        watch.polls += 1;
        watch.next = now + pause(watch.polls);
        let (key, since) = (watch.key.clone(), watch.since);
        let mut effects = self.read(vec![Question::RootKeys]);
        for region in watched_regions(&self.facts, &key) {
            if self.may_ask(&region) {
                let query = TrailQuery { key: key.clone(), region, since: Some(since), after: None };
                effects.extend(self.ask_trail(query));
            }
        }
        effects
    }
}

/// Between two looks at a deactivated key. CloudTrail tells after minutes, IAM after a quarter of an hour.
fn pause(polls: u32) -> time::Duration {
    time::Duration::seconds(if polls <= 8 { 15 } else { 60 })
}
