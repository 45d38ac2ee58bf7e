//! Calls to services without an SDK crate. The SDK's runtime signs, retries, times out and records them. Only the
//! calls in [`CHANGES`] change anything.

mod answers;
mod services;

use aws_config::SdkConfig;
use aws_runtime::auth::sigv4::{SCHEME_ID, SigV4AuthScheme};
use aws_runtime::auth::{SigV4OperationSigningConfig, SigningOptions};
use aws_runtime::retries::classifiers::AwsErrorCodeClassifier;
use aws_runtime::service_clock_skew::{ServiceClockSkewClassifier, ServiceClockSkewInterceptor};
use aws_smithy_runtime::client::http::connection_poisoning::ConnectionPoisoningInterceptor;
use aws_smithy_runtime::client::orchestrator::operation::Operation;
use aws_smithy_runtime::client::retries::classifiers::{HttpStatusCodeClassifier, TransientErrorClassifier};
use aws_smithy_runtime_api::client::auth::static_resolver::StaticAuthSchemeOptionResolver;
use aws_smithy_runtime_api::client::auth::{
    AuthSchemeOptionResolverParams, SharedAuthScheme, SharedAuthSchemeOptionResolver,
};
use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
use aws_smithy_runtime_api::client::identity::SharedIdentityResolver;
use aws_smithy_runtime_api::client::interceptors::SharedInterceptor;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponentsBuilder;
use aws_smithy_runtime_api::client::runtime_plugin::StaticRuntimePlugin;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::{FrozenLayer, Layer};
use aws_smithy_types::error::ErrorMetadata;
use aws_smithy_types::retry::RetryConfig;
use aws_types::region::SigningRegion;
use aws_types::{SigningName, region::Region};
use serde_json::Value;

use super::calls::{CallLog, CallRegion};
use super::failures::{of_change, of_read};
use super::genuine::Genuine;
use super::retries::{UnlessItMayHaveHappened, regional_timeouts, retries, timeouts};
use crate::account::{Failure, Fault, Partition};

pub(super) use services::{
    ACCESS_ANALYZER, CLOUD_TRAIL, CLOUD_WATCH, CLOUD_WATCH_LOGS, EVENT_BRIDGE, GUARD_DUTY, Protocol, SECURITY_HUB, SNS,
    STS, Service,
};

/// What all plain calls share.
#[derive(Debug)]
pub(super) struct Plain {
    config: SdkConfig,
    calls: CallLog,
    genuine: Genuine,
    /// The measured clock skew, which later calls correct for.
    skew: SharedInterceptor,
}

/// A service in a Region.
#[derive(Debug, Clone, Copy)]
pub(super) struct ServiceRegion<'a> {
    pub service: &'a Service,
    pub region: &'a str,
}

/// The parts of a request that differ by call.
#[derive(Debug)]
struct Outgoing {
    method: &'static str,
    path: String,
    /// Set if there is a body.
    content: Option<String>,
    /// `X-Amz-Target` header of JSON 1.x.
    target: Option<String>,
    body: String,
}

/// Decides about retries and time limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CallKind {
    Read,
    /// A read that its caller paces: the SDK must not retry in between.
    PacedRead,
    /// Retried only if it cannot have happened.
    Change,
}

impl Plain {
    /// Uses the credentials, HTTP client and endpoints of `config`.
    pub fn over(config: &SdkConfig, calls: CallLog, genuine: Genuine) -> Self {
        let skew = SharedInterceptor::new(ServiceClockSkewInterceptor::new());
        Self { config: config.clone(), calls, genuine, skew }
    }

    /// The partition of the configured Region.
    pub fn partition(&self) -> Partition {
        Partition::of_region(self.config.region().map(Region::as_ref).unwrap_or_default())
    }

    /// A REST read without a body. `path` includes the percent-encoded query.
    ///
    /// # Errors
    /// As for every read.
    pub async fn get(&self, place: ServiceRegion<'_>, action: &'static str, path: String) -> Result<Value, Failure> {
        may_read(action)?;
        let outgoing = Outgoing { method: "GET", path, content: None, target: None, body: String::new() };
        self.operation(place, action, CallKind::Read).invoke(outgoing).await.map_err(of_read(action))
    }

