//! The tables of a scenario file. `values` validates single values, `check` the whole file.

mod account;
mod values;

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::age::{Age, PastUse};
use super::certificates::{ServerCertificateTable, ServiceCredentialTable};
use super::watchers::{AlarmTable, AnalyzerTable, DetectorTable, FilterTable, HubTable, RuleTable, TopicTable};
use crate::practice::fault::InjectedFault;
pub(super) use account::{
    ChaosTable, ContactTable, ContactsTable, OrganizationTable, PasswordPolicyTable, RateTable, Recorded, RootFeature,
    TrailTable, TrustedService,
};
use values::{alias, never, root_login, s3};
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
