//! Connecting: which credentials, which region, which endpoint; and the clients that come of it.

use std::sync::Arc;
use std::time::Duration;

use aws_config::default_provider::credentials::DefaultCredentialsChain;
use aws_config::identity::IdentityCache;
use aws_config::profile::{ProfileFileCredentialsProvider, ProfileSet};
use aws_config::provider_config::ProviderConfig;
use aws_config::retry::RetryConfig;
use aws_config::{AppName, BehaviorVersion, Region, SdkConfig, imds};
use aws_credential_types::Credentials;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use aws_smithy_async::rt::sleep::TokioSleep;
use aws_smithy_http_client::proxy::ProxyConfig;
use aws_types::os_shim_internal::{Env, Fs};
use tokio::sync::OnceCell;

use super::bounded::bounded;
use super::calls::CallLog;
use super::credentials::{self, Held, SIGN_IN};
use super::genuine::Genuine;
use super::in_process::InProcess;
use super::plain::Plain;
use super::remembered::Remembered;
use super::retries::{UnlessItMayHaveHappened, retries, timeouts};
use super::transport::{http_client, trust};
use super::{Aws, Clients, failures};
use crate::account::{Failure, Fault, Partition};
use crate::clock::Clock;
use crate::wire::{Endpoint, SigningKeys};

/// Longest wait for credentials: a `credential_process` may want a touch of a key.
const PATIENCE: Duration = Duration::from_secs(60);

/// The program's name in user agents; `TrailEvent::OWN_MARK` looks for it.
const APP: &str = "lockroot";

/// What to connect to, as far as it was said on the command line. What was not comes from the environment and the profile.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Target {
    /// A profile of `~/.aws/config`. Named here, it comes before keys in the environment, as in the AWS CLI.
    pub profile: Option<String>,
    /// The region for regional services. IAM and Account Management stay in the partition's home region.
    pub region: Option<String>,
    /// One endpoint for all services, in place of AWS's own.
    pub endpoint_url: Option<String>,
}

/// Connects to AWS: resolves credentials, but makes no call to the account yet.
///
/// # Errors
/// `NoCredentials`: none were found anywhere. `ExpiredSession`, `UnusableCredentials`: they were found, and can't be used.
/// `NoNetwork`: the certificate bundle is unusable. `Invalid`: the region's name is none.
pub async fn connect(target: &Target, clock: Clock) -> Result<Aws, Failure> {
    let profiles = profiles(target).await?;
    let region = region(target, &profiles)?;
    let bundle = variable("AWS_CA_BUNDLE").or_else(|| profiles.get("ca_bundle").map(str::to_owned));
    let trust = trust(bundle.as_deref())?;
    let http = http_client(ProxyConfig::from_env(), trust.clone());

    let environment = ProviderConfig::empty()
        .with_behavior_version(Some(BehaviorVersion::latest()))
        .with_sleep_impl(TokioSleep::new())
        .with_time_source(clock.clone())
        .with_retry_config(retries())
        .with_timeout_config(timeouts())
        .with_region(Some(Region::new(region.clone())));
    // The metadata service of EC2 is on the machine itself: never through a proxy.
    let beside = environment.clone().with_http_client(http_client(ProxyConfig::disabled(), trust));
    let chain = chain(target, environment.with_http_client(http.clone()), &beside).await;
    let held = Arc::new(resolve(chain, target, &profiles, clock.clone()).await?);

    let mut loader = aws_config::defaults(BehaviorVersion::latest())
        .profile_name(profiles.selected_profile())
        .region(Region::new(region))
        .credentials_provider(shared(&held))
        .identity_cache(IdentityCache::lazy().load_timeout(PATIENCE).build())
        .http_client(http)
        .time_source(clock.clone())
        .sleep_impl(TokioSleep::new())
        .retry_config(retries())
        .timeout_config(timeouts());
    if let Some(url) = &target.endpoint_url {
        loader = loader.endpoint_url(url);
    }
    Ok(Aws::over(&loader.load().await, held, clock))
}

/// Connects to an endpoint inside this process: nothing is looked for in the environment, and nothing leaves it.
#[must_use]
pub fn connect_in_process(endpoint: Arc<dyn Endpoint>, keys: SigningKeys, clock: Clock) -> Aws {
    let mut credentials = Credentials::builder()
        .access_key_id(&keys.access_key_id)
        .secret_access_key(keys.secret_access_key.expose())
        .provider_name("in process");
    credentials.set_session_token(keys.session_token.as_ref().map(|token| token.expose().to_owned()));
    let held = Arc::new(Held::new(credentials.build(), None, keys.source, clock.clone()));
    Aws::over(&settings(&held, &clock).http_client(bounded(InProcess::new(endpoint))).build(), held, clock)
}

