//! The tables of a scenario file, and the rules for single values. `check` has the rules for the whole.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use toml::Spanned;

use super::age::{Age, PastUse};
use super::certificates::{ServerCertificateTable, ServiceCredentialTable};
use super::watchers::{AlarmTable, AnalyzerTable, DetectorTable, FilterTable, HubTable, RuleTable, TopicTable};
use crate::account::{PasswordPolicy, contact};
use crate::practice::fault::{self, Fault, FaultKind};
use crate::practice::rules;

/// What a practice account is like when it opens.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    pub(super) title: String,
    pub(super) account: AccountId,
    pub(super) age: Option<Spanned<Age>>,
    #[serde(default, deserialize_with = "alias")]
    pub(super) alias: Option<String>,
    #[serde(default = "root_login")]
    pub(super) signed_in_as: Spanned<SignedInAs>,
    #[serde(default)]
    pub(super) visible_after_seconds: u32,
    #[serde(default)]
    pub(super) denied: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) root_mfa_by_api: bool,
    #[serde(default)]
    pub(super) root: RootTable,
    #[serde(default)]
    pub(super) groups: Vec<GroupTable>,
    #[serde(default)]
    pub(super) users: Vec<UserTable>,
    #[serde(default)]
    pub(super) devices: Vec<DeviceTable>,
    pub(super) organization: Option<OrganizationTable>,
    #[serde(default)]
    pub(super) contacts: ContactsTable,
    pub(super) contact_information: Option<Spanned<BTreeMap<Spanned<String>, Spanned<String>>>>,
    pub(super) password_policy: Option<PasswordPolicyTable>,
    #[serde(default)]
    pub(super) fault: Vec<Fault>,
    pub(super) chaos: Option<ChaosTable>,
    #[serde(default)]
    pub(super) rate: Vec<RateTable>,
    #[serde(default)]
    pub(super) report_takes_seconds: u32,
    #[serde(default)]
    pub(super) trails: Vec<TrailTable>,
    /// The Regions that had to be opted in to and were.
    #[serde(default)]
    pub(super) regions: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) guardduty: Vec<DetectorTable>,
    pub(super) security_hub: Option<HubTable>,
    #[serde(default)]
    pub(super) access_analyzers: Vec<AnalyzerTable>,
    #[serde(default)]
    pub(super) event_rules: Vec<RuleTable>,
    #[serde(default)]
    pub(super) topics: Vec<TopicTable>,
    #[serde(default)]
    pub(super) metric_filters: Vec<FilterTable>,
    #[serde(default)]
    pub(super) alarms: Vec<AlarmTable>,
    /// The account's own managed policies: their documents by their names.
    #[serde(default)]
    pub(super) policies: BTreeMap<Spanned<String>, Spanned<String>>,
    #[serde(default)]
    pub(super) permission_sets: Vec<PermissionSetTable>,
    #[serde(default)]
    pub(super) roles: Vec<RoleTable>,
    /// What is to be reached.
    #[serde(default)]
    pub(super) goals: Vec<super::lesson::GoalTable>,
    /// What is to be understood, by the names of the shared questions.
    #[serde(default, deserialize_with = "super::lesson::names")]
    pub(super) why: Vec<String>,
    #[serde(default)]
    pub(super) server_certificates: Vec<ServerCertificateTable>,
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
    pub last_sign_in: Spanned<PastUse>,
    pub mfa: Vec<Spanned<MfaKind>>,
    pub keys: Vec<Spanned<KeyTable>>,
}

