//! A change to the account: one API call with everything that it sends. A person confirms exactly this value.

mod alarm;
mod declared;
mod outcome;
mod read_back;
mod shows_in;
mod subject;
mod trail_fix;
mod turn_on;
mod wording;

pub use alarm::AlarmPart;
pub use declared::{Brings, Declared, KeyBecomes, Replaces, TakesAway, Touches};
pub use outcome::{Outcome, RootMfaApi};
pub use read_back::read_back;
pub use subject::Subject;
pub use trail_fix::TrailFix;
pub use turn_on::TurnOnCall;

use super::contact::{AlternateContact, ContactType};
use super::facts::KeyStatus;
use super::{ContactInformation, Partition, PasswordPolicy, Tag};
use crate::secret::Secret;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// `iam:UpdateAccessKey`
    SetKeyStatus {
        owner: Subject,
        key: String,
        /// `Active` or `Inactive`.
        status: KeyStatus,
    },
    /// `iam:DeleteAccessKey`
    DeleteKey { owner: Subject, key: String },
    /// `iam:UpdateSigningCertificate`
    SetCertificateStatus {
        owner: Subject,
        certificate: String,
        /// `Active` or `Inactive`.
        status: KeyStatus,
    },
    /// `iam:DeleteSigningCertificate`
    DeleteCertificate { owner: Subject, certificate: String },
    /// `account:PutAlternateContact`
    PutContact {
        of: ContactType,
        /// All four fields; the call replaces them all.
        contact: AlternateContact,
    },
    /// `iam:CreateGroup`
    CreateGroup { group: String },
    /// `iam:AttachGroupPolicy`
    AttachGroupPolicy {
        group: String,
        /// Managed policy ARN.
        policy: String,
    },
    /// `iam:CreateUser`
    CreateUser { user: String, tags: Vec<Tag> },
    /// `iam:AddUserToGroup`
    AddUserToGroup { user: String, group: String },
    /// `iam:RemoveUserFromGroup`
    RemoveUserFromGroup { user: String, group: String },
    /// `iam:CreateLoginProfile`
    CreateLoginProfile {
        user: String,
        password: Secret,
        /// Whether the user must change it at the first sign-in.
        reset_required: bool,
    },
    /// `iam:CreateAccessKey`, for a named user only: lockroot never creates a key for root.
    CreateKey { user: String },
    /// `iam:CreateVirtualMFADevice`
    CreateDevice {
        name: String,
        /// The user it is meant for. Not sent: a device has no owner before it is enabled.
        user: Option<String>,
    },
    /// `iam:EnableMFADevice`
    EnableDevice {
        user: String,
        /// Serial number.
        serial: String,
        /// Two consecutive codes, oldest first.
        codes: (String, String),
    },
    /// `iam:EnableMFADevice` for root with codes that cannot be right, to learn whether AWS accepts the call at all.
    AskRootDevice {
        /// Serial number of an unassigned device.
        serial: String,
    },
    /// `iam:EnableMFADevice` for root, after AWS has shown that it accepts the call.
    EnableRootDevice {
        /// Serial number.
        serial: String,
        /// Two consecutive codes, oldest first.
        codes: (String, String),
    },
    /// `iam:DeleteVirtualMFADevice`
    DeleteDevice {
        /// Serial number.
        serial: String,
    },
    /// `iam:UpdateAccountPasswordPolicy`, which replaces the whole policy.
    PutPasswordPolicy(PasswordPolicy),
    /// `iam:DeleteAccountPasswordPolicy`: restores AWS's default.
    DeletePasswordPolicy,
    /// `account:PutContactInformation`, which replaces the whole primary contact.
    PutContactInformation(Box<ContactInformation>),
    /// `account:SendPhoneNumberVerification`: AWS sends a code to the primary contact's phone.
    SendPhoneCode {
        /// The number on file at AWS. Not sent: the call always uses that number.
        phone: String,
        /// A code is pending already, so no read can prove that another was sent. Not sent.
        again: bool,
    },
    /// `account:VerifyPhoneNumber`
    VerifyPhone {
        /// The number that received the code. Not sent.
        phone: String,
        /// Six letters and digits, valid for five minutes.
        code: String,
    },
    /// `account:DeleteAlternateContact`
    DeleteContact { of: ContactType },
    /// `iam:CreateAccountAlias`, which replaces an existing alias.
    CreateAlias { alias: String },
    /// `iam:DeleteAccountAlias`
    DeleteAlias {
        /// The current alias.
        alias: String,
    },
    /// `iam:UpdateLoginProfile`: replaces a password that nobody holds.
    SetPassword {
        user: String,
        password: Secret,
        /// Whether the user must change it at the next sign-in.
        reset_required: bool,
    },
    /// `iam:DeleteLoginProfile`
    DeleteLoginProfile { user: String },
    /// `iam:UpdateServiceSpecificCredential`
    SetServiceCredentialStatus {
        user: String,
        /// Service-specific credential id.
        credential: String,
        /// `Active` or `Inactive`.
        status: KeyStatus,
    },
    /// `iam:DeleteServiceSpecificCredential`
    DeleteServiceCredential {
        user: String,
        /// Service-specific credential id.
        credential: String,
    },
    /// `iam:ChangePassword`: replaces the signer's own password.
    ChangePassword {
        /// The signer. Not sent: lockroot makes the call only if AWS confirms that this user signs.
        user: String,
        /// The current console password.
        old: Secret,
        new: Secret,
        /// Whether AWS required a new password. Only then can a read show the change. Not sent.
        was_asked: bool,
    },
    /// `iam:PutGroupPolicy`, which replaces an inline policy of the same name.
    PutGroupPolicy {
        group: String,
        name: String,
        /// The whole policy as JSON.
        document: String,
    },
    /// `iam:DetachUserPolicy`
    DetachUserPolicy {
        user: String,
        /// Managed policy ARN.
        policy: String,
    },
    /// `iam:DeleteUserPolicy`
    DeleteUserPolicy { user: String, name: String },
    /// `iam:TagUser`
    TagUser {
        user: String,
        /// Only tags whose keys the user lacks: the call would overwrite existing values. Only lockroot's own note of a
        /// review is overwritten, by a newer one.
        tags: Vec<Tag>,
    },
    /// `iam:ResyncMFADevice`
    ResyncDevice {
        user: String,
        /// Serial number.
        serial: String,
        /// Two consecutive codes, oldest first.
        codes: (String, String),
    },
    /// Turns a service on in one Region.
    TurnOn { call: TurnOnCall, region: String },
    /// Corrects an existing trail.
    CorrectTrail {
        /// Trail ARN.
        trail: String,
        /// The trail's home Region, which receives the call.
        region: String,
        fix: TrailFix,
    },
    /// Creates a part of the alarm on root use.
    Alarm { part: AlarmPart, region: String },
}

/// The name that means root where `iam:EnableMFADevice` requires a user name. AWS documents none, and says that
/// root's MFA is assigned in the console. No other name that the API's pattern allows has been seen in use.
pub const ROOT_NAME: &str = "root";

/// Two codes that no device shows in succession: the same code twice.
pub const WRONG_CODES: (&str, &str) = ("000000", "000000");

/// Whether two policies are equal JSON, whatever their whitespace. Invalid JSON is compared as text.
#[must_use]
pub fn is_same_policy(one: &str, other: &str) -> bool {
    let parse = |text: &str| serde_json::from_str::<serde_json::Value>(text).ok();
    match (parse(one), parse(other)) {
        (Some(one), Some(other)) => one == other,
        _ => one == other,
    }
}

/// The device name in a virtual device's serial number (an ARN).
#[must_use]
pub fn device_name(serial: &str) -> &str {
    serial.rsplit('/').next().unwrap_or(serial)
}

/// The serial number of a virtual device called `name`.
#[must_use]
pub fn device_serial(partition: &Partition, account: &str, name: &str) -> String {
    format!("arn:{}:iam::{account}:mfa/{name}", partition.name())
}
