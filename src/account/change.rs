//! A change to the account: exactly one API call with everything that it sends. A person confirms this very value.

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

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// `iam:UpdateAccessKey`
    SetKeyStatus {
        /// Whose key.
        owner: Subject,
        /// Its id.
        key: String,
        /// `Active` or `Inactive`.
        status: KeyStatus,
    },
    /// `iam:DeleteAccessKey`
    DeleteKey {
        /// Whose key.
        owner: Subject,
        /// Its id.
        key: String,
    },
    /// `iam:UpdateSigningCertificate`
    SetCertificateStatus {
        /// Whose certificate.
        owner: Subject,
        /// Its id.
        certificate: String,
        /// `Active` or `Inactive`.
        status: KeyStatus,
    },
    /// `iam:DeleteSigningCertificate`
    DeleteCertificate {
        /// Whose certificate.
        owner: Subject,
        /// Its id.
        certificate: String,
    },
    /// `account:PutAlternateContact`
    PutContact {
        /// Which of the three.
        of: ContactType,
        /// All four fields; the call replaces them all.
        contact: AlternateContact,
    },
    /// `iam:CreateGroup`
    CreateGroup {
        /// Its name.
        group: String,
    },
    /// `iam:AttachGroupPolicy`
    AttachGroupPolicy {
        /// The group.
        group: String,
        /// The managed policy's ARN.
        policy: String,
    },
    /// `iam:CreateUser`
    CreateUser {
        /// Its name.
        user: String,
        /// Its tags.
        tags: Vec<Tag>,
    },
    /// `iam:AddUserToGroup`
    AddUserToGroup {
        /// The user.
        user: String,
        /// The group.
        group: String,
    },
    /// `iam:CreateLoginProfile`
    CreateLoginProfile {
        /// The user.
        user: String,
        /// The console password.
        password: Secret,
        /// Whether it has to be changed at the first sign-in.
        reset_required: bool,
    },
    /// `iam:CreateAccessKey`, for a named user only: this program never makes a key for root.
    CreateKey {
        /// The user.
        user: String,
    },
    /// `iam:CreateVirtualMFADevice`
    CreateDevice {
        /// The device's name.
        name: String,
        /// The user whom it is for. It is not sent: no device is anybody's before it is enabled.
        user: Option<String>,
    },
    /// `iam:EnableMFADevice`
    EnableDevice {
        /// The user.
        user: String,
        /// The device.
        serial: String,
        /// Two consecutive codes, in the order in which the device showed them.
        codes: (String, String),
    },
    /// `iam:EnableMFADevice` for root with two codes that can't be right, to learn whether AWS takes such calls at all.
    AskRootDevice {
        /// An unassigned device.
        serial: String,
    },
    /// `iam:EnableMFADevice` for root, once AWS has said that it takes such calls.
    EnableRootDevice {
        /// The device.
        serial: String,
        /// Two consecutive codes, in the order in which the device showed them.
        codes: (String, String),
    },
    /// `iam:DeleteVirtualMFADevice`
    DeleteDevice {
        /// The device.
        serial: String,
    },
    /// `iam:UpdateAccountPasswordPolicy`, which replaces the whole policy.
    PutPasswordPolicy(PasswordPolicy),
    /// `iam:DeleteAccountPasswordPolicy`: back to AWS's default.
    DeletePasswordPolicy,
    /// `account:PutContactInformation`, which replaces the whole primary contact.
    PutContactInformation(Box<ContactInformation>),
    /// `account:SendPhoneNumberVerification`: AWS sends a code to the primary contact's phone.
    SendPhoneCode {
        /// The number that AWS knows. It is not sent: the call is about that number anyway.
        phone: String,
        /// A code is waited for already, so that no read tells whether another one was sent. It is not sent.
        again: bool,
    },
    /// `account:VerifyPhoneNumber`
    VerifyPhone {
        /// The number that the code was sent to. It is not sent.
        phone: String,
        /// Six letters and digits, which count for five minutes.
        code: String,
    },
    /// `account:DeleteAlternateContact`
    DeleteContact {
        /// Which of the three.
        of: ContactType,
    },
    /// `iam:CreateAccountAlias`, which replaces the alias that there is.
    CreateAlias {
        /// The new one.
        alias: String,
    },
    /// `iam:DeleteAccountAlias`
    DeleteAlias {
        /// The one there is.
        alias: String,
    },
    /// `iam:UpdateLoginProfile`: another password in place of one that nobody holds.
    SetPassword {
        /// The user.
        user: String,
        /// The console password.
        password: Secret,
        /// Whether it has to be changed at the next sign-in.
        reset_required: bool,
    },
    /// `iam:DeleteLoginProfile`
    DeleteLoginProfile {
        /// The user.
        user: String,
    },
    /// `iam:UpdateServiceSpecificCredential`
    SetServiceCredentialStatus {
        /// The user.
        user: String,
        /// The credential's id.
        credential: String,
        /// `Active` or `Inactive`.
        status: KeyStatus,
    },
    /// `iam:DeleteServiceSpecificCredential`
    DeleteServiceCredential {
        /// The user.
        user: String,
        /// The credential's id.
        credential: String,
    },
    /// `iam:ChangePassword`: another password of one's own. It acts on whoever signs.
    ChangePassword {
        /// Who signs. It is not sent: the call is made only if AWS says that this user signs.
        user: String,
        /// The console password of now.
        old: Secret,
        /// The one in its place.
        new: Secret,
        /// AWS asked for another one: only then a read shows that it was changed. It is not sent.
        was_asked: bool,
    },
    /// `iam:PutGroupPolicy`
    PutGroupPolicy {
        /// The group.
        group: String,
        /// The policy's name. One of that name in the group is replaced.
        name: String,
        /// The whole policy, as JSON.
        document: String,
    },
    /// `iam:DetachUserPolicy`
    DetachUserPolicy {
        /// The user.
        user: String,
        /// The managed policy's ARN.
        policy: String,
    },
    /// `iam:DeleteUserPolicy`
    DeleteUserPolicy {
        /// The user.
        user: String,
        /// The inline policy's name.
        name: String,
    },
    /// `iam:TagUser`
    TagUser {
        /// The user.
        user: String,
        /// Tags whose keys it does not have yet: the call would write over the value of one that it has.
        tags: Vec<Tag>,
    },
    /// `iam:ResyncMFADevice`
    ResyncDevice {
        /// The user.
        user: String,
        /// The device.
        serial: String,
        /// Two consecutive codes, in the order in which the device showed them.
        codes: (String, String),
    },
    /// A service is turned on in one Region.
    TurnOn {
        /// Which, and how.
        call: TurnOnCall,
        /// Where the call is sent.
        region: String,
    },
    /// A trail that is there is corrected.
    CorrectTrail {
        /// Its ARN.
        trail: String,
        /// Its home Region, where the call is sent.
        region: String,
        /// What of it.
        fix: TrailFix,
    },
    /// A part of what has somebody told when root is used.
    Alarm {
        /// Which.
        part: AlarmPart,
        /// Where the call is sent.
        region: String,
    },
}

/// The name that stands for root where `iam:EnableMFADevice` needs one. AWS documents none, and says that root's MFA is
/// assigned in the console; this is the only name ever seen in use that the API's pattern allows.
pub const ROOT_NAME: &str = "root";

/// Two codes that no device ever shows one after the other: the same one twice.
pub const WRONG_CODES: (&str, &str) = ("000000", "000000");

/// Whether two policies say the same, whatever their blanks. What is no JSON is compared as text.
#[must_use]
pub fn is_same_policy(one: &str, other: &str) -> bool {
    let parse = |text: &str| serde_json::from_str::<serde_json::Value>(text).ok();
    match (parse(one), parse(other)) {
        (Some(one), Some(other)) => one == other,
        _ => one == other,
    }
}

/// The name in a virtual device's serial number, which is an ARN.
#[must_use]
pub fn device_name(serial: &str) -> &str {
    serial.rsplit('/').next().unwrap_or(serial)
}

/// The serial number that a virtual device called `name` gets.
#[must_use]
pub fn device_serial(partition: &Partition, account: &str, name: &str) -> String {
    format!("arn:{}:iam::{account}:mfa/{name}", partition.name())
}