impl Default for RootTable {
    fn default() -> Self {
        Self { password: true, last_sign_in: never(), mfa: Vec::new(), keys: Vec::new() }
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
    pub age: Option<Spanned<Age>>,
    #[serde(default = "never")]
    pub last_used: Spanned<PastUse>,
    #[serde(default = "s3")]
    pub service: String,
    #[serde(default = "us_east_1")]
    pub region: String,
    #[serde(default = "yes")]
    pub active: bool,
    #[serde(default)]
    pub calls: Vec<super::history::CallsTable>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GroupTable {
    pub name: Spanned<String>,
    pub age: Option<Spanned<Age>>,
    #[serde(default)]
    pub policies: Vec<Spanned<String>>,
    #[serde(default)]
    pub inline_policies: BTreeMap<Spanned<String>, Spanned<String>>,
}

/// A role of the account's own.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RoleTable {
    pub name: Spanned<String>,
    pub age: Option<Spanned<Age>>,
    #[serde(default)]
    pub policies: Vec<Spanned<String>>,
    #[serde(default)]
    pub inline_policies: BTreeMap<Spanned<String>, Spanned<String>>,
    #[serde(default = "never")]
    pub last_used: Spanned<PastUse>,
}

/// A permission set of IAM Identity Center that is assigned in the account.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PermissionSetTable {
    pub name: Spanned<String>,
    #[serde(default)]
    pub policies: Vec<Spanned<String>>,
    #[serde(default = "never")]
    pub last_used: Spanned<PastUse>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UserTable {
    pub name: Spanned<String>,
    pub age: Option<Spanned<Age>>,
    #[serde(default)]
    pub groups: Vec<Spanned<String>>,
    #[serde(default)]
    pub password: PasswordTable,
    /// Whether it has to be changed at the next sign-in.
    #[serde(default)]
    pub password_reset: bool,
    #[serde(default = "never")]
    pub last_sign_in: Spanned<PastUse>,
    #[serde(default)]
    pub mfa: Vec<Spanned<MfaKind>>,
    #[serde(default)]
    pub policies: Vec<Spanned<String>>,
    pub boundary: Option<Spanned<String>>,
    #[serde(default)]
    pub inline_policies: BTreeMap<Spanned<String>, Spanned<String>>,
    #[serde(default)]
    pub keys: Vec<Spanned<KeyTable>>,
    #[serde(default)]
    pub service_credentials: Vec<ServiceCredentialTable>,
}

/// Whether a user has a console password.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged, expecting = "expected true, false, or the password itself as text")]
pub(super) enum PasswordTable {
    /// Whether it has one, which nobody knows.
    There(bool),
    /// This one: whoever practises is told it.
    Known(String),
}

impl Default for PasswordTable {
    fn default() -> Self {
        Self::There(false)
    }
}

impl PasswordTable {
    pub fn is_there(&self) -> bool {
        !matches!(self, Self::There(false))
    }

