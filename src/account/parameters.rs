//! The limits that a company can configure for controls.

/// The thresholds of all controls. Defaults follow CIS AWS Foundations 7.0 where it sets a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parameters {
    /// Days after which an unused password or key fails. CIS 2.11: 45.
    pub unused_days: u32,
    /// Maximum age of an access key in days. CIS 2.12: 90.
    pub key_age_days: u32,
    /// Days without root use that are required. CIS 2.7 sets no number.
    pub root_unused_days: u32,
    /// Days of CloudTrail history without root activity that are required, 1 to 90.
    pub root_activity_days: u32,
    /// Minimum number of root's MFA devices. AWS recommends more than one.
    pub root_devices: u32,
    /// Minimum number of administrators who can sign in.
    pub administrators: u32,
    /// Minimum password length. CIS 2.8: 14.
    pub password_length: u32,
    /// Number of remembered passwords. CIS 2.9: 24.
    pub password_reuse: u32,
    /// Days after which passwords must expire; `None`: they need not, following CIS and NIST. Security Hub IAM.17:
    /// 90.
    pub password_expiry_days: Option<u32>,
}

impl Default for Parameters {
    fn default() -> Self {
        Self {
            unused_days: 45,
            key_age_days: 90,
            root_unused_days: 90,
            root_activity_days: 7,
            root_devices: 2,
            administrators: 2,
            password_length: super::PasswordPolicy::CIS_LENGTH,
            password_reuse: super::PasswordPolicy::CIS_REUSE,
            password_expiry_days: None,
        }
    }
}
