//! The tables of a scenario file, and what must fit together in them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde::{Deserialize, Deserializer, de};
use toml::Spanned;

use super::age::{Age, PastUse};
use crate::practice::fault::Fault;
use crate::practice::managed_policies::{self, POLICIES};
use crate::practice::policy::Document;
use crate::practice::rules;

/// What a practice account is like when it opens.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    pub(super) title: String,
    pub(super) account: AccountId,
    #[serde(default = "a_year")]
    pub(super) age: Age,
    pub(super) alias: Option<String>,
    #[serde(default = "root_login")]
    pub(super) signed_in_as: Spanned<SignedInAs>,
    #[serde(default)]
    pub(super) visible_after_seconds: u32,
    #[serde(default)]
    pub(super) denied: Vec<String>,
    #[serde(default)]
    pub(super) root: RootTable,
    #[serde(default)]
    pub(super) groups: Vec<GroupTable>,
    #[serde(default)]
    pub(super) users: Vec<UserTable>,
    #[serde(default)]
    pub(super) devices: Vec<DeviceTable>,
    #[serde(default)]
    pub(super) contacts: ContactsTable,
    pub(super) password_policy: Option<PasswordPolicyTable>,
    #[serde(default)]
    pub(super) fault: Vec<Fault>,
}

/// Twelve digits.
#[derive(Debug, Clone)]
pub struct AccountId(pub String);

/// With whose credentials a session starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignedInAs {
    /// `root-login`: root's temporary credentials, as `aws login` gives them.
    RootLogin,
    /// `root-key`: root's first active access key.
    RootKey,
    /// `user:NAME`: a user's first active access key, or its temporary credentials where it has none.
    User(String),
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RootTable {
    pub password: bool,
    pub last_sign_in: PastUse,
    pub mfa: Vec<MfaKind>,
    pub keys: Vec<KeyTable>,
}

