//! Numbers from the account summary.

use std::collections::BTreeMap;

/// Numbers by name, from `iam:GetAccountSummary`. A missing number is unknown, not zero.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Summary(pub BTreeMap<String, i32>);

impl Summary {
    /// Root's access keys, active or not: 1 if any exist (`AccountAccessKeysPresent`).
    #[must_use]
    pub fn root_keys(&self) -> Option<i32> {
        self.0.get("AccountAccessKeysPresent").copied()
    }

    /// Root's signing certificates: 1 if any exist (`AccountSigningCertificatesPresent`).
    #[must_use]
    pub fn root_certificates(&self) -> Option<i32> {
        self.0.get("AccountSigningCertificatesPresent").copied()
    }

    /// Whether root has MFA: 1 or 0 (`AccountMFAEnabled`).
    #[must_use]
    pub fn root_mfa(&self) -> Option<i32> {
        self.0.get("AccountMFAEnabled").copied()
    }

    /// Whether root has a password: 1 or 0 (`AccountPasswordPresent`).
    #[must_use]
    pub fn root_password(&self) -> Option<i32> {
        self.0.get("AccountPasswordPresent").copied()
    }
}
