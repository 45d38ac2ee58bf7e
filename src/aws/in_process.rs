//! The SDK's HTTP client over an in-process [`wire::Endpoint`](crate::wire::Endpoint): real requests and responses,
//! no socket.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;

use crate::wire::{Endpoint, EndpointReply};

/// An HTTP client for SDK configurations: `Config::builder().http_client(InProcess::new(endpoint))`.
#[derive(Clone)]
pub struct InProcess(Arc<dyn Endpoint>);

impl InProcess {
    /// A client whose requests all go to `endpoint`, whatever their host.
    #[must_use]
    pub fn new(endpoint: Arc<dyn Endpoint>) -> Self {
        Self(endpoint)
    }
}

impl fmt::Debug for InProcess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InProcess")
    }
}

impl HttpClient for InProcess {
    fn http_connector(&self, settings: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(Connector { endpoint: Arc::clone(&self.0), patience: settings.read_timeout() })
    }
}

/// One client's connection to the endpoint, with its own read timeout.
struct Connector {
    endpoint: Arc<dyn Endpoint>,
    patience: Option<Duration>,
}

impl fmt::Debug for Connector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connector").field("patience", &self.patience).finish_non_exhaustive()
    }
}

impl HttpConnector for Connector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let endpoint = Arc::clone(&self.endpoint);
        let patience = self.patience;
        HttpConnectorFuture::new(async move {
            let exchange = exchange(endpoint.as_ref(), request);
            match patience {
                None => exchange.await,
                Some(patience) => tokio::time::timeout(patience, exchange)
                    .await
                    .unwrap_or_else(|elapsed| Err(ConnectorError::timeout(elapsed.into()))),
            }
        })
    }
}

async fn exchange(endpoint: &dyn Endpoint, request: HttpRequest) -> Result<HttpResponse, ConnectorError> {
    let request = request.try_into_http1x().map_err(|error| ConnectorError::user(error.into()))?;
    let (parts, body) = request.into_parts();
    let body = body.bytes().ok_or_else(|| ConnectorError::user("a streaming body can't be sent in process".into()))?;
    match endpoint.answer(http::Request::from_parts(parts, body.to_vec())).await {
        EndpointReply::Answer(response) => arrived(response),
        EndpointReply::Late(by, response) => {
            tokio::time::sleep(by).await;
            arrived(response)
        }
        EndpointReply::Reset => Err(ConnectorError::io("connection reset by peer".into())),
        EndpointReply::Silence => std::future::pending().await,
    }
}

fn arrived(response: http::Response<Vec<u8>>) -> Result<HttpResponse, ConnectorError> {
    if is_cut_off(&response) {
        // The message of an HTTP client whose connection ends before the body.
        return Err(ConnectorError::io("end of file before message length reached".into()));
    }
    HttpResponse::try_from(response.map(SdkBody::from)).map_err(|error| ConnectorError::other(error.into(), None))
}

/// Whether the body is shorter than `content-length` says.
fn is_cut_off(response: &http::Response<Vec<u8>>) -> bool {
    let promised = response.headers().get(http::header::CONTENT_LENGTH).and_then(|length| length.to_str().ok());
    promised.and_then(|length| length.parse().ok()).is_some_and(|length: usize| response.body().len() < length)
}
