//! Sources of credentials on this machine: profiles, variables, the AWS CLI. Names and numbers only, never a
//! secret.

use super::key_id::{likely_account, shortened};

/// The credential source that lockroot connects with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum CredentialSource {
    /// As started: `--profile`, or the default chain of AWS SDKs.
    #[default]
    AsStarted,
    /// This profile; it overrides variables.
    Profile(String),
    /// The environment's access key; it overrides profiles.
    Environment,
}

/// How a profile signs in, in the order in which the SDK checks its settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProfileKind {
    /// A role, with a web identity token from a file.
    WebIdentity,
    /// A role, assumed with credentials of another source.
    Role,
    Sso,
    /// A session from `aws login`.
    Login,
    /// A `credential_source`: the environment, a container or EC2.
    Source,
    /// A program that prints credentials (`credential_process`).
    Process,
    /// An access key in the file.
    StaticKey,
    /// Settings only, no credentials.
    Nothing,
}

impl ProfileKind {
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::WebIdentity => "web identity",
            Self::Role => "assumed role",
            Self::Sso => "SSO",
            Self::Login => "login session",
            Self::Source => "credential_source",
            Self::Process => "credential_process",
            Self::StaticKey => "access key",
            Self::Nothing => "no credentials",
        }
    }
}

/// An account number found without asking for credentials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// 12 digits.
    pub account: String,
    /// Whether it is stated there, or only derived from a key id.
    pub is_sure: bool,
}

impl Named {
    /// The account in an ARN, if it has one.
    #[must_use]
    pub fn in_arn(arn: &str) -> Option<Self> {
        Self::written(arn.split(':').nth(4)?)
    }

    /// A stated account number, if it has twelve digits.
    #[must_use]
    pub fn written(account: &str) -> Option<Self> {
        let is_id = account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit());
        is_id.then(|| Self { account: account.to_owned(), is_sure: true })
    }

    /// The account that an access key id likely belongs to.
    #[must_use]
    pub fn in_key_id(id: &str) -> Option<Self> {
        likely_account(id).map(|account| Self { account, is_sure: false })
    }
}

/// A profile of the shared configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    pub name: String,
    pub kind: ProfileKind,
    /// The account that it names.
    pub account: Option<Named>,
    /// ARN of the signed-in principal, as written by `aws login`.
    pub login: Option<String>,
    pub region: Option<String>,
}

impl Profile {
    /// Whether it is a root session from `aws login`.
    #[must_use]
    pub fn is_root_login(&self) -> bool {
        self.kind == ProfileKind::Login && self.login.as_deref().is_some_and(|arn| arn.ends_with(":root"))
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnvironmentKey {
    /// Shortened.
    pub id: String,
    /// The account that the key likely belongs to.
    pub account: Option<Named>,
}

impl EnvironmentKey {
    #[must_use]
    pub fn of(id: &str) -> Self {
        Self { id: shortened(id), account: Named::in_key_id(id) }
    }
}

/// An access key stored on this machine.
#[derive(Clone, PartialEq, Eq)]
pub struct HeldKey {
    /// The whole id, to compare keys.
    pub id: String,
    /// The place, for people.
    pub place: String,
}

/// Logs must not contain even the key id.
impl std::fmt::Debug for HeldKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} in {}", shortened(&self.id), self.place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn account_ids_are_parsed_from_arns_and_numbers_only() {
        assert_eq!(
            Named::in_arn("arn:aws:iam::123456789012:role/x").map(|named| named.account).as_deref(),
            Some("123456789012")
        );
        for nothing in ["arn:aws:iam::aws:policy/x", "arn", ""] {
            assert_eq!(Named::in_arn(nothing), None, "{nothing}");
        }
        assert_eq!(Named::written("12345678901"), None);
    }
}
