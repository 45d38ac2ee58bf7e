//! A failed call: the attempt, AWS's answer and the advice.

mod advice;
mod codes;

use std::fmt;

use crate::plain::plain;
use codes::CODES;

/// The kind of a failure. Advice and behaviour depend on it, never on a message's wording.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fault {
    /// No credentials were found anywhere.
    NoCredentials,
    /// The credential source exists but fails (broken profile, failed process, expired SSO session).
    UnusableCredentials,
    /// A role requires an MFA code, and none was given.
    CodeNeeded,
    /// The session has expired (`ExpiredToken` and similar codes).
    ExpiredSession,
    /// AWS does not know the access key (`InvalidClientTokenId`, `UnrecognizedClientException`), or it is deactivated.
    UnknownKey,
    /// The secret does not match the key, or a clock is off (`SignatureDoesNotMatch`, `RequestExpired`).
    BadSignature,
    /// A permission is missing, or an organization's policy denies the call.
    AccessDenied,
    /// Already exists (`EntityAlreadyExists`).
    Exists,
    /// Does not exist (`NoSuchEntity`, `ResourceNotFoundException`).
    Absent,
    /// AWS refused the two MFA codes (`InvalidAuthenticationCode`).
    InvalidCodes,
    /// The password violates the account's policy (`PasswordPolicyViolation`).
    PasswordRefused,
    /// A quota is reached (`LimitExceeded`).
    Limit,
    /// Changed just now; retry in a moment (`EntityTemporarilyUnmodifiable`, `ConcurrentModification`).
    Busy,
    /// Something else depends on it (`DeleteConflict`).
    InUse,
    /// AWS refused a parameter (`ValidationError`, `ValidationException`, `InvalidInput`, `MalformedPolicyDocument`).
    Invalid,
    /// Too many requests, even after retries (`Throttling`, `TooManyRequestsException`).
    Throttled,
    /// AWS failed (5xx, `ServiceFailure`).
    Server,
    /// The host is unreachable.
    NoNetwork,
    /// The CA bundle cannot be used.
    UnusableBundle,
    TimedOut,
    /// The connection broke during a request.
    Broken,
    /// The answer does not match AWS's documentation, or lacks a required member.
    Unreadable,
    /// Any other AWS error.
    Other,
}

impl Fault {
    /// Every kind, for tables and tests.
    pub const ALL: [Self; 23] = [
        Self::NoCredentials,
        Self::UnusableCredentials,
        Self::CodeNeeded,
        Self::ExpiredSession,
        Self::UnknownKey,
        Self::BadSignature,
        Self::AccessDenied,
        Self::Exists,
        Self::Absent,
        Self::InvalidCodes,
        Self::PasswordRefused,
        Self::Limit,
        Self::Busy,
        Self::InUse,
        Self::Invalid,
        Self::Throttled,
        Self::Server,
        Self::NoNetwork,
        Self::UnusableBundle,
        Self::TimedOut,
        Self::Broken,
        Self::Unreadable,
        Self::Other,
    ];

    /// The kind for AWS's error `code`.
    #[must_use]
    pub fn of_code(code: &str) -> Self {
        CODES.iter().find(|(known, _)| *known == code).map_or(Self::Other, |(_, fault)| *fault)
    }

    /// Whether another Region may still accept the call: AWS judged the call itself, or throttled that Region.
    #[must_use]
    pub fn is_of_one_region(self) -> bool {
        self == Self::Throttled || self.is_about_the_call()
    }

    /// Whether AWS judged the call itself, so that the next call may succeed. Session, load and network failures hit
    /// the next call too.
    #[must_use]
    pub fn is_about_the_call(self) -> bool {
        match self {
            Self::AccessDenied
            | Self::InvalidCodes
            | Self::Exists
            | Self::Absent
            | Self::Limit
            | Self::InUse
            | Self::Invalid
            | Self::Other => true,
            Self::NoCredentials
            | Self::UnusableCredentials
            | Self::CodeNeeded
            | Self::ExpiredSession
            | Self::UnknownKey
            | Self::BadSignature
            | Self::PasswordRefused
            | Self::Busy
            | Self::Throttled
            | Self::Server
            | Self::NoNetwork
            | Self::UnusableBundle
            | Self::TimedOut
            | Self::Broken
            | Self::Unreadable => false,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    pub fault: Fault,
    /// IAM action name, e.g. `iam:CreateUser`.
    pub action: String,
    /// AWS's message verbatim, or the failing layer's if AWS was not reached. Never a secret.
    pub message: String,
    /// AWS's error code, if AWS answered.
    pub code: Option<String>,
    /// Request id for AWS Support.
    pub request_id: Option<String>,
    /// Whether the change may have happened although the call failed.
    pub may_have_happened: bool,
}

impl Failure {
    /// A failure without an answer from AWS.
    #[must_use]
    pub fn new(fault: Fault, action: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            fault,
            action: action.into(),
            message: message.into(),
            code: None,
            request_id: None,
            may_have_happened: false,
        }
    }

    /// The message as a sentence: capitalized, with a full stop.
    #[must_use]
    pub fn sentence(&self) -> String {
        let mut characters = self.message.chars();
        let first = characters.next().into_iter().flat_map(char::to_uppercase);
        let end = if self.message.ends_with(['.', '!', '?']) { "" } else { "." };
        first.chain(characters).chain(end.chars()).collect()
    }

    /// A failure because the answer lacks `field`, which AWS's model requires.
    #[must_use]
    pub fn lacks(action: &str, field: &str) -> Self {
        Self::new(Fault::Unreadable, action, format!("the answer has no {field}"))
    }

    #[must_use]
    pub fn advice(&self) -> &'static str {
        if self.fault == Fault::Exists && self.action == "iam:CreateAccountAlias" {
            return "This alias is taken: aliases are unique within the partition. This account's alias is unchanged. Choose another one, such as one with your company's name.";
        }
        if self.fault == Fault::AccessDenied && self.action == "sts:GetSessionToken" {
            return "Type the next code: AWS accepts each code once, and only while it is shown. If AWS refuses several, they are from another device, the phone's clock is off, or a policy denies the call.";
        }
        if self.fault == Fault::AccessDenied && self.action == "iam:ChangePassword" {
            return "Check the current password: go back and type it again. If it is right, your policy may require MFA (\"Sign in with MFA\" on the page before), or not let you change your password: ask an administrator.";
        }
        match self.fault {
            // A read changes nothing, even if its outcome is unknown.
            Fault::TimedOut | Fault::Broken if !self.may_have_happened => {
                "AWS did not answer. Check your network, proxy and VPN, and --endpoint-url if you use it. Then try again."
            }
            fault => fault.advice(),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.code {
            Some(code) => write!(f, "{}: {}: {}", self.action, plain(code), plain(&self.message)),
            None => write!(f, "{}: {}", self.action, plain(&self.message)),
        }
    }
}

impl std::error::Error for Failure {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn advice_is_complete_sentences_and_names_no_keys_on_the_command_line() {
        for fault in Fault::ALL {
            let (shown, typed) = (fault.advice(), fault.command_line_advice());
            assert!(shown.ends_with('.') && typed.ends_with('.'), "{fault:?}: whole sentences: {shown} / {typed}");
            let keys = ["press", "Press", "(r)", "(c)"];
            assert!(!keys.iter().any(|key| typed.contains(key)), "{fault:?}: no keys there: {typed}");
        }
    }
}
