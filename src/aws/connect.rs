//! Connects: chooses credentials, region and endpoint, and creates the clients.

use std::sync::Arc;
use std::time::Duration;

use aws_config::identity::IdentityCache;
use aws_config::provider_config::ProviderConfig;
use aws_config::{AppName, BehaviorVersion, ConfigLoader, Region, SdkConfig};
use aws_credential_types::Credentials;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use aws_smithy_async::rt::sleep::TokioSleep;
use aws_smithy_http_client::proxy::ProxyConfig;
use aws_smithy_http_client::tls::TlsContext;
use aws_smithy_runtime::client::retries::RetryPartition;
use aws_types::os_shim_internal::{Env, Fs};
use tokio::sync::OnceCell;

use super::bounded::bounded;
use super::calls::CallLog;
use super::chain::{self, Chain};
use super::credentials::{CachedCredentials, SIGN_IN};
use super::genuine::Genuine;
use super::in_process::InProcess;
use super::mfa_code::MfaCode;
use super::plain::Plain;
use super::remembered::Remembered;
use super::retries::{UnlessItMayHaveHappened, retries, timeouts};
use super::shared_config::{ForSdk, Selected, Shared, at_home, unusable, variable};
use super::transport::{http_client, trust};
use super::{Aws, Clients};
use crate::account::{Failure, Fault, Partition};
use crate::clock::Clock;
use crate::wire::{Endpoint, SigningKeys};

/// Timeout for credentials: a `credential_process` may wait for the touch of a security key.
const MAX_WAIT_FOR_CREDENTIALS: Duration = Duration::from_secs(60);

/// The app name in user agents; `TrailEvent::OWN_MARK` matches it.
const APP: &str = "lockroot";

/// Connection options from the command line. Missing ones come from the environment and the profile.
#[derive(Debug, Clone, Default)]
pub struct Target {
    /// A profile of `~/.aws/config`. As in the AWS CLI, it overrides environment keys.
    pub profile: Option<String>,
    /// The Region for regional services. IAM and Account Management stay in the partition's home Region.
    pub region: Option<String>,
    /// A single endpoint for all services, instead of AWS's own.
    pub endpoint_url: Option<String>,
    /// The MFA code that the profile's role requires.
    pub mfa_code: MfaCode,
}

/// Connects to AWS: resolves credentials, but makes no call to the account yet.
///
/// # Errors
/// `NoCredentials`: none were found. `ExpiredSession`, `UnusableCredentials`: the credentials found cannot be used.
/// `CodeNeeded`: a role requires an MFA code, and none was given. `NoNetwork`: the certificate bundle is unusable.
/// `Invalid`: the Region's name is invalid.
pub async fn connect(target: &Target, clock: Clock) -> Result<Aws, Failure> {
    let env = Env::real();
    let shared_config = Shared::load(&env, &Fs::real()).await;
    let selected = shared_config.select(target.profile.as_deref(), &env)?;
    let chain = chain_to(target, &shared_config, &selected, &clock).await?;
    let held = Arc::new(resolve(&chain, clock.clone()).await?);
    let config = chain.config.into_builder().credentials_provider(shared(&held));
    let config = config.identity_cache(IdentityCache::lazy().load_timeout(MAX_WAIT_FOR_CREDENTIALS).build());
    Ok(Aws::over(&config.build(), held, clock))
}

/// The credential chain for `target`.
pub(super) async fn chain_to<'a>(
    target: &Target,
    shared: &'a Shared,
    selected: &'a Selected<'a>,
    clock: &Clock,
) -> Result<Chain<'a>, Failure> {
    let env = Env::real();
    let region = Region::new(region(target, selected, &env)?);
    let trust = trusted(selected, &env)?;
    let http = http_client(ProxyConfig::from_env(), trust.clone());
    let provider = ProviderConfig::empty()
        .with_behavior_version(Some(BehaviorVersion::latest()))
        .with_sleep_impl(TokioSleep::new())
        .with_time_source(clock.clone())
        .with_retry_config(retries())
        .with_timeout_config(timeouts())
        .with_region(Some(region.clone()));
    Ok(Chain {
        shared,
        selected,
        env,
        beside: provider.clone().with_http_client(http_client(ProxyConfig::disabled(), trust)),
        provider: provider.with_http_client(http.clone()),
        config: unsigned(target, shared.for_sdk(selected.profile), region, clock).http_client(http).load().await,
        endpoint_url: target.endpoint_url.clone(),
        mfa_code: target.mfa_code.clone(),
    })
}