    /// Sends a change listed in [`CHANGES`]; method and path are used in REST only. It is retried only if it cannot
    /// have happened.
    ///
    /// # Errors
    /// As for every change.
    pub async fn change(
        &self,
        place: ServiceRegion<'_>,
        action: &'static str,
        (method, path): (&'static str, String),
        input: &Value,
    ) -> Result<Value, Failure> {
        if !CHANGES.contains(&action) {
            return Err(Failure::new(Fault::Invalid, action, "nothing was sent: this change does not go this way"));
        }
        let outgoing = match place.service.protocol {
            Protocol::Rest => {
                let content = Some("application/json".to_owned());
                Outgoing { method, path, content, target: None, body: input.to_string() }
            }
            Protocol::Json(..) | Protocol::Query(_) => named(place.service, action, input),
        };
        self.operation(place, action, CallKind::Change).invoke(outgoing).await.map_err(of_change(action))
    }

    /// A read in JSON 1.x or the query protocol, with parameters in the body.
    ///
    /// # Errors
    /// As for every read.
    pub async fn post(&self, place: ServiceRegion<'_>, action: &'static str, input: &Value) -> Result<Value, Failure> {
        may_read(action)?;
        let outgoing = named(place.service, action, input);
        self.operation(place, action, CallKind::Read).invoke(outgoing).await.map_err(of_read(action))
    }

    /// As [`Self::post`], without retries: the caller keeps the pace that AWS allows.
    ///
    /// # Errors
    /// As for every read.
    pub async fn post_once(
        &self,
        place: ServiceRegion<'_>,
        action: &'static str,
        input: &Value,
    ) -> Result<Value, Failure> {
        may_read(action)?;
        let outgoing = named(place.service, action, input);
        self.operation(place, action, CallKind::PacedRead).invoke(outgoing).await.map_err(of_read(action))
    }

    fn operation(
        &self,
        place: ServiceRegion<'_>,
        action: &'static str,
        kind: CallKind,
    ) -> Operation<Outgoing, Value, ErrorMetadata> {
        let url = place.service.url(&self.config, place.region);
        let mut operation = Operation::builder()
            .service_name(place.service.prefix)
            .operation_name(name_of(action))
            .behavior_version(BehaviorVersion::latest())
            .endpoint_url(&url)
            .standard_retry(&match kind {
                CallKind::PacedRead => RetryConfig::disabled(),
                CallKind::Read | CallKind::Change => self.config.retry_config().cloned().unwrap_or_else(retries),
            })
            .timeout_config(match kind {
                CallKind::Read => regional_timeouts(),
                CallKind::PacedRead | CallKind::Change => timeouts(),
            })
            .retry_classifier(HttpStatusCodeClassifier::default())
            .retry_classifier(TransientErrorClassifier::<ErrorMetadata>::new())
            .retry_classifier(AwsErrorCodeClassifier::<ErrorMetadata>::new())
            .interceptor(ConnectionPoisoningInterceptor::new())
            .retry_classifier(ServiceClockSkewClassifier::<ErrorMetadata>::new())
            .interceptor(self.skew.clone())
            .interceptor(self.calls.clone())
            .interceptor(self.genuine.clone())
            .runtime_plugin(
                StaticRuntimePlugin::new().with_config(signing(place)).with_runtime_components(self.components()),
            );
        if kind == CallKind::Change {
            operation = operation.retry_classifier(UnlessItMayHaveHappened);
        }
        if let Some(client) = self.config.http_client() {
            operation = operation.http_client(client);
        }
        if let Some(sleep) = self.config.sleep_impl() {
            operation = operation.sleep_impl(sleep);
        }
        if let Some(time) = self.config.time_source() {
            operation = operation.time_source(time);
        }
        let read = match place.service.protocol {
            Protocol::Query(_) => answers::read_xml,
            Protocol::Rest | Protocol::Json(..) => answers::read,
        };
        operation.serializer(request).deserializer(read).build()
    }

    /// Credentials and signature scheme.
    fn components(&self) -> RuntimeComponentsBuilder {
        let mut components = RuntimeComponentsBuilder::new("plain");
        components.set_auth_scheme_option_resolver(Some(SharedAuthSchemeOptionResolver::new(
            StaticAuthSchemeOptionResolver::new(vec![SCHEME_ID]),
        )));
        components.push_auth_scheme(SharedAuthScheme::new(SigV4AuthScheme::new()));
        components.set_identity_cache(self.config.identity_cache());
        let provider = self.config.credentials_provider().map(SharedIdentityResolver::new);
        if let Some(provider) = provider {
            components.set_identity_resolver(SCHEME_ID, provider);
        }
        components
    }
}

/// Name prefixes of read-only calls.
const READS: [&str; 4] = ["Get", "List", "Describe", "Lookup"];

/// The only changes sent this way, each with exactly [`crate::account::Change::parameters`].
pub(super) const CHANGES: [&str; 11] = [
    "access-analyzer:CreateAnalyzer",
    "guardduty:CreateDetector",
    "guardduty:UpdateDetector",
    "securityhub:EnableSecurityHub",
    "sns:CreateTopic",
    "sns:Subscribe",
    "events:PutRule",
    "events:PutTargets",
    "cloudtrail:UpdateTrail",
    "cloudtrail:PutEventSelectors",
    "cloudtrail:StartLogging",
];

/// A call that is not identified by its path: JSON 1.x names it in a header, the query protocol in a text parameter.
fn named(service: &Service, action: &'static str, input: &Value) -> Outgoing {
    let name = name_of(action);
    let (content, target, body) = match service.protocol {
        Protocol::Rest => (None, None, String::new()),
        Protocol::Json(version, first) => {
            (Some(format!("application/x-amz-json-{version}")), Some(format!("{first}.{name}")), input.to_string())
        }
        Protocol::Query(version) => {
            let mut form = form_urlencoded::Serializer::new(String::new());
            form.append_pair("Action", name).append_pair("Version", version);
            let parameters = input.as_object().into_iter().flatten();
            form.extend_pairs(parameters.filter_map(|(name, value)| Some((name, value.as_str()?))));
            (Some("application/x-www-form-urlencoded".to_owned()), None, form.finish())
        }
    };
    Outgoing { method: "POST", path: "/".into(), content, target, body }
}

fn may_read(action: &'static str) -> Result<(), Failure> {
    if READS.iter().any(|read| name_of(action).starts_with(read)) {
        return Ok(());
    }
    Err(Failure::new(Fault::Invalid, action, "nothing was sent: only reads go this way"))
}

/// The part of an IAM action after the service.
fn name_of(action: &'static str) -> &'static str {
    action.split_once(':').map_or(action, |(_, name)| name)
}

fn signing(place: ServiceRegion<'_>) -> FrozenLayer {
    let region = Region::new(place.region.to_owned());
    let mut layer = Layer::new("plain");
    layer.store_put(AuthSchemeOptionResolverParams::new(()));
    layer.store_put(SigV4OperationSigningConfig {
        region: Some(SigningRegion::from(region)),
        name: Some(SigningName::from(place.service.signs_as)),
        region_set: None,
        signing_options: SigningOptions::default(),
    });
    layer.store_put(CallRegion(place.region.to_owned()));
    layer.freeze()
}

fn request(outgoing: Outgoing) -> Result<HttpRequest, aws_smithy_runtime_api::box_error::BoxError> {
    let mut request = http::Request::builder().method(outgoing.method).uri(outgoing.path);
    // Matched by `TrailEvent::is_own`; replaces the SDK's long user agent.
    request = request.header("user-agent", concat!("lockroot/", env!("CARGO_PKG_VERSION"), " app/lockroot"));
    if let Some(content) = outgoing.content {
        request = request.header("content-type", content);
    }
    if let Some(target) = outgoing.target {
        request = request.header("x-amz-target", target);
    }
    Ok(HttpRequest::try_from(request.body(SdkBody::from(outgoing.body))?)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;

    #[tokio::test]
    async fn only_reads_and_listed_changes_are_sent() {
        let plain = Plain::over(&SdkConfig::builder().build(), CallLog::new(), Genuine(Clock::default()));
        let place = ServiceRegion { service: &EVENT_BRIDGE, region: "us-east-1" };
        let refused = |answer: Result<Value, Failure>| {
            let failure = answer.unwrap_err();
            assert!(failure.message.starts_with("nothing was sent"), "{failure}");
            (failure.fault, failure.may_have_happened)
        };
        assert_eq!(
            refused(plain.post(place, "events:PutRule", &Value::Null).await),
            (Fault::Invalid, false),
            "no read"
        );
        // A change is never sent as a read, and the list has exactly these eleven.
        for action in CHANGES {
            assert_eq!(refused(plain.get(place, action, "/".into()).await), (Fault::Invalid, false), "{action}");
        }
        for action in ["guardduty:DeleteDetector", "sns:DeleteTopic", "events:RemoveTargets", "guardduty:GetDetector"] {
            let answer = plain.change(place, action, ("POST", "/".into()), &Value::Null).await;
            assert_eq!(refused(answer), (Fault::Invalid, false), "{action}");
        }
        assert!(plain.calls.made().is_empty());
    }
}
