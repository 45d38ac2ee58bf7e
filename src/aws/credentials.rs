//! The credentials that sign: held from the first look, renewed when they run out, and described without their secrets.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use aws_config::profile::Profile;
use aws_credential_types::Credentials;
use aws_credential_types::credential_feature::AwsCredentialFeature as Feature;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{self, ProvideCredentials, future};

use super::failures::plain;
use super::retries::{causes, never_connected};
use crate::account::{Credential, CredentialKind, Failure, Fault};
use crate::clock::Clock;

/// What is being tried when credentials are looked for: no API call, so no action of IAM's.
pub(super) const SIGN_IN: &str = "sign-in";

/// Credentials with less than this to live are renewed before they sign.
const MARGIN: Duration = Duration::from_secs(60);

/// Credentials that were resolved once, so that a process or a touch of a key is asked for once only.
pub(super) struct Held {
    latest: Mutex<Credentials>,
    /// Where newer ones come from; none for fixed keys.
    chain: Option<Arc<dyn ProvideCredentials>>,
    source: String,
    clock: Clock,
}

impl Held {
    /// Holds `first`, and asks `chain` when it runs out.
    pub(super) fn new(
        first: Credentials,
        chain: Option<Arc<dyn ProvideCredentials>>,
        source: String,
        clock: Clock,
    ) -> Self {
        Self { latest: Mutex::new(first), chain, source, clock }
    }

    /// What signs now, without its secret parts.
    pub(super) fn credential(&self) -> Credential {
        let latest = self.latest();
        let id = latest.access_key_id();
        let temporary = id.starts_with("ASIA") || (!id.starts_with("AKIA") && latest.session_token().is_some());
        Credential {
            access_key_id: id.to_owned(),
            kind: if temporary { CredentialKind::Temporary } else { CredentialKind::LongTerm },
            source: self.source.clone(),
        }
    }

    fn latest(&self) -> Credentials {
        self.latest.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    async fn current(&self) -> provider::Result {
        let latest = self.latest();
        let now = std::time::SystemTime::from(self.clock.now());
        match &self.chain {
            Some(chain) if latest.expiry().is_some_and(|end| end < now + MARGIN) => {
                let renewed = chain.provide_credentials().await?;
                *self.latest.lock().unwrap_or_else(PoisonError::into_inner) = renewed.clone();
                Ok(renewed)
            }
            _ => Ok(latest),
        }
    }
}

impl ProvideCredentials for Held {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(self.current())
    }
}

impl fmt::Debug for Held {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Held").field("source", &self.source).finish_non_exhaustive()
    }
}

/// Where `credentials` come from, in words. `profile` is the selected one, if it exists.
pub(super) fn source(credentials: &Credentials, profile: Option<&Profile>) -> String {
    let features = credentials.get_property::<Vec<Feature>>().map(Vec::as_slice).unwrap_or_default();
    let from = |feature: Feature| features.contains(&feature);
    if let (true, Some(profile)) = (from(Feature::CredentialsProfile), profile) {
        let kind = match () {
            () if from(Feature::CredentialsProfileLogin) => "login session",
            () if from(Feature::CredentialsSso) => "SSO",
            () if from(Feature::CredentialsProcess) => "credential_process",
            () if from(Feature::CredentialsProfileStsWebIdToken) => "web identity",
            // The SDK marks neither of the last two; a profile with both a role and a key assumes the role.
            () if profile.get("role_arn").is_some() => "assumed role",
            () => "access key",
        };
        return format!("profile {} ({kind})", profile.name());
    }
    let known = [
        (Feature::CredentialsEnvVars, "environment variables"),
        (Feature::CredentialsProfileStsWebIdToken, "web identity"),
        (Feature::CredentialsHttp, "container"),
        (Feature::CredentialsImds, "EC2 instance role"),
    ];
    let words = known.into_iter().find(|(feature, _)| features.contains(feature)).map(|(_, words)| words);
    words.unwrap_or("the AWS credential chain").to_owned()
}

/// The failure of looking for credentials.
pub(super) fn failure(error: &CredentialsError) -> Failure {
    let (fault, said) = refused(error);
    Failure::new(fault, SIGN_IN, said)
}

/// What kind of failure `error` is, and what the provider says about it.
pub(super) fn refused(error: &CredentialsError) -> (Fault, String) {
    let said = plain(error);
    let is_over = |text: &str| {
        // The providers' own error types are private to the SDK; these are their words for it.
        ["expired", "reauthenticate", "UnauthorizedException"].iter().any(|word| text.contains(word))
    };
    let fault = match error {
        CredentialsError::CredentialsNotLoaded(_) => {
            return (
                Fault::NoCredentials,
                "no credentials in the environment, in a profile, or from a container or EC2".into(),
            );
        }
        _ if causes(error).any(|cause| is_over(&cause.to_string())) => Fault::ExpiredSession,
        _ if never_connected(error) => Fault::NoNetwork,
        _ => Fault::UnusableCredentials,
    };
    (fault, said)
}