/// Client settings without credentials.
fn unsigned(target: &Target, known: ForSdk, region: Region, clock: &Clock) -> ConfigLoader {
    let loader = aws_config::defaults(BehaviorVersion::latest())
        .profile_files(known.files)
        .profile_name(known.name)
        .region(region)
        .no_credentials()
        .time_source(clock.clone())
        .sleep_impl(TokioSleep::new())
        .retry_config(retries())
        .timeout_config(timeouts());
    match &target.endpoint_url {
        Some(url) => loader.endpoint_url(url),
        None => loader,
    }
}

/// The MFA device whose code is missing to connect to `target`: that of the role in the selected profile.
pub async fn wanted_code(target: &Target) -> Option<String> {
    let env = Env::real();
    let has_key = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"].iter().all(|name| variable(&env, name).is_some());
    if target.mfa_code.is_there() || (target.profile.is_none() && has_key) {
        return None;
    }
    let shared_config = Shared::load(&env, &Fs::real()).await;
    let selected = shared_config.select(target.profile.as_deref(), &env).ok()?;
    chain::device(&shared_config, selected.profile?)
}

/// Connects to an endpoint inside this process. It reads nothing from the environment and sends nothing over the
/// network.
#[must_use]
pub fn connect_in_process(endpoint: Arc<dyn Endpoint>, keys: SigningKeys, clock: Clock) -> Aws {
    let mut credentials = Credentials::builder()
        .access_key_id(&keys.access_key_id)
        .secret_access_key(keys.secret_access_key.expose())
        .provider_name("in process");
    credentials.set_session_token(keys.session_token.as_ref().map(|token| token.expose().to_owned()));
    let held = Arc::new(CachedCredentials::new(credentials.build(), None, keys.source, clock.clone()));
    Aws::over(&settings(&held, &clock).http_client(bounded(InProcess::new(endpoint))).build(), held, clock)
}

/// Client settings that ignore the environment.
fn settings(held: &Arc<CachedCredentials>, clock: &Clock) -> aws_types::sdk_config::Builder {
    SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new(Partition::Commercial.home_region()))
        .credentials_provider(shared(held))
        .identity_cache(IdentityCache::lazy().build())
        .time_source(clock.clone())
        .sleep_impl(TokioSleep::new())
        .retry_config(retries())
        .timeout_config(timeouts())
}

impl Aws {
    pub(super) fn over(config: &SdkConfig, credentials: Arc<CachedCredentials>, clock: Clock) -> Self {
        // Set in every user agent, so that lockroot recognizes its own calls in CloudTrail.
        let mut named = config.to_builder();
        named.set_app_name(AppName::new(APP).ok());
        let config = &named.build();
        let region = config.region().map(Region::as_ref).unwrap_or_default();
        let home = Region::new(Partition::of_region(region).home_region());
        let genuine = Genuine(clock.clone());
        // Each connection has its own retry quota.
        let retries = RetryPartition::custom("lockroot").build();
        let iam = aws_sdk_iam::config::Builder::from(config).region(home.clone()).interceptor(genuine.clone());
        let iam = iam.retry_partition(retries.clone());
        let account = aws_sdk_account::config::Builder::from(config).region(home).interceptor(genuine.clone());
        let account = account.retry_partition(retries);
        let calls = CallLog::new();
        let sts = aws_sdk_sts::config::Builder::from(config).interceptor(calls.clone()).interceptor(genuine.clone());
        Self {
            sts: aws_sdk_sts::Client::from_conf(sts.build()),
            reading: Clients {
                iam: aws_sdk_iam::Client::from_conf(iam.clone().interceptor(calls.clone()).build()),
                account: aws_sdk_account::Client::from_conf(account.clone().interceptor(calls.clone()).build()),
            },
            changing: Clients {
                iam: aws_sdk_iam::Client::from_conf(iam.retry_classifier(UnlessItMayHaveHappened).build()),
                account: aws_sdk_account::Client::from_conf(account.retry_classifier(UnlessItMayHaveHappened).build()),
            },
            clock,
            credentials,
            config: config.clone(),
            plain: Plain::over(config, calls.clone(), genuine),
            enabled_regions: OnceCell::new(),
            caller: Remembered::default(),
            calls,
        }
    }
}

