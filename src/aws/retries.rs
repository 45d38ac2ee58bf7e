//! Decides when the SDK may retry a request: a read whenever that helps, a change only if it can't have happened.

use std::error::Error;
use std::time::Duration;

use aws_smithy_runtime_api::client::interceptors::context::InterceptorContext;
use aws_smithy_runtime_api::client::retries::classifiers::{
    ClassifyRetry, RetryAction, RetryClassifierPriority, RetryReason,
};
use aws_smithy_types::retry::{ErrorKind, RetryConfig};
use aws_smithy_types::timeout::TimeoutConfig;

/// Four attempts with exponential backoff.
pub(super) fn retries() -> RetryConfig {
    RetryConfig::standard().with_max_attempts(4)
}

/// IAM answers in well under a second; a person waits, so a connection gets 5 s, an attempt 15 s and all attempts 60 s.
pub(super) fn timeouts() -> TimeoutConfig {
    TimeoutConfig::builder()
        .connect_timeout(Duration::from_secs(5))
        .operation_attempt_timeout(Duration::from_secs(15))
        .operation_timeout(Duration::from_secs(60))
        .build()
}

/// For what is asked in many regions: one that a firewall keeps silent about must not hold up all others for long. A connection
/// gets 3 s, an attempt 8 s and all attempts 15 s; the farthest region answers within a second.
pub(super) fn regional_timeouts() -> TimeoutConfig {
    TimeoutConfig::builder()
        .connect_timeout(Duration::from_secs(3))
        .operation_attempt_timeout(Duration::from_secs(8))
        .operation_timeout(Duration::from_secs(15))
        .build()
}

/// Forbids every repetition of a change but two: AWS throttled it, or no connection was ever made.
///
/// The SDK's own rules repeat after timeouts, resets and 5xx too. A creation that did happen would then come back as
/// `EntityAlreadyExists`, and an access key or a seed that was told only once would be lost without a word.
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
            RetryAction::NoActionIndicated // as the others said
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

/// Whether `error` says that no connection was made (name not found, refused, TLS), so that nothing was sent.
pub(super) fn never_connected(error: &(dyn Error + 'static)) -> bool {
    causes(error)
        .any(|cause| cause.downcast_ref::<hyper_util::client::legacy::Error>().is_some_and(|error| error.is_connect()))
}

/// `error` and what caused it, outermost first.
pub(super) fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| error.source())
}
