//! Summarizes CloudTrail events of a key or of root during the read. Of root the newest events are kept, of a key
//! none, so memory stays bounded.

use std::collections::BTreeMap;

use super::trail::{Traced, TrailEvent, TrailPage, TrailQuery};
use super::{Failure, Fault, Reading, Timestamp};

/// Maximum distinct calls kept; further ones are only counted.
pub const MAX_USES: usize = 400;
/// Maximum distinct senders kept.
pub const MAX_SENDERS: usize = 200;
/// Maximum events of root that are kept: the newest.
pub const MAX_EVENTS: usize = 200;
/// Maximum distinct values kept per property.
const MAX_VALUES: usize = 8;
/// Maximum length of untrusted text, in characters.
const MAX_TEXT_LEN: usize = 200;
/// Consecutive throttled requests after which a Region is given up.
const MAX_THROTTLED: u32 = 6;

/// The collected evidence about a key or about root.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Trace {
    /// Read progress by Region.
    pub regions: BTreeMap<String, RegionProgress>,
    /// Calls by service and event.
    pub uses: BTreeMap<(String, String), Tally>,
    /// Senders by source address and program.
    pub senders: BTreeMap<(String, String), Sender>,
    /// lockroot's own calls.
    pub own: Tally,
    /// Number of events, without lockroot's own.
    pub events: u64,
    /// Events not kept in `uses`, which was full.
    pub uses_beyond: u64,
    /// Events not kept in `senders`, which was full.
    pub senders_beyond: u64,
    /// The newest events of root, newest first. Reads by this program are left out; its changes are not, because anybody
    /// can send its name.
    pub newest: Vec<TrailEvent>,
    /// The number of events of root that belong in `newest`, with those that found no room.
    pub listed: u64,
}

/// Read progress in one Region.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RegionProgress {
    /// Token of the next page.
    pub next: Option<String>,
    /// Number of pages read.
    pub pages: u32,
    /// Number of consecutive throttled requests.
    pub throttled: u32,
    /// When the last page was read, or why the read failed.
    pub ended: Option<Result<Timestamp, Failure>>,
}

/// Count, time span and origins of calls.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tally {
    pub count: u64,
    /// First and last time.
    pub span: Option<(Timestamp, Timestamp)>,
    pub addresses: Values,
    /// User agent programs.
    pub agents: Values,
    pub regions: Values,
    /// Error codes of refused calls.
    pub errors: Values,
    /// Number of refused calls.
    pub refused: u64,
    /// Whether they are API calls, which need permissions.
    pub is_call: bool,
}

/// A source of calls.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sender {
    pub count: u64,
    /// First and last time.
    pub span: Option<(Timestamp, Timestamp)>,
    /// Called services.
    pub services: Values,
    /// Complete user agents.
    pub agents: Values,
    /// Ids of the signing keys, including session keys.
    pub keys: Values,
    /// Whether MFA was used, for people, if the record tells.
    pub mfa: Values,
}

/// The first few distinct values, with counts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Values {
    /// Counts by value.
    pub seen: BTreeMap<String, u64>,
    /// Number of values not kept.
    pub beyond: u64,
}

impl Values {
    fn add(&mut self, value: &str) {
        let value = shortened(value);
        if let Some(count) = self.seen.get_mut(&value) {
            *count += 1;
        } else if self.seen.len() < MAX_VALUES {
            self.seen.insert(value, 1);
        } else {
            self.beyond += 1;
        }
    }

    /// The values, most frequent first.
    #[must_use]
    pub fn by_count(&self) -> Vec<&str> {
        let mut values: Vec<(&String, &u64)> = self.seen.iter().collect();
        values.sort_by(|(a, of_a), (b, of_b)| of_b.cmp(of_a).then(a.cmp(b)));
        values.into_iter().map(|(value, _)| value.as_str()).collect()
    }
}

impl Tally {
    fn add(&mut self, event: &TrailEvent) {
        self.count += 1;
        self.span = Some(spanned(self.span, event.at));
        self.addresses.add(&event.address);
        self.agents.add(&event.agent);
        self.regions.add(&event.region);
        self.is_call |= event.is_call();
        if let Some(error) = &event.error {
            self.errors.add(error);
            self.refused += 1;
        }
    }
}

