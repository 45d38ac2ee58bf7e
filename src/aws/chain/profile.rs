//! Resolves a profile to its credentials: a chain of roles on a base that needs no other credentials.

use std::sync::Arc;

use aws_config::Region;
use aws_config::profile::ProfileFileCredentialsProvider;
use aws_config::provider_config::ProviderConfig;
use aws_config::sso::SsoCredentialsProvider;
use aws_credential_types::Credentials;

use super::redirect::Redirect;
use super::role::{AssumedRole, Mfa, WebIdentity};
use super::{Chain, Provider};
use crate::account::source::ProfileKind;
use crate::account::{Failure, Fault};
use crate::aws::credentials::{SIGN_IN, base_kind};
use crate::aws::shared_config::{Profile, Shared, SsoSession, is_known, unusable};

/// The profiles that assume a role, outermost first, and the base profile.
struct RoleChain<'a> {
    roles: Vec<&'a Profile>,
    base: &'a Profile,
}

/// Follows `source_profile` down to the base profile.
fn role_chain<'a>(shared: &'a Shared, selected: &'a Profile) -> Result<RoleChain<'a>, Failure> {
    let mut roles: Vec<&Profile> = Vec::new();
    let mut profile = selected;
    loop {
        profile.verify()?;
        // A source profile with keys provides them, whatever else it sets.
        let has_keys = !roles.is_empty() && base_kind(profile) == ProfileKind::StaticKey;
        if has_keys || profile.get("role_arn").is_none() || profile.get("web_identity_token_file").is_some() {
            return Ok(RoleChain { roles, base: profile });
        }
        roles.push(profile);
        let name = profile.name();
        let source = match (profile.get("source_profile"), profile.get("credential_source")) {
            (Some(_), Some(_)) => Err("sets both source_profile and credential_source: one of them"),
            (None, None) => Err("has a role_arn, but neither source_profile nor credential_source says who assumes it"),
            (source, None) if source != Some(name) => Ok(source),
            _ => Ok(None),
        };
        let Some(source) = source.map_err(|what| unusable(format!("profile {name} {what}")))? else {
            return Ok(RoleChain { roles, base: profile });
        };
        if roles.iter().any(|role| role.name() == source) {
            return Err(unusable(format!("profile {name} has source_profile {source}, which leads back to {name}")));
        }
        let missing = || unusable(format!("profile {name} has source_profile {source}: {}", shared.missing(source)));
        profile = shared.profile(source).ok_or_else(missing)?;
    }
}

/// The MFA device whose code `selected` needs to sign in.
pub(in crate::aws) fn device(shared: &Shared, selected: &Profile) -> Option<String> {
    let role_chain = role_chain(shared, selected).ok()?;
    role_chain.roles.iter().rev().find_map(|role| role.get("mfa_serial")).map(str::to_owned)
}