    pub fn known(&self) -> Option<&str> {
        match self {
            Self::Known(password) => Some(password),
            Self::There(_) => None,
        }
    }
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DeviceTable {
    pub name: Spanned<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OrganizationTable {
    #[serde(deserialize_with = "organization_id")]
    pub id: String,
    #[serde(default)]
    pub management: bool,
    #[serde(default = "yes")]
    pub all_features: bool,
    #[serde(default)]
    pub trusted_access: Vec<TrustedService>,
    /// For which services this member is a delegated administrator.
    #[serde(default)]
    pub delegated_administrator: Vec<Spanned<TrustedService>>,
    #[serde(default)]
    pub root_features: Vec<RootFeature>,
    #[serde(default)]
    pub members: BTreeMap<Spanned<String>, Spanned<String>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum TrustedService {
    Iam,
    Account,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub(super) enum RootFeature {
    RootCredentialsManagement,
    RootSessions,
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
    #[serde(deserialize_with = "contact_name")]
    pub name: String,
    #[serde(deserialize_with = "contact_title")]
    pub title: String,
    #[serde(deserialize_with = "contact_email")]
    pub email: String,
    #[serde(deserialize_with = "contact_phone")]
    pub phone: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PasswordPolicyTable {
    #[serde(deserialize_with = "length")]
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
    #[serde(default, deserialize_with = "max_age")]
    pub max_age: Option<u32>,
    #[serde(default, deserialize_with = "reuse")]
    pub reuse_prevention: Option<u32>,
    #[serde(default)]
    pub hard_expiry: bool,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ChaosTable {
    pub seed: u32,
    #[serde(deserialize_with = "fault::call_pattern")]
    pub call: String,
    #[serde(deserialize_with = "per_thousand")]
    pub per_thousand: u16,
    pub kinds: Vec<FaultKind>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RateTable {
    pub of: String,
    pub per_second: u32,
    pub burst: u32,
}

/// A CloudTrail trail. It delivers nothing.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TrailTable {
    pub name: String,
    #[serde(default = "us_east_1")]
    pub region: String,
    #[serde(default = "yes")]
    pub multi_region: bool,
    #[serde(default = "yes")]
    pub logging: bool,
    #[serde(default)]
    pub validation: bool,
    pub log_group: Option<String>,
    #[serde(default)]
    pub management_events: Recorded,
    #[serde(default)]
    pub excluded_sources: Vec<String>,
    /// AdvancedEventSelectors as JSON; they take the place of the two above.
    #[serde(default, deserialize_with = "selectors")]
    pub advanced_selectors: Option<serde_json::Value>,
}

/// Which management events a trail records, as CloudTrail spells it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
pub(super) enum Recorded {
    #[default]
    All,
    ReadOnly,
    WriteOnly,
    None,
}

fn selectors<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<serde_json::Value>, D::Error> {
    let text = String::deserialize(deserializer)?;
    let list = serde_json::from_str(&text).ok().filter(serde_json::Value::is_array);
    let wrong = || de::Error::custom("advanced_selectors is no list in JSON; expected AWS's AdvancedEventSelectors");
    list.map(Some).ok_or_else(wrong)
}

fn never() -> Spanned<PastUse> {
    Spanned::new(0..0, PastUse::default())
}

fn root_login() -> Spanned<SignedInAs> {
    Spanned::new(0..0, SignedInAs::RootLogin)
}

pub(super) fn yes() -> bool {
    true
}

fn s3() -> String {
    "s3".to_owned()
}

pub(super) fn us_east_1() -> String {
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

impl Serialize for SignedInAs {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::RootLogin => serializer.serialize_str("root-login"),
            Self::RootKey => serializer.serialize_str("root-key"),
            Self::User(name) => serializer.collect_str(&format_args!("user:{name}")),
        }
    }
}

fn alias<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let text = String::deserialize(deserializer)?;
    rules::ALIAS.check("AccountAlias", &text).map_err(|_| {
        de::Error::custom(format!(
            "{text:?} is no account alias; expected 3 to 63 small letters, digits and single hyphens, none at an end"
        ))
    })?;
    Ok(Some(text))
}

/// Source: Organizations API, `Organization.Id`.
fn organization_id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    let rest = text.strip_prefix("o-").unwrap_or_default();
    let is_good = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit();
    if (10..=32).contains(&rest.len()) && rest.bytes().all(is_good) {
        return Ok(text);
    }
    let expected = "expected \"o-\" and 10 to 32 small letters and digits";
    Err(de::Error::custom(format!("{text:?} is no organization's id; {expected}")))
}

/// A text in which `problem` finds nothing.
fn sound<'de, D: Deserializer<'de>>(
    deserializer: D,
    problem: fn(&str) -> Option<String>,
    what: &str,
) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    match problem(&text) {
        None => Ok(text),
        Some(problem) => Err(de::Error::custom(format!("{text:?} can't be {what}: {problem}"))),
    }
}

fn contact_name<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    sound(deserializer, contact::name_problem, "a contact's name")
}

fn contact_title<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    sound(deserializer, contact::title_problem, "a contact's title")
}

fn contact_email<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    sound(deserializer, contact::email_problem, "an e-mail address")
}

fn contact_phone<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    sound(deserializer, contact::phone_problem, "a phone number")
}

fn within<'de, D: Deserializer<'de>>(deserializer: D, range: &RangeInclusive<u32>) -> Result<u32, D::Error> {
    let number = i64::deserialize(deserializer)?;
    let fits = u32::try_from(number).ok().filter(|number| range.contains(number));
    fits.ok_or_else(|| {
        de::Error::custom(format!("AWS does not take {number}; expected {} to {}", range.start(), range.end()))
    })
}

fn length<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    within(deserializer, &PasswordPolicy::LENGTH)
}

fn per_thousand<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u16, D::Error> {
    let number = i64::deserialize(deserializer)?;
    let fits = u16::try_from(number).ok().filter(|number| *number <= 1000);
    fits.ok_or_else(|| de::Error::custom(format!("{number} of a thousand can't be; expected 0 to 1000")))
}

fn max_age<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u32>, D::Error> {
    within(deserializer, &PasswordPolicy::AGE).map(Some)
}

fn reuse<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u32>, D::Error> {
    within(deserializer, &PasswordPolicy::REUSE).map(Some)
}
