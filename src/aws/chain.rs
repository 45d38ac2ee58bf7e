//! Finds credentials in the SDK's order: environment, profile, web identity, container, EC2.
//!
//! The SDK's own chain is not used. Its AssumeRole calls ignore the command line's endpoint and Region, and support
//! no MFA.

mod profile;
mod redirect;
mod role;

use std::sync::Arc;
use std::time::Duration;

use aws_config::SdkConfig;
use aws_config::ecs::EcsCredentialsProvider;
use aws_config::environment::EnvironmentVariableCredentialsProvider;
use aws_config::imds;
use aws_config::imds::credentials::ImdsCredentialsProvider;
use aws_config::provider_config::ProviderConfig;
use aws_credential_types::Credentials;
use aws_credential_types::provider::ProvideCredentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_types::os_shim_internal::Env;

use super::credentials::{self, NO_CREDENTIALS, SIGN_IN};
use super::mfa_code::MfaCode;
use super::shared_config::{Selected, Shared, variable};
use crate::account::source::ProfileKind;
use crate::account::{Failure, Fault};

pub(super) use profile::device;
use role::WebIdentity;

type Provider = Arc<dyn ProvideCredentials>;

/// The inputs of the credential chain.
pub(super) struct Chain<'a> {
    pub shared: &'a Shared,
    pub selected: &'a Selected<'a>,
    pub env: Env,
    /// Region, endpoint and HTTP client for STS calls.
    pub config: SdkConfig,
    /// The same settings for the SDK's own providers.
    pub provider: ProviderConfig,
    /// Settings for local services (EC2 and container metadata), which never go through a proxy.
    pub beside: ProviderConfig,
    /// A single endpoint for all services.
    pub endpoint_url: Option<String>,
    /// The MFA code for a role.
    pub mfa_code: MfaCode,
}

/// Credentials, their source, and the provider that renews them.
pub(super) struct Found {
    pub credentials: Credentials,
    pub provider: Provider,
    /// For people.
    pub source: String,
}

impl Chain<'_> {
    /// The first credentials found. A profile named on the command line is the only source. Otherwise environment
    /// keys would override it, and lockroot would harden another account than the one named.
    ///
    /// # Errors
    /// `NoCredentials`: no source has any. Otherwise why the credentials found are unusable.
    pub async fn first(&self) -> Result<Found, Failure> {
        if self.selected.alone {
            let gives_none = || Failure::new(Fault::UnusableCredentials, SIGN_IN, self.gives_none());
            return self.profile().await?.ok_or_else(gives_none);
        }
        if let Some(found) = self.environment().await? {
            return Ok(found);
        }
        if let Some(found) = self.profile().await? {
            return Ok(found);
        }
        if let Some(found) = self.web_identity().await? {
            return Ok(found);
        }
        if let Some(found) = self.container().await? {
            return Ok(found);
        }
        self.instance().await?.ok_or_else(|| Failure::new(Fault::NoCredentials, SIGN_IN, self.nowhere()))
    }

    async fn environment(&self) -> Result<Option<Found>, Failure> {
        let provider = Arc::new(EnvironmentVariableCredentialsProvider::new());
        ask(provider, "environment variables".into()).await.map_err(|error| credentials::failure(&error, None))
    }

    async fn profile(&self) -> Result<Option<Found>, Failure> {
        self.shared.verify()?;
        let Some(profile) = self.selected.profile else { return Ok(None) };
        let Some(provider) = self.provider_of(profile)? else { return Ok(None) };
        ask(provider, credentials::in_words(profile)).await.map_err(|error| credentials::failure(&error, Some(profile)))
    }

    async fn web_identity(&self) -> Result<Option<Found>, Failure> {
        let named = |name| variable(&self.env, name);
        let (Some(token_file), Some(role)) = (named("AWS_WEB_IDENTITY_TOKEN_FILE"), named("AWS_ROLE_ARN")) else {
            return Ok(None);
        };
        let session = named("AWS_ROLE_SESSION_NAME");
        let provider =
            Arc::new(WebIdentity { token_file: token_file.into(), role, session, config: self.config.clone() });
        ask(provider, "web identity".into()).await.map_err(|error| credentials::failure(&error, None))
    }

    async fn container(&self) -> Result<Option<Found>, Failure> {
        ask(Arc::new(self.ecs()), "container".into()).await.map_err(|error| credentials::failure(&error, None))
    }

    /// The last resort, tried on every machine. Outside EC2 nothing answers, or something without credentials does.
    async fn instance(&self) -> Result<Option<Found>, Failure> {
        let found = ask(Arc::new(self.imds()), "EC2 instance role".into()).await;
        match found.map_err(|error| credentials::failure(&error, None)) {
            Err(failure) if failure.fault == Fault::NoCredentials => Ok(None),
            found => found,
        }
    }

    fn ecs(&self) -> EcsCredentialsProvider {
        EcsCredentialsProvider::builder().configure(&self.beside).build()
    }

    /// Outside EC2 nothing answers, so everybody without credentials would wait: limit it to one attempt of one
    /// second.
    fn imds(&self) -> ImdsCredentialsProvider {
        let metadata = imds::Client::builder()
            .configure(&self.beside)
            .max_attempts(1)
            .connect_timeout(Duration::from_secs(1))
            .read_timeout(Duration::from_secs(1));
        ImdsCredentialsProvider::builder().configure(&self.beside).imds_client(metadata.build()).build()
    }

    fn gives_none(&self) -> String {
        match self.selected.profile {
            Some(profile) => format!("{} gives no credentials", credentials::in_words(profile)),
            None => self.shared.missing(&self.selected.name),
        }
    }

    /// The message for missing credentials. If a profile should have provided them, it names the profile.
    fn nowhere(&self) -> String {
        match self.selected.profile.filter(|profile| credentials::kind(profile) != ProfileKind::Nothing) {
            Some(_) => self.gives_none(),
            None => format!("{NO_CREDENTIALS}{}", self.shared.troubles()),
        }
    }
}

/// The credentials of `provider`, if it has any.
async fn ask(provider: Provider, source: String) -> Result<Option<Found>, CredentialsError> {
    match provider.provide_credentials().await {
        Ok(credentials) => Ok(Some(Found { credentials, provider, source })),
        Err(CredentialsError::CredentialsNotLoaded(_)) => Ok(None),
        Err(error) => Err(error),
    }
}