/// The credentials provider that all clients share, so that they share one identity cache entry.
pub(super) fn shared(held: &Arc<CachedCredentials>) -> SharedCredentialsProvider {
    let held: Arc<dyn ProvideCredentials> = Arc::clone(held) as _;
    SharedCredentialsProvider::from(held)
}

/// Resolves credentials immediately, so that their problems are reported before anything else is tried.
async fn resolve(chain: &Chain<'_>, clock: Clock) -> Result<CachedCredentials, Failure> {
    let Ok(found) = tokio::time::timeout(MAX_WAIT_FOR_CREDENTIALS, chain.first()).await else {
        return Err(unusable(format!("no credentials came within {} s", MAX_WAIT_FOR_CREDENTIALS.as_secs())));
    };
    let found = found?;
    Ok(CachedCredentials::new(found.credentials, Some(found.provider), found.source, clock))
}

/// The chosen Region, or the commercial partition's home Region. EC2 metadata is not queried: only STS depends on the
/// Region within a partition, and outside EC2 the query takes seconds.
fn region(target: &Target, selected: &Selected<'_>, env: &Env) -> Result<String, Failure> {
    let variables = ["AWS_REGION", "AWS_DEFAULT_REGION"].into_iter();
    let said = target.region.clone().map(|name| ("--region".to_owned(), name));
    let said = said.or_else(|| variables.map(|of| Some((of.to_owned(), variable(env, of)?))).find_map(|said| said));
    let setting = selected.profile.and_then(|profile| profile.setting("region"));
    let said = said.or_else(|| setting.map(|setting| (setting.place.clone(), setting.value.to_string())));
    match said {
        None => Ok(Partition::Commercial.home_region().to_owned()),
        // The name becomes part of a host name.
        Some((_, name)) if !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') => Ok(name),
        Some((place, name)) => {
            Err(Failure::new(Fault::Invalid, SIGN_IN, format!("{place}: {name:?} is not a Region: eu-west-1 is one")))
        }
    }
}

/// The setting that names a certificate bundle, and its path as written.
pub(super) fn named_bundle(selected: &Selected<'_>, env: &Env) -> Option<(String, String)> {
    let named = variable(env, "AWS_CA_BUNDLE").map(|path| ("AWS_CA_BUNDLE".to_owned(), path));
    let setting = selected.profile.and_then(|profile| profile.setting("ca_bundle"));
    named.or_else(|| setting.map(|setting| (format!("{}: ca_bundle", setting.place), setting.value.to_string())))
}

/// The trusted certificates, from `AWS_CA_BUNDLE` or the profile.
pub(super) fn trusted(selected: &Selected<'_>, env: &Env) -> Result<TlsContext, Failure> {
    let Some((place, path)) = named_bundle(selected, env) else { return trust(None) };
    // The error names the variable. If the profile named the bundle, name the profile's line instead.
    trust(at_home(&path, env).to_str())
        .map_err(|failure| Failure { message: failure.message.replacen("AWS_CA_BUNDLE", &place, 1), ..failure })
}

#[cfg(test)]
mod tests;
