//! The account summary's numbers.

use std::collections::BTreeMap;

/// The account summary: numbers by name, as `iam:GetAccountSummary` gives them. An absent number is unknown, not zero.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Summary(pub BTreeMap<String, i32>);

impl Summary {
    /// Access keys of root, active or not: 1 if there is any (`AccountAccessKeysPresent`).
    #[must_use]
    pub fn root_keys(&self) -> Option<i32> {
        self.0.get("AccountAccessKeysPresent").copied()
    }

    /// Signing certificates of root: 1 if there is any (`AccountSigningCertificatesPresent`).
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
