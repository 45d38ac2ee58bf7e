//! Maps SDK errors to [`Failure`]s, with one table for all calls.

use std::error::Error;

use aws_credential_types::provider::error::CredentialsError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::{DispatchFailure, SdkError};
use aws_smithy_types::error::ErrorMetadata;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use aws_types::request_id::RequestId;

use super::bounded::TooLarge;
use super::credentials;
use super::genuine::NoAnswer;
use super::retries::{causes, never_connected};
use crate::account::{Failure, Fault};

/// Maximum length in characters of lockroot's own texts in a failure. AWS's messages are never cut.
const MAX_OWN_TEXT: usize = 400;

/// Converts the error of a read.
pub(super) fn of_read<E>(action: &'static str) -> impl Fn(SdkError<E, HttpResponse>) -> Failure
where
    E: ProvideErrorMetadata + Error + 'static,
{
    move |error| failure(action, &error)
}

/// Converts the error of a change, which may have happened nonetheless.
pub(super) fn of_change<E>(action: &'static str) -> impl Fn(SdkError<E, HttpResponse>) -> Failure
where
    E: ProvideErrorMetadata + Error + 'static,
{
    move |error| Failure { may_have_happened: may_have_happened(&error), ..failure(action, &error) }
}

/// A change that happened, but whose answer lacks `field`.
pub(super) fn done_but_lacks(action: &str, field: &str) -> Failure {
    Failure { may_have_happened: true, ..Failure::lacks(action, field) }
}

fn failure<E>(action: &str, error: &SdkError<E, HttpResponse>) -> Failure
where
    E: ProvideErrorMetadata + Error + 'static,
{
    let (fault, said) = match error {
        SdkError::ServiceError(answer) => return answered(action, answer.err().meta(), answer.raw()),
        SdkError::TimeoutError(_) => (Fault::TimedOut, plain(error)),
        SdkError::DispatchFailure(dispatch) => undelivered(dispatch),
        SdkError::ResponseError(answer) => return unreadable(action, error, answer.raw()),
        _ => match credentials_error(error) {
            Some(error) => credentials::refused(error),
            None => (Fault::Invalid, plain(error)),
        },
    };
    Failure::new(fault, action, said)
}

/// AWS answered with an error document.
fn answered(action: &str, meta: &ErrorMetadata, raw: &HttpResponse) -> Failure {
    let status = raw.status().as_u16();
    let request_id = meta.request_id().or_else(|| raw.request_id()).map(str::to_owned);
    let Some(code) = meta.code().filter(|code| !code.is_empty()) else {
        return Failure { request_id, ..Failure::new(Fault::Unreadable, action, description(raw)) };
    };
    let fault = match Fault::of_code(code) {
        Fault::Other if status >= 500 => Fault::Server,
        Fault::Other if status == 429 => Fault::Throttled,
        known => known,
    };
    let said = match meta.message() {
        Some(message) if !message.is_empty() => message.to_owned(),
        _ => format!("HTTP {status} without a message"),
    };
    Failure { code: Some(code.to_owned()), request_id, ..Failure::new(fault, action, said) }
}

/// Something answered, but not in AWS's documented form.
fn unreadable(action: &str, error: &(dyn Error + 'static), raw: &HttpResponse) -> Failure {
    let broke_off = causes(error).any(|cause| cause.is::<std::io::Error>());
    let no_answer = causes(error).find_map(|cause| cause.downcast_ref::<NoAnswer>());
    let (fault, said) = match no_answer {
        Some(why) if *why != NoAnswer::NotTheDocument => (Fault::Unreadable, why.to_string()),
        None if broke_off => (Fault::Broken, plain(error)),
        _ => (Fault::Unreadable, description(raw)),
    };
    Failure { request_id: raw.request_id().map(str::to_owned), ..Failure::new(fault, action, said) }
}

/// Describes an unexpected answer without quoting it: it may be long and not from AWS.
fn description(raw: &HttpResponse) -> String {
    let kind = raw.headers().get("content-type").and_then(|kind| kind.split(';').next()).unwrap_or_default();
    let starts_as_html = raw.body().bytes().is_some_and(|body| {
        let start = String::from_utf8_lossy(&body[..body.len().min(64)]).trim_start().to_ascii_lowercase();
        start.starts_with("<!doctype html") || start.starts_with("<html")
    });
    let what = match kind {
        _ if starts_as_html => "a web page".to_owned(),
        "text/html" => "a web page".to_owned(),
        _ if raw.body().bytes().is_some_and(|body| body.trim_ascii().is_empty()) => "nothing".to_owned(),
        "" => "something that cannot be read".to_owned(),
        other => format!("something that cannot be read ({other})"),
    };
    format!("HTTP {} came with {what} instead of an answer", raw.status().as_u16())
}

/// The request did not reach AWS, or no answer came back.
fn undelivered(dispatch: &DispatchFailure) -> (Fault, String) {
    let Some(error) = dispatch.as_connector_error() else { return (Fault::Broken, "no answer came".into()) };
    if let Some(error) = credentials_error(error) {
        return credentials::refused(error);
    }
    let fault = match () {
        () if never_connected(error) => Fault::NoNetwork,
        () if dispatch.is_timeout() => Fault::TimedOut,
        () if dispatch.is_user() => Fault::Invalid,
        () if causes(error).any(|cause| cause.is::<TooLarge>()) => Fault::Unreadable,
        () => Fault::Broken,
    };
    (fault, plain(error))
}

/// Whether a failed change may have happened. In doubt it may have.
fn may_have_happened<E: ProvideErrorMetadata>(error: &SdkError<E, HttpResponse>) -> bool {
    match error {
        SdkError::ConstructionFailure(_) => false,
        SdkError::DispatchFailure(dispatch) => !dispatch
            .as_connector_error()
            .is_some_and(|error| never_connected(error) || credentials_error(error).is_some() || error.is_user()),
        SdkError::ServiceError(answer) => answer.raw().status().is_server_error() || answer.err().code().is_none(),
        _ => true,
    }
}

fn credentials_error<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a CredentialsError> {
    causes(error).find_map(|cause| cause.downcast_ref::<CredentialsError>())
}

/// Messages of the SDK's wrapper errors, which tell a person nothing.
const WRAPPINGS: [&str; 20] = [
    "an error occurred while loading credentials",
    "unexpected credentials error",
    "the credentials provider was not properly configured",
    "the credential provider was not enabled",
    "an error occurred while loading an access token",
    "unexpected access token providererror",
    "failed to construct request",
    "request has timed out",
    "dispatch failure",
    "response error",
    "service error",
    "unhandled error",
    "connector error",
    "io error",
    "timeout",
    "user error",
    "other",
    "client error (Connect)",
    "client error (SendRequest)",
    "connection error",
];

/// The useful causes of `error` on one line, outermost first, without type names.
pub(super) fn plain(error: &(dyn Error + 'static)) -> String {
    useful(error).unwrap_or_else(|| words(error))
}

/// As [`plain`]; `None` if only SDK wrappers are left.
pub(super) fn useful(error: &(dyn Error + 'static)) -> Option<String> {
    let mut useful: Vec<String> = Vec::new();
    for cause in causes(error) {
        let text = words(cause);
        if text.is_empty() || WRAPPINGS.contains(&text.as_str()) || useful.iter().any(|said| said.contains(&text)) {
            continue;
        }
        useful.push(text);
    }
    let line = useful.join(": ");
    match line.char_indices().nth(MAX_OWN_TEXT) {
        Some((end, _)) => Some(format!("{}…", &line[..end])),
        None => Some(line).filter(|line| !line.is_empty()),
    }
}

/// One cause on one line.
fn words(cause: &(dyn Error + 'static)) -> String {
    let text = match cause.downcast_ref::<ErrorMetadata>() {
        // AWS's answer to a provider; its Display prints a dump.
        Some(meta) => [meta.code(), meta.message()].into_iter().flatten().collect::<Vec<_>>().join(": "),
        None => cause.to_string(),
    };
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    text.strip_prefix("ProfileFile provider could not be built: ").map(str::to_owned).unwrap_or(text)
}