impl Chain<'_> {
    /// The provider of credentials for `selected`; `None` if it only has settings.
    pub(super) fn provider_of(&self, selected: &Profile) -> Result<Option<Provider>, Failure> {
        let RoleChain { roles, base } = role_chain(self.shared, selected)?;
        let Some(mut provider) = self.base(base)? else {
            let gives_none = |role: &&Profile| {
                let (name, base) = (role.name(), base.name());
                unusable(format!("profile {name} has source_profile {base}, which gives no credentials"))
            };
            return roles.last().map(gives_none).map_or(Ok(None), Err);
        };
        for role in roles.into_iter().rev() {
            provider = self.role(role, provider)?;
        }
        Ok(Some(provider))
    }

    fn base(&self, profile: &Profile) -> Result<Option<Provider>, Failure> {
        match base_kind(profile) {
            ProfileKind::Nothing | ProfileKind::Role => Ok(None),
            ProfileKind::StaticKey => keys(profile).map(|keys| Some(Arc::new(keys) as Provider)),
            ProfileKind::WebIdentity => {
                let named = |name| profile.get(name).map(str::to_owned);
                let (Some(role), Some(token_file)) = (named("role_arn"), named("web_identity_token_file")) else {
                    let name = profile.name();
                    return Err(unusable(format!("profile {name} has a web_identity_token_file, but no role_arn")));
                };
                let (token_file, session) = (token_file.into(), named("role_session_name"));
                Ok(Some(Arc::new(WebIdentity { token_file, role, session, config: self.config.clone() })))
            }
            ProfileKind::Sso | ProfileKind::Login | ProfileKind::Process | ProfileKind::Source => {
                match self.shared.sso_session(profile).filter(|session| !is_known(session.name)) {
                    Some(session) => self.sso(profile, &session).map(Some),
                    None => Ok(Some(self.by_the_sdk(profile))),
                }
            }
        }
    }

    /// The SDK handles everything that needs no code here: SSO, login sessions, processes and `credential_source`.
    fn by_the_sdk(&self, profile: &Profile) -> Provider {
        let known = self.shared.for_sdk(Some(profile));
        let provider = ProfileFileCredentialsProvider::builder()
            .configure(&self.redirected())
            .profile_files(known.files)
            .profile_name(known.name)
            .with_custom_provider("Ec2InstanceMetadata", self.imds())
            .with_custom_provider("EcsContainer", self.ecs());
        Arc::new(provider.build())
    }

    /// An SSO session whose name the SDK's file parser would refuse.
    fn sso(&self, profile: &Profile, session: &SsoSession<'_>) -> Result<Provider, Failure> {
        let lacks = |what: &str, key: &str| unusable(format!("{what} has no {key}"));
        let of_profile = |key| profile.get(key).ok_or_else(|| lacks(&format!("profile {}", profile.name()), key));
        let of_session = |key| session.get(key).ok_or_else(|| lacks(&format!("sso-session {}", session.name), key));
        let provider = SsoCredentialsProvider::builder()
            .configure(&self.redirected())
            .session_name(session.name)
            .account_id(of_profile("sso_account_id")?)
            .role_name(of_profile("sso_role_name")?)
            .region(Region::new(of_session("sso_region")?.to_owned()))
            .start_url(of_session("sso_start_url")?);
        Ok(Arc::new(provider.build()))
    }

    /// Settings for the SDK's own providers, redirected to the endpoint if one is set.
    fn redirected(&self) -> ProviderConfig {
        let config = self.provider.clone();
        match &self.endpoint_url {
            Some(url) => config.with_http_client(Redirect::new(self.config.http_client(), url)),
            None => config,
        }
    }

    fn role(&self, profile: &Profile, from: Provider) -> Result<Provider, Failure> {
        let (name, named) = (profile.name(), |key| profile.get(key).map(str::to_owned));
        let mfa = match named("mfa_serial") {
            None => None,
            Some(serial) if self.mfa_code.is_there() => Some(Mfa { serial, code: self.mfa_code.clone() }),
            Some(serial) => {
                let said = format!("profile {name}: its role asks for a code of the MFA device {serial}");
                return Err(Failure::new(Fault::CodeNeeded, SIGN_IN, said));
            }
        };
        let seconds = profile.setting("duration_seconds").map(|setting| {
            let (place, text) = (&setting.place, setting.value.as_str());
            text.parse().map_err(|_| unusable(format!("{place}: duration_seconds is {text:?}: expected a number")))
        });
        Ok(Arc::new(AssumedRole {
            from,
            config: self.config.clone(),
            role: named("role_arn").unwrap_or_default(),
            session: named("role_session_name"),
            external_id: named("external_id"),
            seconds: seconds.transpose()?,
            mfa,
        }))
    }
}

fn keys(profile: &Profile) -> Result<Credentials, Failure> {
    let needed = |key: &str| {
        profile.get(key).ok_or_else(|| unusable(format!("profile {} has half an access key: no {key}", profile.name())))
    };
    let mut keys = Credentials::builder()
        .access_key_id(needed("aws_access_key_id")?)
        .secret_access_key(needed("aws_secret_access_key")?)
        .provider_name("profile");
    keys.set_session_token(profile.get("aws_session_token").map(str::to_owned));
    Ok(keys.build())
}
