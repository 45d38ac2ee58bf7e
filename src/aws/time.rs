//! Time as the SDK has it and as the program has it. Requests are signed by the program's clock, so that practice can set it.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use aws_smithy_async::time::TimeSource;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::BeforeDeserializationInterceptorContextRef;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::DateTime;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::date_time::Format;

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

/// Listens to one call for what AWS's clock says: the `Date` of its answer (RFC 9110, to a second).
#[derive(Debug, Clone, Default)]
pub(super) struct AwsClock(Arc<Mutex<Option<Timestamp>>>);

impl AwsClock {
    /// What it said, if there was an answer with a date.
    pub(super) fn answered(&self) -> Option<Timestamp> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[aws_smithy_runtime_api::client::interceptors::dyn_dispatch_hint]
impl Intercept for AwsClock {
    fn name(&self) -> &'static str {
        "AwsClock"
    }

    fn read_before_deserialization(
        &self,
        context: &BeforeDeserializationInterceptorContextRef<'_>,
        _runtime_components: &RuntimeComponents,
        _cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let date = context.response().headers().get("date");
        let date = date.and_then(|date| DateTime::from_str(date, Format::HttpDate).ok());
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = date.as_ref().and_then(moment);
        Ok(())
    }
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
