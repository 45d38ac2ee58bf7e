//! Credentials of a role: assumed with other credentials or with a web identity token. Both call STS with the
//! command line's region and endpoint.

use std::fmt;
use std::path::PathBuf;
use std::time::SystemTime;

use aws_config::SdkConfig;
use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{self, ProvideCredentials, SharedCredentialsProvider, future};
use aws_sdk_sts::{Client, config, types};

use super::Provider;
use crate::aws::mfa_code::MfaCode;
use crate::secret::Secret;

/// A role assumed with the credentials of `from`.
pub(super) struct AssumedRole {
    pub from: Provider,
    pub config: SdkConfig,
    pub role: String,
    pub session: Option<String>,
    pub external_id: Option<String>,
    pub seconds: Option<i32>,
    pub mfa: Option<Mfa>,
}

pub(super) struct Mfa {
    pub serial: String,
    pub code: MfaCode,
}

/// A role assumed with the web identity token in a file.
pub(super) struct WebIdentity {
    pub token_file: PathBuf,
    pub role: String,
    pub session: Option<String>,
    pub config: SdkConfig,
}

impl AssumedRole {
    async fn credentials(&self) -> provider::Result {
        let from = self.from.provide_credentials().await?;
        let code = self.mfa.as_ref().map(Mfa::take).transpose()?;
        let from = config::Builder::from(&self.config).credentials_provider(SharedCredentialsProvider::new(from));
        let answer = Client::from_conf(from.build())
            .assume_role()
            .role_arn(&self.role)
            .role_session_name(session(self.session.as_ref(), &self.config))
            .set_external_id(self.external_id.clone())
            .set_duration_seconds(self.seconds)
            .set_serial_number(self.mfa.as_ref().map(|mfa| mfa.serial.clone()))
            .set_token_code(code.map(|code| code.expose().to_owned()))
            .send();
        given(answer.await.map_err(CredentialsError::provider_error)?.credentials)
    }
}

impl Mfa {
    /// Returns the code once. A later session needs another code.
    fn take(&self) -> Result<Secret, CredentialsError> {
        let over = || format!("the role's session has expired: another code of {} is needed", self.serial);
        self.code.take().ok_or_else(|| CredentialsError::provider_error(over()))
    }
}

impl WebIdentity {
    async fn credentials(&self) -> provider::Result {
        let path = self.token_file.display();
        let unreadable = |error| CredentialsError::invalid_configuration(format!("the token file {path}: {error}"));
        let token = std::fs::read_to_string(&self.token_file).map_err(unreadable)?;
        let answer = Client::new(&self.config)
            .assume_role_with_web_identity()
            .role_arn(&self.role)
            .role_session_name(session(self.session.as_ref(), &self.config))
            .web_identity_token(token.trim())
            .send();
        given(answer.await.map_err(CredentialsError::provider_error)?.credentials)
    }
}

/// The role session name, which CloudTrail shows.
fn session(named: Option<&String>, config: &SdkConfig) -> String {
    let now = config.time_source().map_or_else(SystemTime::now, |time| time.now());
    let seconds = now.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
    named.cloned().unwrap_or_else(|| format!("lockroot-{seconds}"))
}

/// The credentials from STS. The SDK replaces missing members with empty text.
fn given(credentials: Option<types::Credentials>) -> provider::Result {
    let lacks = || CredentialsError::provider_error("the answer of STS has no credentials");
    let credentials = credentials.ok_or_else(lacks)?;
    let (id, secret) = (credentials.access_key_id, credentials.secret_access_key);
    if [&id, &secret, &credentials.session_token].iter().any(|text| text.is_empty()) {
        return Err(lacks());
    }
    let end = SystemTime::try_from(credentials.expiration).map_err(CredentialsError::provider_error)?;
    Ok(Credentials::new(id, secret, Some(credentials.session_token), Some(end), "STS"))
}

impl ProvideCredentials for AssumedRole {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(self.credentials())
    }
}

impl ProvideCredentials for WebIdentity {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(self.credentials())
    }
}

impl fmt::Debug for AssumedRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AssumedRole").field("role", &self.role).finish_non_exhaustive()
    }
}

impl fmt::Debug for WebIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebIdentity").field("role", &self.role).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::account::Fault;
    use crate::aws::credentials::failure;

    #[tokio::test]
    async fn an_expired_mfa_session_ends_and_no_code_is_sent_twice() {
        let spent = MfaCode::new("123456");
        spent.take();
        let keys = Credentials::new("AKIA1", "s", None, None, "a test");
        let role = AssumedRole {
            from: Arc::new(keys),
            // No HTTP client: any request would fail.
            config: SdkConfig::builder().build(),
            role: "arn:aws:iam::123456789012:role/x".into(),
            session: None,
            external_id: None,
            seconds: None,
            mfa: Some(Mfa { serial: "arn:aws:iam::123456789012:mfa/ada".into(), code: spent }),
        };
        let failure = failure(&role.provide_credentials().await.unwrap_err(), None);
        assert_eq!(failure.fault, Fault::ExpiredSession, "{failure}");
        assert!(failure.message.contains("another code of arn:aws:iam::123456789012:mfa/ada"), "{failure}");
    }
}
