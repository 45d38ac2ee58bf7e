//! A person's word that a control may fail for now: why, who answers for it, and until when.

use time::Date;

use crate::account::Timestamp;

/// One suppression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppression {
    /// The control's id.
    pub id: String,
    /// Why it is accepted.
    pub reason: String,
    /// Who answers for it.
    pub owner: String,
    /// The last day on which it holds, in UTC.
    pub until: Date,
}

impl Suppression {
    /// Whether it holds no longer at `now`.
    #[must_use]
    pub fn is_expired(&self, now: Timestamp) -> bool {
        now.to_offset(time::UtcOffset::UTC).date() > self.until
    }
}

#[cfg(test)]
mod tests {
    use time::macros::{date, datetime};

    use super::*;

    #[test]
    fn it_holds_to_the_end_of_its_last_day() {
        let of = |until| Suppression { id: "root-mfa".into(), reason: "r".into(), owner: "o".into(), until };
        let now = datetime!(2026-11-21 23:59 UTC);
        assert!(!of(date!(2026 - 11 - 21)).is_expired(now));
        assert!(of(date!(2026 - 11 - 20)).is_expired(now));
        assert!(!of(date!(2026 - 11 - 22)).is_expired(now));
    }
}
