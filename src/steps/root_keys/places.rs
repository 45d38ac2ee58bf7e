//! The Regions in which to look for a key's use, likeliest first. Pure.

use crate::account::{Facts, Partition, Traced};

/// Number of Regions that a watch reads each time.
const WATCHED: usize = 4;

/// All Regions that may have events: the home Region (global services write there), the Region of the last use, and the
/// enabled ones that AWS lists.
#[must_use]
pub fn regions(facts: &Facts, of: &Traced) -> Vec<String> {
    let partition = facts.caller.known().map_or(Partition::Commercial, |caller| caller.partition());
    let mut regions = vec![partition.home_region().to_owned()];
    let used = of.key().and_then(|key| facts.key(key)).and_then(|key| key.last_used.known()?.as_ref());
    // "N/A" and "aws-global" are not Regions.
    regions.extend(used.map(|used| used.region.clone()).filter(|region| is_region(region)));
    regions.extend(facts.regions.known().into_iter().flatten().cloned());
    let mut once: Vec<String> = Vec::new();
    for region in regions {
        if !once.contains(&region) {
            once.push(region);
        }
    }
    once
}

/// The few Regions in which a watch looks for further attempts: those where the key was used.
#[must_use]
pub fn watched_regions(facts: &Facts, key: &str) -> Vec<String> {
    let of = Traced::Key(key.to_owned());
    let mut watched = regions(facts, &of);
    let trace = facts.traces.get(&of);
    let seen = |region: &String| {
        trace.is_some_and(|trace| trace.uses.values().any(|tally| tally.regions.seen.contains_key(region)))
    };
    let unknown = usize::from(watched.len() > 1) + 1;
    let (mut first, rest) = (watched.drain(..unknown).collect::<Vec<_>>(), watched);
    first.extend(rest.into_iter().filter(seen));
    first.truncate(WATCHED);
    first
}

fn is_region(name: &str) -> bool {
    name.split('-').count() >= 3 && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}