impl Default for RootTable {
    fn default() -> Self {
        Self { password: true, last_sign_in: PastUse::default(), mfa: Vec::new(), keys: Vec::new() }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum MfaKind {
    Virtual,
    Hardware,
    Passkey,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KeyTable {
    #[serde(default = "a_year")]
    pub age: Age,
    #[serde(default)]
    pub last_used: PastUse,
    #[serde(default = "s3")]
    pub service: String,
    #[serde(default = "us_east_1")]
    pub region: String,
    #[serde(default = "yes")]
    pub active: bool,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GroupTable {
    pub name: Spanned<String>,
    #[serde(default = "a_year")]
    pub age: Age,
    #[serde(default)]
    pub policies: Vec<Spanned<String>>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UserTable {
    pub name: Spanned<String>,
    #[serde(default = "a_year")]
    pub age: Age,
    #[serde(default)]
    pub groups: Vec<Spanned<String>>,
    #[serde(default)]
    pub password: bool,
    #[serde(default)]
    pub last_sign_in: PastUse,
    #[serde(default)]
    pub mfa: Vec<MfaKind>,
    #[serde(default)]
    pub policies: Vec<Spanned<String>>,
    pub boundary: Option<Spanned<String>>,
    #[serde(default)]
    pub inline_policies: BTreeMap<String, Spanned<String>>,
    #[serde(default)]
    pub keys: Vec<KeyTable>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DeviceTable {
    pub name: String,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ContactsTable {
    pub billing: Option<ContactTable>,
    pub operations: Option<ContactTable>,
    pub security: Option<ContactTable>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ContactTable {
    pub name: String,
    pub title: String,
    pub email: String,
    pub phone: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PasswordPolicyTable {
    pub minimum_length: u32,
    #[serde(default)]
    pub require_symbols: bool,
    #[serde(default)]
    pub require_numbers: bool,
    #[serde(default)]
    pub require_uppercase: bool,
    #[serde(default)]
    pub require_lowercase: bool,
    #[serde(default)]
    pub allow_change: bool,
    pub max_age: Option<u32>,
    pub reuse_prevention: Option<u32>,
    #[serde(default)]
    pub hard_expiry: bool,
}

fn a_year() -> Age {
    Age(std::time::Duration::from_secs(365 * 86_400))
}

fn root_login() -> Spanned<SignedInAs> {
    Spanned::new(0..0, SignedInAs::RootLogin)
}

fn yes() -> bool {
    true
}

fn s3() -> String {
    "s3".to_owned()
}

fn us_east_1() -> String {
    "us-east-1".to_owned()
}

impl<'de> Deserialize<'de> for AccountId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit()) {
            Ok(Self(text))
        } else {
            Err(de::Error::custom(format!("{text:?} is no account id; expected twelve digits")))
        }
    }
}

impl<'de> Deserialize<'de> for SignedInAs {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        match (text.as_str(), text.strip_prefix("user:")) {
            ("root-login", _) => Ok(Self::RootLogin),
            ("root-key", _) => Ok(Self::RootKey),
            (_, Some(name)) => Ok(Self::User(name.to_owned())),
            _ => Err(de::Error::custom(format!(
                "{text:?} is nobody; expected \"root-login\", \"root-key\" or \"user:NAME\""
            ))),
        }
    }
}

impl UserTable {
    fn is(&self, name: &str) -> bool {
        self.name.get_ref().eq_ignore_ascii_case(name)
    }

    fn can_sign_in(&self) -> bool {
        self.password || self.keys.iter().any(|key| key.active)
    }
}

/// Where something is wrong, and what.
type Wrong = (Range<usize>, String);

impl Scenario {
    /// One line for people.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Checks that what is named is there.
    pub(super) fn check(&self) -> Result<(), Wrong> {
        let has_user = |name: &str| self.users.iter().any(|user| user.is(name));
        let at = self.signed_in_as.span();
        match self.signed_in_as.get_ref() {
            SignedInAs::User(name) if !has_user(name) => {
                return Err((at, format!("there is no user {name}; expected one of this file's users")));
            }
            SignedInAs::RootKey if !self.root.keys.iter().any(|key| key.active) => {
                return Err((at, "root has no active key; expected one under [[root.keys]]".into()));
            }
            SignedInAs::RootLogin if !self.root.password => {
                return Err((at, "root has no password to log in with; expected password = true under [root]".into()));
            }
            SignedInAs::User(name) if !self.users.iter().any(|user| user.is(name) && user.can_sign_in()) => {
                return Err((at, format!("{name} has nothing to sign in with; expected an active key or a password")));
            }
            SignedInAs::RootLogin | SignedInAs::RootKey | SignedInAs::User(_) => {}
        }
        check_names("UserName", self.users.iter().map(|user| &user.name), &rules::NEW_USER_NAME)?;
        check_names("GroupName", self.groups.iter().map(|group| &group.name), &rules::GROUP_NAME)?;
        self.groups.iter().flat_map(|group| &group.policies).try_for_each(check_policy)?;
        self.users.iter().try_for_each(|user| self.check_user(user))
    }

    fn check_user(&self, user: &UserTable) -> Result<(), Wrong> {
        for name in &user.groups {
            if !self.groups.iter().any(|group| group.name.get_ref().eq_ignore_ascii_case(name.get_ref())) {
                let name_of = name.get_ref();
                return Err((name.span(), format!("there is no group {name_of}; expected one of this file's groups")));
            }
        }
        for document in user.inline_policies.values() {
            Document::parse(document.get_ref()).map_err(|said| (document.span(), said))?;
        }
        user.policies.iter().chain(&user.boundary).try_for_each(check_policy)
    }
}

/// Names follow IAM's rule, and no two are alike.
fn check_names<'a>(
    member: &str,
    names: impl Iterator<Item = &'a Spanned<String>>,
    rule: &rules::Rule,
) -> Result<(), Wrong> {
    let mut seen = BTreeSet::new();
    for name in names {
        let text = name.get_ref();
        rule.check(member, text).map_err(|refusal| (name.span(), refusal.message))?;
        if !seen.insert(text.to_ascii_lowercase()) {
            let expected = format!("there is another {text}; expected names that differ in more than their case");
            return Err((name.span(), expected));
        }
    }
    Ok(())
}

fn check_policy(name: &Spanned<String>) -> Result<(), Wrong> {
    if managed_policies::named(name.get_ref()).is_some() {
        return Ok(());
    }
    let known: Vec<&str> = POLICIES.iter().map(managed_policies::ManagedPolicy::name).collect();
    Err((name.span(), format!("there is no policy {}; expected one of {}", name.get_ref(), known.join(", "))))
}
