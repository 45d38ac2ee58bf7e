//! The limits that a company can configure for controls.

/// The parameters of all controls. The defaults are those of CIS AWS Foundations 7.0 where it names one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parameters {
    /// Days without use after which a user's password or key counts as unused. CIS 2.11: 45.
    pub unused_days: u32,
    /// Days after which an access key is to be replaced. CIS 2.12: 90.
    pub key_age_days: u32,
    /// Days for which root must not have been used. CIS 2.7 names none.
    pub root_unused_days: u32,
    /// Days of CloudTrail's history that must show nothing of root's, 1 to 90.
    pub root_activity_days: u32,
    /// How many MFA devices root has at least. AWS advises more than one.
    pub root_devices: u32,
    /// How many administrators can sign in at least.
    pub administrators: u32,
    /// The shortest password. CIS 2.8: 14.
    pub password_length: u32,
    /// How many old passwords are refused. CIS 2.9: 24.
    pub password_reuse: u32,
    /// Days after which passwords must expire; `None`: they need not, as CIS and NIST have it. Security Hub IAM.17: 90.
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
