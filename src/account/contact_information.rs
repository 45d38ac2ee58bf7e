//! The account's own contact: who AWS writes to, and whom it calls when root is lost.
//! Source: Account Management API 2021-02-01, `GetContactInformation`.

/// The primary contact information of an account. It is the way back in when root's password or MFA device is lost.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ContactInformation {
    /// Of a person or a department.
    pub full_name: String,
    /// The company, if one is given.
    pub company_name: Option<String>,
    /// The lines of the postal address, from the street to the country's code of two letters.
    pub address: Vec<String>,
    /// With `+` and the country's calling code.
    pub phone: String,
    /// What AWS knows of the phone number.
    pub phone_status: PhoneStatus,
}

/// Whether AWS has tried the phone number (`PhoneNumberVerificationStatus`).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum PhoneStatus {
    /// A passcode was sent and is waited for.
    Pending,
    /// It was verified.
    Verified,
    /// It was not.
    Unverified,
    /// AWS verifies no numbers of this account.
    NotSupported,
    /// AWS says nothing about it.
    #[default]
    Unsaid,
    /// Something newer, as AWS spells it.
    Other(String),
}

impl PhoneStatus {
    /// In words.
    #[must_use]
    pub fn words(&self) -> &str {
        match self {
            Self::Pending => "verification pending",
            Self::Verified => "verified",
            Self::Unverified => "not verified",
            Self::NotSupported => "AWS verifies none here",
            Self::Unsaid => "not said if verified",
            Self::Other(other) => other,
        }
    }
}
