//! An HTTP client that reads each answer completely, up to a maximum size, before anyone uses it. An endless answer
//! cannot fill the memory.

use std::fmt;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::connector_metadata::ConnectorMetadata;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::{RuntimeComponents, RuntimeComponentsBuilder};
use aws_smithy_runtime_api::shared::IntoShared;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::ConfigBag;
use http_body_util::{BodyExt, LengthLimitError, Limited};

const KIB: usize = 1024;
const MIB: usize = 1024 * KIB;

/// Size limit of an answer, except for the calls in [`OTHERS`].
const MAX_ANSWER_BYTES: usize = 2 * MIB;

/// Limits of other calls, by the name in their requests. Large: a thousand users with their policies, five thousand
/// report lines in base64, fifty events of up to 256 KiB. Small: `GetCallerIdentity` answers three lines, so a wrong
/// endpoint is detected early.
const OTHERS: [(&str, usize); 4] = [
    ("Action=GetCallerIdentity", 64 * KIB),
    ("Action=GetAccountAuthorizationDetails", 32 * MIB),
    ("Action=GetCredentialReport", 16 * MIB),
    ("CloudTrail_20131101.LookupEvents", 14 * MIB),
];

/// Size limit in bytes of the answer to `request`.
fn limit_of(request: &HttpRequest) -> usize {
    let body = request.body().bytes().and_then(|body| std::str::from_utf8(body).ok()).unwrap_or_default();
    let target = request.headers().get("x-amz-target").unwrap_or_default();
    let is_call = |call: &str| target.ends_with(call) || body.split('&').any(|pair| pair == call);
    OTHERS.iter().find(|(call, _)| is_call(call)).map_or(MAX_ANSWER_BYTES, |(_, limit)| *limit)
}

/// The answer exceeded its size limit in bytes.
#[derive(Debug)]
pub(super) struct TooLarge(usize);

impl fmt::Display for TooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (number, unit) = if self.0 < MIB { (self.0 / KIB, "KiB") } else { (self.0 / MIB, "MiB") };
        write!(f, "more than {number} {unit} came, which no answer to this call has; the rest was not read")
    }
}

impl std::error::Error for TooLarge {}

/// Wraps `inner` so that each answer has a size limit.
pub(super) fn bounded(inner: impl IntoShared<SharedHttpClient>) -> SharedHttpClient {
    SharedHttpClient::new(Bounded(inner.into_shared()))
}

#[derive(Debug)]
struct Bounded(SharedHttpClient);

impl HttpClient for Bounded {
    fn http_connector(&self, settings: &HttpConnectorSettings, parts: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(Reading(self.0.http_connector(settings, parts)))
    }

    fn validate_base_client_config(&self, parts: &RuntimeComponentsBuilder, cfg: &ConfigBag) -> Result<(), BoxError> {
        self.0.validate_base_client_config(parts, cfg)
    }

    fn validate_final_config(&self, parts: &RuntimeComponents, cfg: &ConfigBag) -> Result<(), BoxError> {
        self.0.validate_final_config(parts, cfg)
    }

    fn connector_metadata(&self) -> Option<ConnectorMetadata> {
        self.0.connector_metadata()
    }
}

#[derive(Debug)]
struct Reading(SharedHttpConnector);

impl HttpConnector for Reading {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let limit = limit_of(&request);
        let answer = self.0.call(request);
        HttpConnectorFuture::new(async move { whole(answer.await?, limit).await })
    }
}

/// Reads the body of `response` into memory. A declared `content-length` above the limit fails at once.
async fn whole(mut response: HttpResponse, limit: usize) -> Result<HttpResponse, ConnectorError> {
    let too_large = || ConnectorError::other(TooLarge(limit).into(), None);
    let said = response.headers().get("content-length").and_then(|length| length.parse::<u64>().ok());
    if said.is_some_and(|length| length > limit as u64) {
        return Err(too_large());
    }
    match Limited::new(response.take_body(), limit).collect().await {
        Ok(body) => {
            *response.body_mut() = SdkBody::from(body.to_bytes());
            Ok(response)
        }
        Err(error) if error.is::<LengthLimitError>() => Err(too_large()),
        Err(error) => Err(ConnectorError::io(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(target: Option<&str>, body: &'static str) -> HttpRequest {
        let mut request = http::Request::builder().uri("http://x/");
        if let Some(target) = target {
            request = request.header("x-amz-target", target);
        }
        HttpRequest::try_from(request.body(SdkBody::from(body)).unwrap()).unwrap()
    }

    #[test]
    fn the_size_limit_of_an_answer_depends_on_the_call() {
        assert_eq!(limit_of(&request(None, "Action=GetCallerIdentity&Version=2011-06-15")), 64 * KIB);
        assert_eq!(
            limit_of(&request(None, "Action=GetAccountSummary&X=Action%3DGetCredentialReport")),
            MAX_ANSWER_BYTES
        );
        let target = "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents";
        assert_eq!(limit_of(&request(Some(target), "{}")), 14 * MIB);
    }

    #[tokio::test]
    async fn an_answer_that_is_too_large_is_refused() {
        let response = |length: usize| {
            let response = http::Response::new(SdkBody::from(vec![b'x'; length]));
            HttpResponse::try_from(response).unwrap()
        };
        assert!(whole(response(10), 10).await.is_ok_and(|answer| answer.body().bytes().is_some_and(|b| b.len() == 10)));
        let error = whole(response(11), 10).await.unwrap_err();
        assert!(error.to_string().len() > 3 && format!("{error:?}").contains("TooLarge"), "{error:?}");
    }
}
