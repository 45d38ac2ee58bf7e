//! Formats spans of time for people.

use super::Timestamp;

/// The time from `moment` to `now`: `3 y`, `5 mo`, `12 d`, `4 h`, `7 min`, `now`.
#[must_use]
pub fn age(moment: Timestamp, now: Timestamp) -> String {
    let seconds = (now - moment).whole_seconds().max(0);
    let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86_400);
    match () {
        () if days >= 730 => format!("{} y", days / 365),
        () if days >= 60 => format!("{} mo", days / 30),
        () if days >= 1 => format!("{days} d"),
        () if hours >= 1 => format!("{hours} h"),
        () if minutes >= 1 => format!("{minutes} min"),
        () => "now".into(),
    }
}

/// The same in the past: `3 y ago`, `just now`.
#[must_use]
pub fn ago(moment: Timestamp, now: Timestamp) -> String {
    match age(moment, now).as_str() {
        "now" => "just now".into(),
        age => format!("{age} ago"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_is_written_in_its_largest_fitting_unit() {
        let now = time::macros::datetime!(2026-11-21 12:00 UTC);
        for (seconds, words) in [
            (0, "now"),
            (59, "now"),
            (61, "1 min"),
            (7200, "2 h"),
            (86_400 * 59, "59 d"),
            (86_400 * 61, "2 mo"),
            (86_400 * 365 * 3, "3 y"),
            (-5, "now"),
        ] {
            assert_eq!(age(now - time::Duration::seconds(seconds), now), words);
        }
        assert_eq!(ago(now, now), "just now");
    }
}
