//! The tables of a scenario file. `values` validates single values, `check` the whole file.

mod values;

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::age::{Age, PastUse};
use super::certificates::{ServerCertificateTable, ServiceCredentialTable};
use super::watchers::{AlarmTable, AnalyzerTable, DetectorTable, FilterTable, HubTable, RuleTable, TopicTable};
use crate::practice::fault::{self, FaultKind, InjectedFault};
use values::{
    alias, contact_email, contact_name, contact_phone, contact_title, length, max_age, never, organization_id,
    per_thousand, reuse, root_login, s3, selectors,
};
pub(super) use values::{us_east_1, yes};

/// The initial state of a practice account.
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
    pub(super) fault: Vec<InjectedFault>,
    pub(super) chaos: Option<ChaosTable>,
    #[serde(default)]
    pub(super) rate: Vec<RateTable>,
    #[serde(default)]
    pub(super) report_takes_seconds: u32,
    #[serde(default)]
    pub(super) trails: Vec<TrailTable>,
    /// Enabled opt-in Regions.
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
    /// Customer managed policies: documents by name.
    #[serde(default)]
    pub(super) policies: BTreeMap<Spanned<String>, Spanned<String>>,
    #[serde(default)]
    pub(super) permission_sets: Vec<PermissionSetTable>,
    #[serde(default)]
    pub(super) roles: Vec<RoleTable>,
    #[serde(default)]
    pub(super) goals: Vec<super::lesson::GoalTable>,
    /// Names of shared questions.
    #[serde(default, deserialize_with = "super::lesson::names")]
    pub(super) why: Vec<String>,
    #[serde(default)]
    pub(super) server_certificates: Vec<ServerCertificateTable>,
}

/// 12 digits.
#[derive(Debug, Clone)]
pub struct AccountId(pub String);

/// The principal of a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignedInAs {
    /// `root-login`: root's temporary credentials, as from `aws login`.
    RootLogin,
    /// `root-key`: root's first active access key.
    RootKey,
    /// `user:NAME`: the user's first active access key, or temporary credentials without one.
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

/// An assigned permission set of IAM Identity Center.
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
    /// Whether the user must change it at the next sign-in.
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

/// A user's console password.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged, expecting = "expected true, false, or the password itself as text")]
pub(super) enum PasswordTable {
    /// Whether a password exists; nobody knows it.
    There(bool),
    /// A known password, which the learner is told.
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
    /// Services that this member is delegated administrator for.
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

/// A CloudTrail trail, which delivers nothing.
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
    /// AdvancedEventSelectors as JSON; they replace the two settings above.
    #[serde(default, deserialize_with = "selectors")]
    pub advanced_selectors: Option<serde_json::Value>,
}

/// The recorded management events, in CloudTrail's spelling.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
pub(super) enum Recorded {
    #[default]
    All,
    ReadOnly,
    WriteOnly,
    None,
}
