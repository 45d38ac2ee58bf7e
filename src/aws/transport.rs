//! The HTTP client for the real AWS: TLS by rustls with ring, proxies from `HTTPS_PROXY` and similar variables, and
//! `AWS_CA_BUNDLE`.

use aws_smithy_async::rt::sleep::TokioSleep;
use aws_smithy_http_client::proxy::ProxyConfig;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::tls::{Provider, TlsContext, TrustStore};
use aws_smithy_http_client::{Builder, Connector};
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::{self, PemObject};

use super::bounded::bounded;
use super::credentials::SIGN_IN;
use crate::account::{Failure, Fault};

/// A client with this proxy and these trusted certificates.
pub(super) fn http_client(proxy: ProxyConfig, trust: TlsContext) -> SharedHttpClient {
    // The builder's plain `build_https` supports no proxies; the SDK's own default client is built like this
    // (aws-smithy-runtime, client::http).
    bounded(Builder::new().build_with_connector_fn(move |settings, _| {
        let mut connector = Connector::builder().sleep_impl(TokioSleep::new()).proxy_config(proxy.clone());
        connector.set_connector_settings(settings.cloned());
        connector.tls_provider(Provider::Rustls(CryptoMode::Ring)).tls_context(trust.clone()).build()
    }))
}

/// The trusted certificates: the system's, or only those of `bundle`, as in the AWS CLI's `AWS_CA_BUNDLE`.
///
/// # Errors
/// The bundle is unreadable or has no certificate, or one of its certificates is truncated or invalid.
pub(super) fn trust(bundle: Option<&str>) -> Result<TlsContext, Failure> {
    let store = match bundle.filter(|path| !path.is_empty()) {
        None => TrustStore::default(),
        Some(path) => TrustStore::empty().with_pem_certificate(certificates(path)?),
    };
    TlsContext::builder()
        .with_trust_store(store)
        .build()
        .map_err(|error| Failure::new(Fault::UnusableBundle, SIGN_IN, super::failures::plain(&error)))
}

/// Reads the bundle and checks every entry with the TLS library, which would panic on an unreadable one.
fn certificates(path: &str) -> Result<Vec<u8>, Failure> {
    let unusable = |why: String| Failure::new(Fault::UnusableBundle, SIGN_IN, format!("AWS_CA_BUNDLE {path}: {why}"));
    let is_file = std::fs::metadata(path).map_err(|error| unusable(error.to_string()))?.is_file();
    if !is_file {
        return Err(unusable("it is not a file".into()));
    }
    let pem = std::fs::read(path).map_err(|error| unusable(error.to_string()))?;
    let mut roots = RootCertStore::empty();
    for (place, entry) in (1..).zip(CertificateDer::pem_slice_iter(&pem)) {
        let entry = entry.map_err(|error| unusable(format!("certificate {place} in it {}", in_words(&error))))?;
        roots.add(entry).map_err(|error| unusable(format!("certificate {place} in it can't be used: {error}")))?;
    }
    if roots.is_empty() { Err(unusable("there is no PEM certificate in it".into())) } else { Ok(pem) }
}

/// Describes a bad entry; the library prints bytes as numbers.
fn in_words(error: &pem::Error) -> String {
    match error {
        pem::Error::MissingSectionEnd { .. } => "is cut off: its END line is missing".into(),
        pem::Error::IllegalSectionStart { line } => {
            format!("has a broken BEGIN line: {}", String::from_utf8_lossy(line).trim())
        }
        error => format!("can't be read: {error}"),
    }
}