impl Trace {
    /// Adds the result of `query`. A page other than the Region's next one is outdated and ignored.
    pub fn take(&mut self, query: &TrailQuery, reading: &Reading<TrailPage>) {
        let progress = self.regions.entry(query.region.clone()).or_default();
        if progress.ended.is_some() || progress.next != query.after {
            return;
        }
        match reading {
            Reading::Known { value: page, at } => {
                progress.pages += 1;
                progress.throttled = 0;
                // A token that repeats itself would loop forever.
                let goes_on = page.next.is_some() && page.next != query.after;
                progress.next = page.next.clone().filter(|_| goes_on);
                progress.ended = (!goes_on).then_some(Ok(*at));
                page.events.iter().for_each(|event| self.count(event));
                if query.of == Traced::Root {
                    page.events.iter().for_each(|event| self.keep(event));
                }
            }
            Reading::Failed(failure) if failure.fault == Fault::Throttled && progress.throttled < MAX_THROTTLED => {
                progress.throttled += 1;
            }
            Reading::Failed(failure) => progress.ended = Some(Err(failure.clone())),
            Reading::Closed(reason) => {
                progress.ended = Some(Err(Failure::new(Fault::Other, "cloudtrail:LookupEvents", *reason)));
            }
            Reading::Unread => {}
        }
    }

    fn keep(&mut self, event: &TrailEvent) {
        if event.is_own() && event.is_read() {
            return;
        }
        self.listed += 1;
        let place = self.newest.partition_point(|kept| kept.at >= event.at);
        if place < MAX_EVENTS {
            self.newest.insert(place, bounded(event));
            self.newest.truncate(MAX_EVENTS);
        }
    }

    fn count(&mut self, event: &TrailEvent) {
        if event.is_own() {
            self.own.add(event);
            return;
        }
        self.events += 1;
        let call = (shortened(&event.source), shortened(&event.name));
        if self.uses.len() < MAX_USES || self.uses.contains_key(&call) {
            self.uses.entry(call).or_default().add(event);
        } else {
            self.uses_beyond += 1;
        }
        let sender = (shortened(&event.address), program(&event.agent));
        if self.senders.len() < MAX_SENDERS || self.senders.contains_key(&sender) {
            let sender = self.senders.entry(sender).or_default();
            sender.count += 1;
            sender.span = Some(spanned(sender.span, event.at));
            sender.services.add(&event.source);
            sender.agents.add(&event.agent);
            if !event.key.is_empty() {
                sender.keys.add(&event.key);
            }
            if let Some(mfa) = event.mfa {
                sender.mfa.add(if mfa { "with MFA" } else { "without MFA" });
            }
        } else {
            self.senders_beyond += 1;
        }
    }

    /// How many of `regions` were read completely or failed.
    #[must_use]
    pub fn ended(&self, regions: &[String]) -> usize {
        let ended = |region: &&String| self.regions.get(*region).is_some_and(|progress| progress.ended.is_some());
        regions.iter().filter(ended).count()
    }

    /// Unreadable Regions, each with its failure.
    pub fn unreadable(&self) -> impl Iterator<Item = (&str, &Failure)> {
        self.regions.iter().filter_map(|(region, progress)| match &progress.ended {
            Some(Err(failure)) => Some((region.as_str(), failure)),
            _ => None,
        })
    }

    /// First and last use by anyone but lockroot, as far as read.
    #[must_use]
    pub fn span(&self) -> Option<(Timestamp, Timestamp)> {
        let spans = self.senders.values().filter_map(|sender| sender.span);
        spans.reduce(|(first, last), (from, to)| (first.min(from), last.max(to)))
    }
}

/// The program and version in a user agent: `aws-cli/2.15.0`.
#[must_use]
pub fn program(agent: &str) -> String {
    let inner = agent.trim().trim_start_matches('[').trim_end_matches(']');
    shortened(inner.split(' ').next().unwrap_or_default())
}

fn spanned(span: Option<(Timestamp, Timestamp)>, at: Timestamp) -> (Timestamp, Timestamp) {
    span.map_or((at, at), |(first, last)| (first.min(at), last.max(at)))
}

/// The event with shortened texts.
fn bounded(event: &TrailEvent) -> TrailEvent {
    TrailEvent {
        at: event.at,
        source: shortened(&event.source),
        name: shortened(&event.name),
        region: shortened(&event.region),
        address: shortened(&event.address),
        agent: shortened(&event.agent),
        error: event.error.as_deref().map(shortened),
        kind: shortened(&event.kind),
        key: shortened(&event.key),
        mfa: event.mfa,
        identity: shortened(&event.identity),
    }
}

