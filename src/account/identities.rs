//! Access keys, MFA devices, users and groups.

use std::collections::BTreeMap;

pub use super::assigned_role::AssignedRole;
use super::facts::Reading;
use super::policy_document::{CustomerPolicy, FullAdmin};
use super::{Subject, Tag, Timestamp};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyStatus {
    Active,
    /// AWS refuses it until it is activated again.
    Inactive,
    /// A newer state, as AWS spells it.
    Other(String),
}

impl KeyStatus {
    /// The API's spelling.
    #[must_use]
    pub fn wire(&self) -> &str {
        match self {
            Self::Active => "Active",
            Self::Inactive => "Inactive",
            Self::Other(other) => other,
        }
    }
}

/// An access key, without its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessKey {
    /// `AKIA…`
    pub id: String,
    pub status: KeyStatus,
    pub created: Option<Timestamp>,
    /// `Known(None)`: never used since 22 April 2015.
    pub last_used: Reading<Option<LastUse>>,
}

impl AccessKey {
    /// Days after its last use during which an active key counts as in use.
    pub const IN_USE: i64 = 90;

    /// The last use of an active key, if within [`Self::IN_USE`] days before `now`. Nothing can use an inactive key.
    #[must_use]
    pub fn recent_use(&self, now: Timestamp) -> Option<&LastUse> {
        self.late_use(now).filter(|_| self.status == KeyStatus::Active)
    }

    /// Whether something may depend on the key: it is active, and was used recently or its last use is unknown.
    #[must_use]
    pub fn may_be_in_use(&self, now: Timestamp) -> bool {
        let is_unread = self.last_used.known().is_none() && self.status == KeyStatus::Active;
        is_unread || self.recent_use(now).is_some()
    }

    /// The last use within [`Self::IN_USE`] days before `now`, whether the key is active or not.
    #[must_use]
    pub fn late_use(&self, now: Timestamp) -> Option<&LastUse> {
        let used = self.last_used.known()?.as_ref()?;
        ((now - used.at).whole_days() < Self::IN_USE).then_some(used)
    }

    /// The last four characters, by which people tell keys apart.
    #[must_use]
    pub fn last_four(&self) -> &str {
        self.id.get(self.id.len().saturating_sub(4)..).unwrap_or(&self.id)
    }
}

/// Last use of an access key, accurate to 15 minutes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastUse {
    pub at: Timestamp,
    /// Service namespace, e.g. `s3`.
    pub service: String,
    pub region: String,
}

/// A service that a principal's policies grant, with its last use in AWS's 400-day tracking period. Source: IAM API,
/// `GetServiceLastAccessedDetails`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceUse {
    /// The part before the colon in actions: `s3`.
    pub namespace: String,
    /// `None`: not used in the tracking period.
    pub last: Option<Timestamp>,
}

/// An X.509 signing certificate, without its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SigningCertificate {
    pub id: String,
    /// Active, inactive or another state, e.g. expired.
    pub status: KeyStatus,
    pub uploaded: Option<Timestamp>,
}

impl SigningCertificate {
    /// The last four characters, by which people tell certificates apart.
    #[must_use]
    pub fn last_four(&self) -> &str {
        self.id.get(self.id.len().saturating_sub(4)..).unwrap_or(&self.id)
    }
}

/// A deactivated key awaiting deletion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wait {
    pub owner: Subject,
    /// When it was deactivated.
    pub since: Timestamp,
    /// Recommended earliest deletion.
    pub until: Timestamp,
}

/// A principal's MFA device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MfaDevice {
    /// An ARN, or a hardware token's number.
    pub serial: String,
    pub enabled: Option<Timestamp>,
}

impl MfaDevice {
    /// Virtual, passkey or hardware, derived from the serial number.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self.serial.split(':').nth(5).map(|resource| resource.split('/').next().unwrap_or_default()) {
            Some("mfa") => "virtual",
            Some("u2f") => "passkey or security key",
            _ => "hardware token",
        }
    }

    /// Whether it shows codes, so that its clock can drift.
    #[must_use]
    pub fn shows_codes(&self) -> bool {
        self.kind() != "passkey or security key"
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeviceOwner {
    /// Created and never enabled.
    Nobody,
    /// Root, identified by ARN, never by the device's name.
    Root,
    /// IAM user name.
    User(String),
}

/// A virtual MFA device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VirtualDevice {
    /// An ARN.
    pub serial: String,
    pub owner: DeviceOwner,
    pub enabled: Option<Timestamp>,
}

/// Users, groups, policies and roles of the account.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct People {
    pub users: Vec<User>,
    pub groups: Vec<Group>,
    /// Customer managed policies, attached or not.
    pub policies: Vec<CustomerPolicy>,
    /// Roles that IAM Identity Center created for assigned permission sets.
    pub assigned_roles: Vec<AssignedRole>,
    /// Every role's policies, including Identity Center roles and service-linked roles.
    pub roles: Vec<RolePolicies>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RolePolicies {
    pub name: String,
    /// IAM path, which shows whether AWS owns the role.
    pub path: String,
    /// ARNs.
    pub attached_policies: Vec<String>,
    /// Inline policies by name, and whether each allows everything. Their texts are not kept.
    pub inline_policies: BTreeMap<String, FullAdmin>,
    /// An inline policy that allows everything, by [`allows_everything`].
    ///
    /// [`allows_everything`]: super::policy_document::allows_everything
    pub full_access: Option<String>,
    /// Whether one of its policies denies everything.
    pub denies_everything: bool,
    /// Permissions boundary ARN.
    pub boundary: Option<String>,
}

