//! Replaces the credentials of a session by others of the same principal: with MFA, or another access key. The
//! session is used only after AWS has confirmed the principal.

use std::sync::Arc;
use std::time::SystemTime;

use aws_config::identity::IdentityCache;
use aws_credential_types::Credentials;

use super::Aws;
use super::connect::shared;
use super::credentials::CachedCredentials;
use super::failures::of_read;
use crate::account::{CredentialKind, Failure, Fault, Renewal};
use crate::secret::Secret;

/// The provider name in the SDK's errors.
const PROVIDER: &str = "lockroot";

impl Aws {
    /// The same endpoint and Region, signed with the credentials of `renewal`.
    pub(super) async fn renewed(&self, renewal: &Renewal) -> Result<Self, Failure> {
        let before = self.remembered_caller().await?;
        let held = match renewal {
            Renewal::Mfa { serial, code } => self.with_mfa(serial, code).await?,
            Renewal::Key { id, secret } => {
                let credentials = Credentials::new(id, secret.expose(), None, None, PROVIDER);
                CachedCredentials::new(credentials, None, format!("access key {id}, made here"), self.clock.clone())
            }
        };
        let held = Arc::new(held);
        let config = self.config.to_builder().credentials_provider(shared(&held));
        let config = config.identity_cache(IdentityCache::lazy().build()).build();
        let renewed = Self::over(&config, held, self.clock.clone());
        let after = renewed.remembered_caller().await?;
        if before.is_same_as(&after) {
            return Ok(renewed);
        }
        let said = format!("it belongs to {}, not to {}", after.principal.words(), before.principal.words());
        Err(Failure::new(Fault::UnusableCredentials, "sts:GetCallerIdentity", said))
    }

    /// Uses AWS's default duration: twelve hours for a user.
    async fn with_mfa(&self, serial: &str, code: &Secret) -> Result<CachedCredentials, Failure> {
        const ACTION: &str = "sts:GetSessionToken";
        let call = self.sts.get_session_token().serial_number(serial).token_code(code.expose());
        let answer = call.send().await.map_err(of_read(ACTION))?;
        let found = answer.credentials.ok_or_else(|| Failure::lacks(ACTION, "Credentials"))?;
        if found.access_key_id.is_empty() || found.secret_access_key.is_empty() || found.session_token.is_empty() {
            return Err(Failure::lacks(ACTION, "Credentials"));
        }
        let ends = SystemTime::try_from(found.expiration).ok();
        let credentials =
            Credentials::new(found.access_key_id, found.secret_access_key, Some(found.session_token), ends, PROVIDER);
        let source = format!("{}, with MFA", self.credentials.source());
        let signing = self.credentials.credential();
        let base = (signing.kind == CredentialKind::LongTerm).then_some(signing.access_key_id);
        Ok(CachedCredentials::new(credentials, None, source, self.clock.clone()).made_from(base))
    }
}
