//! Converts between the SDK's and the program's timestamps. Requests are signed with this machine's clock, which
//! the SDK corrects from AWS's answers.

use std::time::SystemTime;

use aws_smithy_async::time::TimeSource;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;

use crate::account::Timestamp;
use crate::clock::Clock;

impl TimeSource for Clock {
    fn now(&self) -> SystemTime {
        Clock::ticking(self).into()
    }
}

/// A time from AWS. The SDK fills a missing required date with the epoch, which counts as absent.
pub(super) fn moment(date: &DateTime) -> Option<Timestamp> {
    (date.secs() != 0).then(|| Timestamp::from_unix_timestamp_nanos(date.as_nanos()).ok()).flatten()
}

/// AWS's time from the `Date` header (RFC 9110, to a second). A cached answer is stale (RFC 9111).
pub(super) fn date_of(response: &HttpResponse) -> Option<Timestamp> {
    let headers = response.headers();
    let date = headers.get("date").filter(|_| headers.get("age").is_none())?;
    moment(&DateTime::from_str(date, Format::HttpDate).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_epoch_counts_as_no_date() {
        assert_eq!(moment(&DateTime::from_secs(0)), None);
        assert_eq!(moment(&DateTime::from_secs(1_700_000_000)).map(Timestamp::unix_timestamp), Some(1_700_000_000));
    }
}