impl RolePolicies {
    /// Whether only AWS can change it: a service-linked role or an Identity Center role.
    #[must_use]
    pub fn is_kept_by_aws(&self) -> bool {
        ["/aws-service-role/", "/aws-reserved/"].iter().any(|path| self.path.starts_with(path))
    }
}

/// Maximum groups per user. Source: IAM and AWS STS quotas; AWS does not raise this one.
pub const MAX_GROUPS: usize = 10;

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct User {
    pub name: String,
    /// Empty if AWS did not tell.
    pub arn: String,
    pub created: Option<Timestamp>,
    /// Group names.
    pub groups: Vec<String>,
    /// Names of inline policies.
    pub inline_policies: Vec<String>,
    /// ARNs of attached managed policies.
    pub attached_policies: Vec<String>,
    /// Permissions boundary ARN.
    pub boundary: Option<String>,
    /// Read only for users with full access.
    pub sign_in: Option<SignIn>,
    /// Last use of the console password (`PasswordLastUsed`), read only for administrators. `Known(None)`: none
    /// recorded.
    pub password_used: Reading<Option<Timestamp>>,
    /// Texts of the inline policies by name, as far as AWS returned them.
    pub inline_documents: BTreeMap<String, String>,
    pub tags: Vec<Tag>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Group {
    pub name: String,
    /// ARNs.
    pub attached_policies: Vec<String>,
    /// Texts of the inline policies by name.
    pub inline_policies: BTreeMap<String, String>,
}

/// A user's console sign-in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SignIn {
    /// `Known(None)`: no password.
    pub password: Reading<Option<LoginProfile>>,
    pub devices: Reading<Vec<MfaDevice>>,
}

/// A console password, as far as AWS tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoginProfile {
    pub created: Option<Timestamp>,
    /// Whether the user must change it at the next sign-in.
    pub reset_required: bool,
}

impl People {
    /// The user called `name`. IAM names are unique regardless of case.
    #[must_use]
    pub fn user(&self, name: &str) -> Option<&User> {
        self.users.iter().find(|user| user.name.eq_ignore_ascii_case(name))
    }

    /// The group called `name`, regardless of case.
    #[must_use]
    pub fn group(&self, name: &str) -> Option<&Group> {
        self.groups.iter().find(|group| group.name.eq_ignore_ascii_case(name))
    }

    /// An Identity Center role with AdministratorAccess: the most recently used one.
    #[must_use]
    pub fn identity_center(&self) -> Option<&AssignedRole> {
        let assigned = self.assigned_roles.iter().filter(|role| self.is_administrator_role(role));
        assigned.max_by_key(|role| role.last_used)
    }

    /// Members of groups with AdministratorAccess, unless a boundary or an explicit deny of everything overrides it.
    /// [`People::with_full_access`] covers every other path.
    pub fn administrators(&self) -> impl Iterator<Item = &User> {
        let carrying: Vec<&str> = self
            .groups
            .iter()
            .filter(|group| group.carries_administrator_access())
            .map(|group| group.name.as_str())
            .collect();
        self.users.iter().filter(move |user| {
            user.groups.iter().any(|group| carrying.iter().any(|name| name.eq_ignore_ascii_case(group)))
                && self.boundary_allows_all(user.boundary.as_deref())
                && !self.is_denied(user)
        })
    }
}

impl Group {
    /// Whether AWS's AdministratorAccess is attached.
    #[must_use]
    pub fn carries_administrator_access(&self) -> bool {
        self.attached_policies.iter().any(|arn| is_administrator_access(arn))
    }
}

/// Whether `arn` is AWS's AdministratorAccess in any partition. A customer policy of that name is not.
#[must_use]
pub fn is_administrator_access(arn: &str) -> bool {
    arn.ends_with(":iam::aws:policy/AdministratorAccess")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(boundary: Option<&str>, policy: &str) -> People {
        People {
            users: vec![User {
                name: "alice".into(),
                groups: vec!["admins".into()],
                boundary: boundary.map(Into::into),
                ..User::default()
            }],
            groups: vec![Group { name: "Admins".into(), attached_policies: vec![policy.into()], ..Group::default() }],
            ..People::default()
        }
    }

    #[test]
    fn an_administrator_is_in_a_group_with_awss_policy() {
        assert_eq!(people(None, "arn:aws:iam::aws:policy/AdministratorAccess").administrators().count(), 1);
        assert_eq!(people(None, "arn:aws-cn:iam::aws:policy/AdministratorAccess").administrators().count(), 1);
        assert_eq!(people(None, "arn:aws:iam::123456789012:policy/AdministratorAccess").administrators().count(), 0);
    }

    #[test]
    fn a_boundary_takes_administrator_rights_away() {
        let policy = "arn:aws:iam::aws:policy/AdministratorAccess";
        assert_eq!(people(Some("arn:aws:iam::aws:policy/ReadOnlyAccess"), policy).administrators().count(), 0);
        assert_eq!(people(Some(policy), policy).administrators().count(), 1);
    }

    #[test]
    fn the_kind_of_a_device_is_read_from_its_serial() {
        let kind = |serial: &str| MfaDevice { serial: serial.into(), enabled: None }.kind();
        assert_eq!(kind("arn:aws:iam::123456789012:mfa/any-name"), "virtual");
        assert_eq!(kind("arn:aws:iam::123456789012:u2f/root-account/key-ABC"), "passkey or security key");
        assert_eq!(kind("GAHT12345678"), "hardware token");
    }
}