/// Settings of clients that take nothing from the environment.
fn settings(held: &Arc<Held>, clock: &Clock) -> aws_types::sdk_config::Builder {
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
    fn over(config: &SdkConfig, credentials: Arc<Held>, clock: Clock) -> Self {
        // In every user agent, so that this program's own calls are known again in CloudTrail.
        let mut named = config.to_builder();
        named.set_app_name(AppName::new(APP).ok());
        let config = &named.build();
        let region = config.region().map(Region::as_ref).unwrap_or_default();
        let home = Region::new(Partition::of_region(region).home_region());
        let genuine = Genuine(clock.clone());
        let iam = aws_sdk_iam::config::Builder::from(config).region(home.clone()).interceptor(genuine.clone());
        let account = aws_sdk_account::config::Builder::from(config).region(home).interceptor(genuine.clone());
        // Whoever asks for pages paces them, and waits when there were too many: the SDK must not repeat in between.
        let trails = aws_sdk_cloudtrail::config::Builder::from(config).retry_config(RetryConfig::disabled());
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
            trails: trails.interceptor(calls.clone()).interceptor(genuine.clone()).build(),
            plain: Plain::over(config, calls.clone(), genuine),
            enabled_regions: OnceCell::new(),
            caller: Remembered::default(),
            calls,
        }
    }
}

/// A provider for all clients, so that they share one entry of the identity cache.
fn shared(held: &Arc<Held>) -> SharedCredentialsProvider {
    let held: Arc<dyn ProvideCredentials> = Arc::clone(held) as _;
    SharedCredentialsProvider::from(held)
}

/// The chain to look for credentials in. A profile named on the command line is the whole of it: the SDK would let keys in
/// the environment win, and another account than the one that was named would be hardened.
async fn chain(target: &Target, config: ProviderConfig, beside: &ProviderConfig) -> Arc<dyn ProvideCredentials> {
    match &target.profile {
        Some(name) => Arc::new(ProfileFileCredentialsProvider::builder().configure(&config).profile_name(name).build()),
        None => {
            // The chain's last resort. Off EC2 nobody answers, and everybody without credentials would wait: one second, once.
            let metadata = imds::Client::builder()
                .configure(beside)
                .max_attempts(1)
                .connect_timeout(Duration::from_secs(1))
                .read_timeout(Duration::from_secs(1))
                .build();
            let region = config.clone();
            Arc::new(DefaultCredentialsChain::builder().imds_client(metadata).configure(region).build().await)
        }
    }
}

/// Resolves credentials once, now, so that what is wrong with them is said before anything else is tried.
async fn resolve(
    chain: Arc<dyn ProvideCredentials>,
    target: &Target,
    profiles: &ProfileSet,
    clock: Clock,
) -> Result<Held, Failure> {
    let unusable = |said: String| Failure::new(Fault::UnusableCredentials, SIGN_IN, said);
    let profile = profiles.get_profile(profiles.selected_profile());
    let first = match tokio::time::timeout(PATIENCE, chain.provide_credentials()).await {
        Err(_) => return Err(unusable(format!("no credentials came within {} s", PATIENCE.as_secs()))),
        Ok(Ok(credentials)) => credentials,
        Ok(Err(error)) => return Err(credentials::failure(&error, profile, target.profile.is_some())),
    };
    let source = credentials::source(&first, profile);
    Ok(Held::new(first, Some(chain), source, clock))
}

/// The shared configuration. A profile that was named, on the command line or by `AWS_PROFILE`, has to exist:
/// the SDK would pass on to whatever else it finds.
async fn profiles(target: &Target) -> Result<ProfileSet, Failure> {
    let unusable = |said: String| Failure::new(Fault::UnusableCredentials, SIGN_IN, said);
    let name = target.profile.clone().map(Into::into);
    let profiles = aws_config::profile::load(&Fs::real(), &Env::real(), &Default::default(), name)
        .await
        .map_err(|error| unusable(failures::plain(&error)))?;
    let selected = profiles.selected_profile();
    let was_named = target.profile.is_some() || variable("AWS_PROFILE").is_some();
    if was_named && profiles.get_profile(selected).is_none() {
        let mut known: Vec<&str> = profiles.profiles().collect();
        known.sort_unstable();
        let known = if known.is_empty() { "there are none".into() } else { format!("there are: {}", known.join(", ")) };
        return Err(unusable(format!("no profile is called {selected}; {known}")));
    }
    Ok(profiles)
}

/// The chosen region, or the commercial partition's home. EC2's metadata is not asked: only STS depends on the region
/// within a partition, and off EC2 the question costs seconds.
fn region(target: &Target, profiles: &ProfileSet) -> Result<String, Failure> {
    let named = target.region.clone().or_else(|| variable("AWS_REGION")).or_else(|| variable("AWS_DEFAULT_REGION"));
    let named = named.or_else(|| profiles.get("region").map(str::to_owned));
    match named {
        None => Ok(Partition::Commercial.home_region().to_owned()),
        // It becomes part of a host name.
        Some(name) if !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') => Ok(name),
        Some(name) => Err(Failure::new(Fault::Invalid, SIGN_IN, format!("{name:?} is not a region: eu-west-1 is one"))),
    }
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests;
