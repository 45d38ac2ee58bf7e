//! Examines what lies between lockroot and AWS: the AWS files, the trusted certificates and, if asked, whether AWS
//! answers. Reads no secret and signs nothing.

use aws_smithy_runtime::client::orchestrator::operation::Operation;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse, OrchestratorError};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::error::ErrorMetadata;
use aws_types::os_shim_internal::{Env, Fs};
use aws_types::request_id::RequestId;

use super::connect::{Target, chain_to, named_bundle, trusted};
use super::failures::of_read;
use super::plain::STS;
use super::retries::regional_timeouts;
use super::shared_config::Shared;
use super::time::date_of;
use crate::account::{Failure, Timestamp};
use crate::clock::Clock;

/// The action named in failures of the probe.
const CLOCK_PROBE: &str = "sts:GetCallerIdentity";

/// Results that need no call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Surroundings {
    /// Unreadable AWS files and unusable profiles, each with the reason.
    pub unreadable: Vec<String>,
    /// Ignored lines and files, each with the reason.
    pub passed_over: Vec<String>,
    /// The trusted CA certificates, or why they cannot be used.
    pub certificates: Result<Trusted, String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trusted {
    /// The number of certificates in the system's store.
    OfSystem(usize),
    /// Only those of a bundle; its setting and path.
    Named(String),
}

/// Counts the system's CA certificates as the SDK loads them.
fn system_certificates() -> Result<Trusted, String> {
    let found = rustls_native_certs::load_native_certs();
    let errors: Vec<String> = found.errors.iter().map(ToString::to_string).collect();
    match (found.certs.len(), errors.is_empty()) {
        (0, true) => Err("this system has none".into()),
        (0, false) => Err(errors.join("; ")),
        (count, _) => Ok(Trusted::OfSystem(count)),
    }
}

/// Examines the machine without any call.
pub async fn surroundings(target: &Target) -> Surroundings {
    let env = Env::real();
    let shared = Shared::load(&env, &Fs::real()).await;
    let mut unreadable = shared.unreadable.clone();
    unreadable.extend(shared.profiles().filter_map(|profile| profile.verify().err()).map(|failure| failure.message));
    let passed_over = shared.passed_over.clone();
    let selected = match shared.select(target.profile.as_deref(), &env) {
        Ok(selected) => selected,
        Err(failure) => {
            // The message also names what could not be read.
            let unreadable = vec![failure.message];
            return Surroundings { unreadable, passed_over, certificates: system_certificates() };
        }
    };
    let certificates = match (trusted(&selected, &env), named_bundle(&selected, &env)) {
        (Err(failure), _) => Err(failure.message),
        (Ok(_), Some((place, path))) => Ok(Trusted::Named(format!("{place} {path}"))),
        (Ok(_), None) => system_certificates(),
    };
    Surroundings { unreadable, passed_over, certificates }
}

/// Sends one unsigned request to STS, which refuses it, and passes the answer's time to `clock`. Returns the URL.
///
/// # Errors
/// No answer came, or it was not from AWS.
pub async fn probe(target: &Target, clock: &Clock) -> Result<String, Failure> {
    let (env, fs) = (Env::real(), Fs::real());
    let shared = Shared::load(&env, &fs).await;
    let selected = shared.select(target.profile.as_deref(), &env)?;
    let chain = chain_to(target, &shared, &selected, clock).await?;
    let region = chain.config.region().map(ToString::to_string).unwrap_or_default();
    let url = STS.url(&chain.config, &region);
    let mut operation = Operation::builder()
        .service_name("sts")
        .operation_name("GetCallerIdentity")
        .behavior_version(BehaviorVersion::latest())
        .endpoint_url(&url)
        .no_auth()
        .no_retry()
        .timeout_config(regional_timeouts());
    if let Some(client) = chain.config.http_client() {
        operation = operation.http_client(client);
    }
    if let Some(sleep) = chain.config.sleep_impl() {
        operation = operation.sleep_impl(sleep);
    }
    let operation = operation.serializer(unsigned_request).deserializer(answered).build();
    let sent = clock.ticking();
    let date = operation.invoke(()).await.map_err(of_read(CLOCK_PROBE))?;
    if let Some(date) = date {
        clock.learn_aws_time(date, sent);
    }
    Ok(url)
}

fn unsigned_request((): ()) -> Result<HttpRequest, BoxError> {
    let request = http::Request::builder().method("GET").uri("/?Action=GetCallerIdentity&Version=2011-06-15");
    let request = request.header("user-agent", concat!("lockroot/", env!("CARGO_PKG_VERSION"), " app/lockroot"));
    Ok(HttpRequest::try_from(request.body(SdkBody::empty())?)?)
}

/// The answer's date, if AWS wrote it: AWS's answers have a request id, whatever the status.
fn answered(response: &HttpResponse) -> Result<Option<Timestamp>, OrchestratorError<ErrorMetadata>> {
    match response.request_id() {
        Some(_) => Ok(date_of(response)),
        None => Err(OrchestratorError::operation(ErrorMetadata::builder().message("what answered is not AWS").build())),
    }
}
