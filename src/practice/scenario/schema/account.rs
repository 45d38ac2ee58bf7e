//! Tables about the account: organization, contacts, password policy, faults, rates and trails.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::values::{
    contact_email, contact_name, contact_phone, contact_title, length, max_age, organization_id, per_thousand, reuse,
    selectors, us_east_1, yes,
};
use crate::practice::fault::{self, FaultKind};

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::practice::scenario) struct OrganizationTable {
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
pub(in crate::practice::scenario) enum TrustedService {
    Iam,
    Account,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub(in crate::practice::scenario) enum RootFeature {
    RootCredentialsManagement,
    RootSessions,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::practice::scenario) struct ContactsTable {
    pub billing: Option<ContactTable>,
    pub operations: Option<ContactTable>,
    pub security: Option<ContactTable>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::practice::scenario) struct ContactTable {
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
pub(in crate::practice::scenario) struct PasswordPolicyTable {
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
pub(in crate::practice::scenario) struct ChaosTable {
    pub seed: u32,
    #[serde(deserialize_with = "fault::call_pattern")]
    pub call: String,
    #[serde(deserialize_with = "per_thousand")]
    pub per_thousand: u16,
    pub kinds: Vec<FaultKind>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::practice::scenario) struct RateTable {
    pub of: String,
    pub per_second: u32,
    pub burst: u32,
}

/// A CloudTrail trail, which delivers nothing.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::practice::scenario) struct TrailTable {
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
pub(in crate::practice::scenario) enum Recorded {
    #[default]
    All,
    ReadOnly,
    WriteOnly,
    None,
}
