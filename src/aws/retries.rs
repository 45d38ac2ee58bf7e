//! Decides when the SDK may retry a request: a read whenever it helps, a change only if it cannot have happened.

use std::error::Error;
use std::time::Duration;

use aws_smithy_runtime_api::client::interceptors::context::InterceptorContext;
use aws_smithy_runtime_api::client::retries::classifiers::{
    ClassifyRetry, RetryAction, RetryClassifierPriority, RetryReason,
};
use aws_smithy_types::retry::{ErrorKind, RetryConfig};
use aws_smithy_types::timeout::TimeoutConfig;

pub(super) fn retries() -> RetryConfig {
    RetryConfig::standard().with_max_attempts(4)
}

/// IAM answers in well under a second and a person waits: 5 s per connection, 15 s per attempt, 60 s in total.
pub(super) fn timeouts() -> TimeoutConfig {
    TimeoutConfig::builder()
        .connect_timeout(Duration::from_secs(5))
        .operation_attempt_timeout(Duration::from_secs(15))
        .operation_timeout(Duration::from_secs(60))
        .build()
}

/// For questions to many Regions: one that a firewall silently drops must not delay the others. 3 s per connection, 8
/// s per attempt, 15 s in total; the farthest Region answers within a second.
pub(super) fn regional_timeouts() -> TimeoutConfig {
    TimeoutConfig::builder()
        .connect_timeout(Duration::from_secs(3))
        .operation_attempt_timeout(Duration::from_secs(8))
        .operation_timeout(Duration::from_secs(15))
        .build()
}

/// Allows a retry of a change only if AWS throttled it or no connection was made.
///
/// The SDK's own rules also retry after timeouts, resets and 5xx. A creation that did happen would then fail with
/// `EntityAlreadyExists`, and an access key or seed that AWS returns only once would be lost.
#[derive(Debug)]
pub(super) struct UnlessItMayHaveHappened;

impl ClassifyRetry for UnlessItMayHaveHappened {
    fn classify_retry(&self, context: &InterceptorContext) -> RetryAction {
        self.classify_retry_v2(context, &RetryAction::NoActionIndicated)
    }

    fn classify_retry_v2(&self, context: &InterceptorContext, so_far: &RetryAction) -> RetryAction {
        let throttled = matches!(
            so_far,
            RetryAction::RetryIndicated(RetryReason::RetryableError { kind: ErrorKind::ThrottlingError, .. })
        );
        let connector = match context.output_or_error() {
            Some(Err(error)) => error.as_connector_error(),
            Some(Ok(_)) | None => None,
        };
        if throttled || connector.is_some_and(|error| never_connected(error)) {
            RetryAction::NoActionIndicated // leave it to the other classifiers
        } else {
            RetryAction::RetryForbidden
        }
    }

    fn name(&self) -> &'static str {
        "unless it may have happened"
    }

    fn priority(&self) -> RetryClassifierPriority {
        RetryClassifierPriority::run_after(RetryClassifierPriority::transient_error_classifier())
    }
}

/// Whether no connection was made (name not found, refused, TLS), so that nothing was sent.
pub(super) fn never_connected(error: &(dyn Error + 'static)) -> bool {
    causes(error)
        .any(|cause| cause.downcast_ref::<hyper_util::client::legacy::Error>().is_some_and(|error| error.is_connect()))
}

/// `error` and its causes, outermost first.
pub(super) fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| error.source())
}
