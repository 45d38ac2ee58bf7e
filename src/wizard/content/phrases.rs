//! Times, numbers and counts in words.

use std::time::Duration;

use crate::account::Timestamp;
use crate::account::age::age;
use crate::wizard::watch::Watch;

/// The time of day in UTC.
pub(crate) fn clock(moment: Timestamp) -> String {
    format!("{:02}:{:02}:{:02} UTC", moment.hour(), moment.minute(), moment.second())
}

/// How often a watch read AWS, and when it reads next. `reading`: a read is pending.
pub(crate) fn looks(watch: &Watch, reading: bool, now: Timestamp) -> String {
    let looks = count(watch.polls as usize, "read", "reads");
    if reading {
        return format!("{looks}, reading now…");
    }
    format!("{looks}, next in {} s", (watch.next - now).whole_seconds().max(0))
}

/// How long AWS has been watched, how often it was asked, and when it is asked next.
pub(crate) fn watching(watch: &Watch, reading: bool, now: Timestamp) -> String {
    let since = match age(watch.since, now).as_str() {
        "now" => format!("{} s", (now - watch.since).whole_seconds().max(0)),
        age => age.to_owned(),
    };
    format!("Watching AWS for {since}, {}", looks(watch, reading, now))
}

/// An account's number as the console writes it: `1234-5678-9012`.
pub(crate) fn account_number(account: &str) -> String {
    match (account.get(..4), account.get(4..8), account.get(8..)) {
        (Some(first), Some(second), Some(third)) if account.len() == 12 => format!("{first}-{second}-{third}"),
        _ => account.to_owned(),
    }
}

/// A count with its noun, singular or plural.
pub(crate) fn count(count: usize, one: &str, many: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {many}") }
}

/// A duration in its two largest units: `30 s`, `4 h`, `91 d 4 h`.
pub(crate) fn span(length: Duration) -> String {
    let seconds = length.as_secs();
    let units = [(seconds / 86_400, "d"), (seconds / 3600 % 24, "h"), (seconds / 60 % 60, "min"), (seconds % 60, "s")];
    let said = units.iter().filter(|(count, _)| *count > 0).take(2).map(|(count, unit)| format!("{count} {unit}"));
    said.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wizard::pages::clock::LEAPS;

    #[test]
    fn a_span_is_written_in_its_two_largest_units() {
        let said = LEAPS.map(|(_, length)| span(length));
        assert_eq!(said, ["30 s", "1 h", "4 h", "1 d", "90 d"]);
        assert_eq!(span(Duration::from_secs(86_400 * 91 + 3 * 3600 + 61)), "91 d 3 h");
        assert_eq!(span(Duration::from_secs(3690)), "1 h 1 min");
    }
}
