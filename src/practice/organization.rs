//! The account's organization, as far as IAM and Account Management show it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// An organization, seen from this account.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organization {
    /// `o-` and 10 to 32 characters.
    pub id: String,
    /// Whether this account is its management account.
    pub management: bool,
    pub all_features: bool,
    /// Whether a member is delegated administrator for `iam.amazonaws.com`, and for `account.amazonaws.com`.
    pub delegated_for_iam: bool,
    pub delegated_for_account_management: bool,
    /// Trusted access for `iam.amazonaws.com`.
    pub trusts_iam: bool,
    /// Trusted access for `account.amazonaws.com`.
    pub trusts_account_management: bool,
    pub root_credentials_management: bool,
    pub root_sessions: bool,
    /// Members' primary e-mail addresses by account id.
    pub members: BTreeMap<String, String>,
}
