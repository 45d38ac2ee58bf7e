//! What to do about each fault: in the wizard, with its keys, and on the command line.

use super::Fault;

impl Fault {
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
                "This principal lacks the permission for the named action. Sign in as root or as an administrator, or ask for it. In an organization, a service control policy may forbid it."
            }
            Self::Exists => {
                "The resource exists already, perhaps from an earlier attempt. Read again (r): lockroot adopts what exists."
            }
            Self::Absent => {
                "The resource does not exist, or AWS does not show it yet: IAM takes a moment to show new things. Read again (r)."
            }
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
            Self::InUse => "Another resource depends on this one. Remove that first.",
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
