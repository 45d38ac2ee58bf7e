//! An HTTP client that sends every request to one endpoint. The SDK's providers for SSO and login sessions accept
//! no endpoint; their requests carry a token and no signature, so they may be redirected.

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;

/// A client that redirects requests and passes them to another client.
#[derive(Debug)]
pub(super) struct Redirect {
    http: Option<SharedHttpClient>,
    url: String,
}

impl Redirect {
    /// Sends through `http` to `url`.
    pub fn new(http: Option<SharedHttpClient>, url: &str) -> Self {
        Self { http, url: url.to_owned() }
    }
}

impl HttpClient for Redirect {
    fn http_connector(&self, settings: &HttpConnectorSettings, components: &RuntimeComponents) -> SharedHttpConnector {
        let inner = self.http.as_ref().map(|http| http.http_connector(settings, components));
        SharedHttpConnector::new(Connector { inner, url: self.url.clone() })
    }
}

#[derive(Debug)]
struct Connector {
    inner: Option<SharedHttpConnector>,
    url: String,
}

impl HttpConnector for Connector {
    fn call(&self, mut request: HttpRequest) -> HttpConnectorFuture {
        let failed = |why: &str| HttpConnectorFuture::ready(Err(ConnectorError::user(why.into())));
        if let Err(error) = request.uri_mut().set_endpoint(&self.url) {
            return failed(&error.to_string());
        }
        match &self.inner {
            Some(inner) => inner.call(request),
            None => failed("there is no HTTP client"),
        }
    }
}