fn shortened(text: &str) -> String {
    text.chars().take(MAX_TEXT_LEN).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Timestamp = time::macros::datetime!(2026-11-21 12:00 UTC);

    fn event(name: &str, address: &str, agent: &str) -> TrailEvent {
        TrailEvent {
            at: NOON,
            source: "ec2.amazonaws.com".into(),
            name: name.into(),
            region: "eu-west-1".into(),
            address: address.into(),
            agent: agent.into(),
            error: None,
            kind: "AwsApiCall".into(),
            key: String::new(),
            mfa: None,
            identity: String::new(),
        }
    }

    fn query(after: Option<&str>) -> TrailQuery {
        let after = after.map(str::to_owned);
        TrailQuery { of: Traced::Key("AKIA".into()), region: "eu-west-1".into(), since: None, after }
    }

    fn page(events: Vec<TrailEvent>, next: Option<&str>) -> Reading<TrailPage> {
        Reading::Known { value: TrailPage { events, next: next.map(str::to_owned) }, at: NOON }
    }

    #[test]
    fn ten_thousand_different_events_use_bounded_memory() {
        let mut trace = Trace::default();
        for n in 0..200 {
            let events = (0..50).map(|i| event(&format!("Call{n}x{i}"), &format!("10.0.{n}.{i}"), "x")).collect();
            let (after, next) = (format!("{n}"), format!("{}", n + 1));
            trace.take(&query((n > 0).then_some(after.as_str())), &page(events, (n < 199).then_some(next.as_str())));
        }
        assert_eq!((trace.events, trace.uses.len(), trace.senders.len()), (10_000, MAX_USES, MAX_SENDERS));
        assert_eq!((trace.uses_beyond, trace.senders_beyond), (9_600, 9_800), "what has no room is still counted");
        assert_eq!(trace.regions["eu-west-1"].ended, Some(Ok(NOON)));
    }

    #[test]
    fn of_root_the_newest_events_are_kept_whatever_region_they_come_from_and_older_ones_are_counted() {
        let mut trace = Trace::default();
        let long = "x".repeat(10_000);
        for (n, region) in ["us-east-1", "eu-west-1", "ap-south-1"].into_iter().enumerate() {
            let at = |i: i64| NOON - time::Duration::minutes(3 * i + n as i64);
            let events =
                (0..100).map(|i| TrailEvent { at: at(i), ..event(&long, "1.2.3.4", "app/lockroot") }).collect();
            let query = TrailQuery { of: Traced::Root, region: region.into(), ..query(None) };
            trace.take(&query, &page(events, None));
        }
        assert_eq!((trace.newest.len(), trace.listed), (MAX_EVENTS, 300));
        assert!(trace.newest.is_sorted_by(|one, next| one.at >= next.at));
        assert_eq!(trace.newest[MAX_EVENTS - 1].at, NOON - time::Duration::minutes(199));
        assert!(trace.newest.iter().all(|event| event.name.chars().count() == MAX_TEXT_LEN));
        let mut trace = Trace::default();
        trace.take(&query(None), &page(vec![event("A", "1.2.3.4", "x")], None));
        assert!(trace.newest.is_empty(), "of a key none");
        let own = |name: &str| event(name, "1.2.3.4", "app/lockroot");
        let events = vec![own("ListUsers"), own("GetAccountSummary"), own("DeleteUser"), own("CreateAccessKey")];
        trace.take(&TrailQuery { of: Traced::Root, region: "us-east-1".into(), ..query(None) }, &page(events, None));
        let names: Vec<&str> = trace.newest.iter().map(|event| event.name.as_str()).collect();
        assert_eq!(names, ["DeleteUser", "CreateAccessKey"], "whoever sends this program's name can't hide a change");
    }

    #[test]
    fn a_page_counts_once_and_in_order() {
        let mut trace = Trace::default();
        let first = page(vec![event("A", "1.2.3.4", "aws-cli/2.15.0 Python/3")], Some("t"));
        trace.take(&query(None), &first);
        trace.take(&query(None), &first);
        assert_eq!(trace.events, 1, "asked twice, counted once");
        trace.take(&query(Some("t")), &page(vec![event("A", "1.2.3.4", "aws-cli/2.15.0 md/x")], Some("t")));
        assert_eq!(trace.events, 2);
        assert!(trace.regions["eu-west-1"].ended.is_some(), "a token that leads back to itself ends the Region");
        assert_eq!(trace.senders.len(), 1, "one program from one address");
    }

    #[test]
    fn lockroots_own_calls_are_counted_separately() {
        let mut trace = Trace::default();
        let own = event("ListUsers", "1.2.3.4", "aws-sdk-rust/1.3 os/linux app/lockroot md/x");
        trace.take(&query(None), &page(vec![own, event("ListUsers", "1.2.3.4", "myapp/lockrooted")], None));
        assert_eq!((trace.own.count, trace.events), (1, 1));
    }

    #[test]
    fn throttled_lookups_wait_and_a_denial_ends_them() {
        let failed = |fault| Reading::Failed(Failure::new(fault, "cloudtrail:LookupEvents", "no"));
        let mut trace = Trace::default();
        for _ in 0..MAX_THROTTLED {
            trace.take(&query(None), &failed(Fault::Throttled));
            assert_eq!(trace.regions["eu-west-1"].ended, None);
        }
        trace.take(&query(None), &failed(Fault::Throttled));
        assert_eq!(trace.unreadable().count(), 1, "not for ever");
        let mut trace = Trace::default();
        trace.take(&query(None), &failed(Fault::AccessDenied));
        assert_eq!(trace.unreadable().map(|(region, _)| region).collect::<Vec<_>>(), ["eu-west-1"]);
    }
}
