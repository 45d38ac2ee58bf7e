//! Finds credentials in the SDK's order: the environment, the profile, a web identity, a container, EC2.
//!
//! The order is the SDK's. Its own chain is not used: what it puts between a profile and its credentials, such as AssumeRole, knows
//! neither the endpoint nor the region of the command line, and no MFA.

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

/// What the parts of the chain are made with.
pub(super) struct Chain<'a> {
    pub shared: &'a Shared,
    pub selected: &'a Selected<'a>,
    pub env: Env,
    /// Region, endpoint, HTTP client for calls of STS.
    pub config: SdkConfig,
    /// The same for the SDK's own providers.
    pub provider: ProviderConfig,
    /// For what is on this very machine or beside it, the metadata services of EC2 and of containers: never through a proxy.
    pub beside: ProviderConfig,
    /// One endpoint for all services.
    pub endpoint_url: Option<String>,
    /// The code that a role asks for.
    pub mfa_code: MfaCode,
}

/// Credentials, where they came from, and where the next ones do.
pub(super) struct Found {
    pub credentials: Credentials,
    pub provider: Provider,
    /// In words.
    pub source: String,
}

impl Chain<'_> {
    /// The first credentials that there are. A profile named on the command line is the whole of the chain: else keys in the
    /// environment would win, and another account than the one that was named would be hardened.
    ///
    /// # Errors
    /// `NoCredentials`: there are none anywhere. Otherwise why those that were found can't be used.
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

    /// The last resort, tried everywhere: off EC2 nobody answers, or somebody who says nothing about credentials.
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

    /// Off EC2 nobody answers, and everybody without credentials would wait: one second, once.
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

    /// That there is nothing; of a profile that should have signed in, that it did not.
    fn nowhere(&self) -> String {
        match self.selected.profile.filter(|profile| credentials::kind(profile) != ProfileKind::Nothing) {
            Some(_) => self.gives_none(),
            None => format!("{NO_CREDENTIALS}{}", self.shared.troubles()),
        }
    }
}

/// What `provider` gives, if it has any.
async fn ask(provider: Provider, source: String) -> Result<Option<Found>, CredentialsError> {
    match provider.provide_credentials().await {
        Ok(credentials) => Ok(Some(Found { credentials, provider, source })),
        Err(CredentialsError::CredentialsNotLoaded(_)) => Ok(None),
        Err(error) => Err(error),
    }
}
