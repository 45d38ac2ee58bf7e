//! Sources of credentials on this machine: profiles, variables, the AWS CLI. Names and numbers only, never a
//! secret.

use super::key_id::{likely_account, shortened};

/// Which of the sources on the machine lockroot connects with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum CredentialSource {
    /// As it was started: `--profile`, or else the chain of every AWS SDK.
    #[default]
    AsStarted,
    /// That profile, before any variable.
    Profile(String),
    /// The keys in the environment, before any profile.
    Environment,
}

/// How a profile signs in, by the settings that count, in the order in which the SDK looks at them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProfileKind {
    /// A role, with a token from a file.
    WebIdentity,
    /// A role, assumed with another source's credentials.
    Role,
    /// IAM Identity Center.
    Sso,
    /// A session that `aws login` started.
    Login,
    /// What a `credential_source` names: the environment, a container, EC2.
    Source,
    /// A program that prints credentials.
    Process,
    /// An access key in the file.
    StaticKey,
    /// None: it holds settings only.
    Nothing,
}

impl ProfileKind {
    /// In words.
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

/// An account that a source names without being asked for credentials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The twelve digits.
    pub account: String,
    /// Whether it is written there, or only likely, by the form of a key id.
    pub is_sure: bool,
}

impl Named {
    /// The account in an ARN, if it has one.
    #[must_use]
    pub fn in_arn(arn: &str) -> Option<Self> {
        Self::written(arn.split(':').nth(4)?)
    }

    /// The account that is written as such.
    #[must_use]
    pub fn written(account: &str) -> Option<Self> {
        let is_id = account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit());
        is_id.then(|| Self { account: account.to_owned(), is_sure: true })
    }

    /// The account that the id of an access key lets one expect.
    #[must_use]
    pub fn in_key_id(id: &str) -> Option<Self> {
        likely_account(id).map(|account| Self { account, is_sure: false })
    }
}

/// A profile of the shared configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// Its name.
    pub name: String,
    /// How it signs in.
    pub kind: ProfileKind,
    /// The account that it names.
    pub account: Option<Named>,
    /// The ARN of whoever signed in, where `aws login` has written it down.
    pub login: Option<String>,
    /// Its region.
    pub region: Option<String>,
}

impl Profile {
    /// Whether it is a login session of root.
    #[must_use]
    pub fn is_root_login(&self) -> bool {
        self.kind == ProfileKind::Login && self.login.as_deref().is_some_and(|arn| arn.ends_with(":root"))
    }
}

/// The access key in the environment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnvironmentKey {
    /// Its id, shortened.
    pub id: String,
    /// The account that it likely belongs to.
    pub account: Option<Named>,
}

impl EnvironmentKey {
    /// What is kept of the key called `id`.
    #[must_use]
    pub fn of(id: &str) -> Self {
        Self { id: shortened(id), account: Named::in_key_id(id) }
    }
}

/// An access key that something on this machine holds.
#[derive(Clone, PartialEq, Eq)]
pub struct HeldKey {
    /// Its whole id, by which it is told from others.
    pub id: String,
    /// Where, in words.
    pub place: String,
}

/// Not even the id stands in a log.
impl std::fmt::Debug for HeldKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} in {}", shortened(&self.id), self.place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_are_read_from_arns_and_numbers_only() {
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
