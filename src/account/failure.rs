//! A failed call: the attempt, AWS's answer and the advice.

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

    #[must_use]
    pub fn advice(self) -> &'static str {
        match self {
            Self::NoCredentials => {
                "Sign in with `aws login` (AWS CLI 2.32 or newer), as root for root's own steps, and start lockroot again. Or practise first: `lockroot practice`."
            }
            Self::UnusableCredentials => {
                "Correct the profile or sign in again (`aws login`, `aws sso login`), then press c to connect again."
            }
            Self::CodeNeeded => {
                "Quit (q) and start lockroot with that profile: `lockroot --profile NAME`. It asks for the code first. Once started, lockroot can't ask for one."
            }
            Self::ExpiredSession => {
                "The session has expired. Press Ctrl-L to sign in again here, or run `aws login` in another terminal and press c. Nothing you filled in is lost."
            }
            Self::UnknownKey => {
                "AWS does not know this key: it is deleted, deactivated, or from another partition. A session from GetSessionToken without MFA gives the same error. Sign in with `aws login`, then press c."
            }
            Self::BadSignature => {
                "The secret does not belong to this key, or this machine's clock is off by more than five minutes. Check both, then press c to connect again."
            }
            Self::AccessDenied => {
                "You may not do this. Sign in as root or as an administrator, or ask for permission to the named action. In an organization a service control policy may forbid it."
            }
            Self::Exists => {
                "It exists already, perhaps from an earlier attempt. Read again (r): lockroot adopts what exists."
            }
            Self::Absent => "It does not exist, or not yet: IAM takes a moment to show new things. Read again (r).",
            Self::InvalidCodes => {
                "Type the next code, then the one after it. The device's clock must be right to the minute."
            }
            Self::PasswordRefused => {
                "The account's password policy refuses this password. Choose a longer one, or let lockroot generate it."
            }
            Self::Limit => {
                "The account has reached a quota. Remove what you don't need, or raise the quota in Service Quotas."
            }
            Self::Busy => "AWS is still working on an earlier change. Wait a minute and try again.",
            Self::InUse => "Something still depends on it. Remove that first.",
            Self::Invalid => {
                "AWS refused a value. Correct the one that it names. If it refuses this kind of session, use the console, \"Security credentials\"."
            }
            Self::Throttled => {
                "Too many requests to this account, perhaps from other tools. Wait a minute and try again."
            }
            Self::Server => "AWS had an internal error. Try again; see health.aws.amazon.com if it lasts.",
            Self::NoNetwork => {
                "AWS could not be reached. Check the network, the proxy and the VPN, then read again (r)."
            }
            Self::UnusableBundle => {
                "Replace the file with a complete one, or remove the setting (AWS_CA_BUNDLE, or ca_bundle in the AWS configuration). Then start lockroot again."
            }
            Self::TimedOut => {
                "No answer came in time, so the call may have succeeded. lockroot reads the account again first."
            }
            Self::Broken => {
                "The connection broke, so the call may have succeeded. lockroot reads the account again first."
            }
            Self::Unreadable => {
                "The answer is not what AWS documents. Check --endpoint-url and any proxy. If AWS itself sent it, report a bug in lockroot."
            }
            Self::Other => "Look up the code in the service's documentation, then read again (r).",
        }
    }

    /// The advice for the command line, where no keys can be pressed.
    #[must_use]
    pub fn command_line_advice(self) -> &'static str {
        match self {
            Self::UnusableCredentials => {
                "Correct the profile, or sign in again (`aws login`, `aws sso login`). Then run this command again."
            }
            Self::CodeNeeded => {
                "Run this command again with the code that the device shows now: `--mfa-code 123456`. On a terminal lockroot asks for it."
            }
            Self::ExpiredSession => {
                "The session has expired. Sign in again (`aws login`, `aws sso login`), then run this command again."
            }
            Self::UnknownKey => {
                "AWS does not know this access key: it is deleted, deactivated, or from another partition. Sign in with `aws login`, or use another key."
            }
            Self::BadSignature => {
                "Check the secret access key: it does not belong to this access key id. Or correct this machine's clock, which may be off by more than five minutes."
            }
            Self::NoNetwork => "AWS could not be reached. Check the network, the proxy, the VPN and --endpoint-url.",
            Self::TimedOut | Self::Broken => "AWS did not answer. Check the network, then run this command again.",
            Self::Absent | Self::Exists | Self::Other => {
                "Look up the error code in AWS's documentation, then run this command again."
            }
            other => other.advice(),
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
