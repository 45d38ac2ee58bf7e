//! How many cases to run: all with `LOCKROOT_CASES=full`, else a representative part.

use proptest::test_runner::Config;

/// Whether all cases run.
pub fn are_full() -> bool {
    std::env::var("LOCKROOT_CASES").is_ok_and(|cases| cases == "full")
}

/// A property with `quick` or `full` cases; `PROPTEST_CASES` overrides both. Failures are not written to files.
pub fn property(quick: u32, full: u32) -> Config {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|count| count.parse().ok());
    let cases = asked.unwrap_or(if are_full() { full } else { quick });
    Config { cases, failure_persistence: None, ..Config::default() }
}

/// All `places` in a full run, else the first, the last and every third.
pub fn places(places: std::ops::Range<usize>) -> Vec<usize> {
    let last = places.end.saturating_sub(1);
    places.filter(|place| are_full() || place % 3 == 0 || *place == last).collect()
}

/// Each call with each kind in a full run, else each call with one kind, in turn.
pub fn pairs<'a, K: Copy>(calls: &[&'a str], kinds: &[K]) -> Vec<(&'a str, K)> {
    let is_tried = |call: usize, kind: usize| are_full() || call % kinds.len() == kind;
    let all = calls
        .iter()
        .enumerate()
        .flat_map(|(i, call)| kinds.iter().enumerate().map(move |(j, kind)| (i, j, *call, *kind)));
    all.filter(|(i, j, ..)| is_tried(*i, *j)).map(|(.., call, kind)| (call, kind)).collect()
}
