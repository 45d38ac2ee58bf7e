//! Formats timestamps.

pub mod exact;

use time::format_description::well_known::Rfc3339;

use super::Timestamp;

/// UTC to the second, as AWS and RFC 3339 write it: `2026-11-21T20:31:08Z`. Empty for years beyond 9999.
#[must_use]
pub fn rfc3339(moment: Timestamp) -> String {
    let moment = moment.to_offset(time::UtcOffset::UTC);
    moment.replace_nanosecond(0).unwrap_or(moment).format(&Rfc3339).unwrap_or_default()
}

/// The UTC date: `2026-11-21`.
#[must_use]
pub fn day(moment: Timestamp) -> String {
    rfc3339(moment).chars().take(10).collect()
}

/// UTC date and minute: `2026-11-21 20:31`.
#[must_use]
pub fn minute(moment: Timestamp) -> String {
    rfc3339(moment).replace('T', " ").chars().take(16).collect()
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn times_are_written_in_utc_and_to_the_second() {
        assert_eq!(rfc3339(datetime!(2026-11-21 22:31:08.999 +2)), "2026-11-21T20:31:08Z");
        assert_eq!(day(datetime!(2026-11-21 23:31:08 -2)), "2026-11-22");
        assert_eq!(minute(datetime!(2026-11-21 22:31:08 UTC)), "2026-11-21 22:31");
        assert_eq!(rfc3339(datetime!(0007-01-02 03:04:05 UTC)), "0007-01-02T03:04:05Z");
    }
}
