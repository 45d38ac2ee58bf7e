//! Time as the SDK has it and as the program has it. Requests are signed by the program's clock, so that practice can set it.

use std::time::SystemTime;

use aws_smithy_async::time::TimeSource;
use aws_smithy_types::DateTime;

use crate::account::Timestamp;
use crate::clock::Clock;

impl TimeSource for Clock {
    fn now(&self) -> SystemTime {
        Clock::now(self).into()
    }
}

/// A moment that AWS answered. The SDK fills a missing date that the model requires with the epoch: that one is absent.
pub(super) fn moment(date: &DateTime) -> Option<Timestamp> {
    (date.secs() != 0).then(|| Timestamp::from_unix_timestamp_nanos(date.as_nanos()).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_epoch_is_no_date() {
        assert_eq!(moment(&DateTime::from_secs(0)), None);
        assert_eq!(moment(&DateTime::from_secs(1_700_000_000)).map(Timestamp::unix_timestamp), Some(1_700_000_000));
    }
}
