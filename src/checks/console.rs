//! Addresses of AWS console pages for fixes, without the host.

/// Root's own keys and devices. Only root sees them.
pub const ROOT: &str = "iam/home#/security_credentials";
/// The account's contacts and root's e-mail address.
pub(super) const ACCOUNT: &str = "billing/home#/account";
/// EventBridge.
pub(super) const EVENTS: &str = "events/";
/// GuardDuty.
pub(super) const GUARD_DUTY: &str = "guardduty/";
/// IAM.
pub(super) const IAM: &str = "iam/";
/// IAM Identity Center.
pub(super) const IDENTITY_CENTER: &str = "singlesignon/";
/// The account password policy.
pub(super) const ACCOUNT_SETTINGS: &str = "iam/home#/account_settings";
/// The organization.
pub(super) const ORGANIZATION: &str = "organizations/v2/home";
/// Managed policies and who has them.
pub(super) const POLICIES: &str = "iam/home#/policies";
/// Root access of member accounts.
pub(super) const ROOT_ACCESS: &str = "iam/home#/root-access-management";
/// Security Hub CSPM.
pub(super) const SECURITY_HUB: &str = "securityhub/";
/// CloudTrail.
pub(super) const TRAIL: &str = "cloudtrail/";
/// Users.
pub(super) const USERS: &str = "iam/home#/users";
