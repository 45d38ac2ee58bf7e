//! The signing credentials: cached from first use, renewed on expiry, and described without their secrets.

use std::error::Error;
use std::fmt;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use aws_config::imds::client::error::ImdsError;
use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{self, ProvideCredentials, future};

use super::failures::{plain, useful};
use super::retries::{causes, never_connected};
use super::shared_config::Profile;
use crate::account::source::ProfileKind;
use crate::account::{Credential, CredentialKind, Failure, Fault};
use crate::clock::Clock;

/// The action in failures of the credential search, which makes no API call.
pub(super) const SIGN_IN: &str = "sign-in";

/// The message for missing credentials.
pub(super) const NO_CREDENTIALS: &str = "no credentials in the environment, in a profile, or from a container or EC2";

/// Credentials that expire sooner are renewed before they sign.
const MARGIN: Duration = Duration::from_secs(60);

/// Credentials resolved once, so that a process runs or a security key is touched only once.
pub(super) struct CachedCredentials {
    latest: Mutex<Credentials>,
    /// The source of newer credentials; `None` for fixed keys.
    chain: Option<Arc<dyn ProvideCredentials>>,
    source: String,
    /// The access key that the session was made from, if any.
    base: Option<String>,
    clock: Clock,
}

impl CachedCredentials {
    /// Caches `first`; asks `chain` for newer credentials when it expires.
    pub(super) fn new(
        first: Credentials,
        chain: Option<Arc<dyn ProvideCredentials>>,
        source: String,
        clock: Clock,
    ) -> Self {
        Self { latest: Mutex::new(first), chain, source, base: None, clock }
    }

    /// Marks a session as made from the access key `base`.
    pub(super) fn made_from(self, base: Option<String>) -> Self {
        Self { base, ..self }
    }

    /// The source, for people.
    pub(super) fn source(&self) -> &str {
        &self.source
    }

    /// The current credentials, without their secret parts.
    pub(super) fn credential(&self) -> Credential {
        let latest = self.latest();
        let id = latest.access_key_id();
        let temporary = id.starts_with("ASIA") || (!id.starts_with("AKIA") && latest.session_token().is_some());
        Credential {
            access_key_id: id.to_owned(),
            kind: if temporary { CredentialKind::Temporary } else { CredentialKind::LongTerm },
            source: self.source.clone(),
            base: self.base.clone(),
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

impl ProvideCredentials for CachedCredentials {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(self.current())
    }
}

impl fmt::Debug for CachedCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CachedCredentials").field("source", &self.source).finish_non_exhaustive()
    }
}

/// The profile's name and how it signs in, for people.
pub(super) fn in_words(profile: &Profile) -> String {
    match kind(profile) {
        ProfileKind::Nothing => format!("profile {}", profile.name()),
        kind => format!("profile {} ({})", profile.name(), kind.words()),
    }
}

/// How a profile signs in, by the order in which the SDK checks its settings (aws-config,
/// profile/credentials/repr.rs).
pub(super) fn kind(profile: &Profile) -> ProfileKind {
    let is_role = profile.get("role_arn").is_some() && profile.get("web_identity_token_file").is_none();
    if is_role { ProfileKind::Role } else { base_kind(profile) }
}

/// How the base profile signs in, ignoring a role on top.
pub(super) fn base_kind(profile: &Profile) -> ProfileKind {
    let has = |setting| profile.get(setting).is_some();
    match () {
        () if has("credential_source") => ProfileKind::Source,
        () if has("web_identity_token_file") => ProfileKind::WebIdentity,
        () if has("sso_session") || has("sso_start_url") => ProfileKind::Sso,
        () if has("login_session") => ProfileKind::Login,
        () if has("credential_process") => ProfileKind::Process,
        () if has("aws_access_key_id") || has("aws_secret_access_key") => ProfileKind::StaticKey,
        () => ProfileKind::Nothing,
    }
}

/// Why no credentials were found; names `profile` if it should have provided them.
pub(super) fn failure(error: &CredentialsError, profile: Option<&Profile>) -> Failure {
    let (fault, said) = refused(error);
    let Some(profile) = profile else { return Failure::new(fault, SIGN_IN, said) };
    let profile_words = in_words(profile);
    let session = profile.get("login_session").is_some() || kind(profile) == ProfileKind::Sso;
    match fault {
        Fault::NoCredentials => {
            Failure::new(Fault::UnusableCredentials, SIGN_IN, format!("{profile_words} gives no credentials"))
        }
        // The session's file is not in the cache: the AWS CLI writes it at sign-in and removes it at sign-out.
        Fault::UnusableCredentials if session && causes(error).any(is_no_session) => {
            Failure::new(fault, SIGN_IN, format!("{profile_words}: nobody is signed in with it on this machine"))
        }
        _ => Failure::new(fault, SIGN_IN, format!("{profile_words}: {said}")),
    }
}

/// The kind of failure and the provider's message.
pub(super) fn refused(error: &CredentialsError) -> (Fault, String) {
    let fault = match error {
        CredentialsError::CredentialsNotLoaded(_) => {
            // A dangling reference counts as "not loaded" too.
            return match useful(error) {
                Some(said) => (Fault::UnusableCredentials, said),
                None => (Fault::NoCredentials, NO_CREDENTIALS.into()),
            };
        }
        // Whatever answers in place of EC2's metadata service tells nothing about credentials.
        _ if causes(error).any(|cause| cause.is::<ImdsError>()) => {
            return (Fault::NoCredentials, NO_CREDENTIALS.into());
        }
        _ if causes(error).any(|cause| is_over(&cause.to_string())) => Fault::ExpiredSession,
        _ if never_connected(error) => Fault::NoNetwork,
        _ => Fault::UnusableCredentials,
    };
    (fault, plain(error))
}

/// The SDK's provider errors are private types, so their wording for an expired session is matched.
fn is_over(text: &str) -> bool {
    ["expired", "reauthenticate", "UnauthorizedException"].iter().any(|word| text.contains(word))
}

/// aws-config's SSO errors hide their cause behind a deprecated method, so their wording is matched.
fn is_no_session(cause: &(dyn Error + 'static)) -> bool {
    cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::NotFound)
        || cause.to_string() == "failed to load the cached SSO token"
}
