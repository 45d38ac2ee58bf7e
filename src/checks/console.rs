//! Paths of AWS console pages for fixes, without the host.

/// Root's security credentials. Only root sees them.
pub const ROOT: &str = "iam/home#/security_credentials";
/// Contacts and root's e-mail address.
pub(super) const ACCOUNT: &str = "billing/home#/account";
pub(super) const EVENTS: &str = "events/";
pub(super) const GUARD_DUTY: &str = "guardduty/";
pub(super) const IAM: &str = "iam/";
pub(super) const IDENTITY_CENTER: &str = "singlesignon/";
pub(super) const ACCOUNT_SETTINGS: &str = "iam/home#/account_settings";
pub(super) const ORGANIZATION: &str = "organizations/v2/home";
/// Managed policies with the entities they are attached to.
pub(super) const POLICIES: &str = "iam/home#/policies";
/// Centralized root access for member accounts.
pub(super) const ROOT_ACCESS: &str = "iam/home#/root-access-management";
pub(super) const SECURITY_HUB: &str = "securityhub/";
pub(super) const TRAIL: &str = "cloudtrail/";
pub(super) const USERS: &str = "iam/home#/users";
