//! Access keys, MFA devices, users and groups.

use std::collections::BTreeMap;

pub use super::assigned_role::AssignedRole;
use super::facts::Reading;
use super::policy_document::{CustomerPolicy, FullAdmin};
use super::{Subject, Tag, Timestamp};

/// State of an access key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyStatus {
    /// It signs.
    Active,
    /// It is refused until it is activated again.
    Inactive,
    /// A state that this version does not know, as AWS spells it.
    Other(String),
}

impl KeyStatus {
    /// As the API spells it.
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
    /// Active, inactive, or something newer.
    pub status: KeyStatus,
    /// When it was made.
    pub created: Option<Timestamp>,
    /// Its last use; `Known(None)` means never since 22 April 2015.
    pub last_used: Reading<Option<LastUse>>,
}

impl AccessKey {
    /// Days after its last use during which an active key counts as in use.
    pub const IN_USE: i64 = 90;

    /// Its last use, if it was so short before `now` that something may depend on the key. What is deactivated is in
    /// nobody's use any more.
    #[must_use]
    pub fn recent_use(&self, now: Timestamp) -> Option<&LastUse> {
        self.late_use(now).filter(|_| self.status == KeyStatus::Active)
    }

    /// Whether something may depend on the key: it is active, and was used of late, or when it was used could not be read.
    #[must_use]
    pub fn may_be_in_use(&self, now: Timestamp) -> bool {
        let is_unread = self.last_used.known().is_none() && self.status == KeyStatus::Active;
        is_unread || self.recent_use(now).is_some()
    }

    /// Its last use, if it was so short before `now`, whether it is active or not.
    #[must_use]
    pub fn late_use(&self, now: Timestamp) -> Option<&LastUse> {
        let used = self.last_used.known()?.as_ref()?;
        ((now - used.at).whole_days() < Self::IN_USE).then_some(used)
    }

    /// The four characters by which people tell keys apart.
    #[must_use]
    pub fn last_four(&self) -> &str {
        self.id.get(self.id.len().saturating_sub(4)..).unwrap_or(&self.id)
    }
}

/// The last use of an access key, to a quarter of an hour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastUse {
    /// When.
    pub at: Timestamp,
    /// For which service, e.g. `s3`.
    pub service: String,
    /// In which region.
    pub region: String,
}

/// A service that a principal's policies grant, and its last use of it: AWS looks back 400 days.
/// Source: IAM API, `GetServiceLastAccessedDetails`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceUse {
    /// As it stands before the colon in actions: `s3`.
    pub namespace: String,
    /// When it was used last; `None`: never in the time that AWS looks back.
    pub last: Option<Timestamp>,
}

/// An X.509 signing certificate, without its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SigningCertificate {
    /// Its id.
    pub id: String,
    /// Active, inactive, or something else, as expired.
    pub status: KeyStatus,
    /// When it was uploaded.
    pub uploaded: Option<Timestamp>,
}

impl SigningCertificate {
    /// The four characters by which people tell them apart.
    #[must_use]
    pub fn last_four(&self) -> &str {
        self.id.get(self.id.len().saturating_sub(4)..).unwrap_or(&self.id)
    }
}

/// A deactivated key that waits to be deleted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wait {
    /// Whose key.
    pub owner: Subject,
    /// When it was deactivated.
    pub since: Timestamp,
    /// Until when it is wise to wait.
    pub until: Timestamp,
}

/// An MFA device of a principal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MfaDevice {
    /// Its serial number: an ARN, or a hardware token's number.
    pub serial: String,
    /// When it was enabled.
    pub enabled: Option<Timestamp>,
}

impl MfaDevice {
    /// Virtual, passkey or hardware, as its serial tells.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self.serial.split(':').nth(5).map(|resource| resource.split('/').next().unwrap_or_default()) {
            Some("mfa") => "virtual",
            Some("u2f") => "passkey or security key",
            _ => "hardware token",
        }
    }

    /// Whether it shows codes, whose clock can drift.
    #[must_use]
    pub fn shows_codes(&self) -> bool {
        self.kind() != "passkey or security key"
    }
}

/// Who owns a virtual MFA device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeviceOwner {
    /// Nobody: it was created and never enabled.
    Nobody,
    /// Root, known by its ARN, never by the device's name.
    Root,
    /// An IAM user, by name.
    User(String),
}

/// A virtual MFA device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VirtualDevice {
    /// Its serial number, an ARN.
    pub serial: String,
    /// Whose it is.
    pub owner: DeviceOwner,
    /// When it was enabled.
    pub enabled: Option<Timestamp>,
}

/// Users and groups of the account.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct People {
    /// IAM users, by name.
    pub users: Vec<User>,
    /// IAM groups, by name.
    pub groups: Vec<Group>,
    /// The customer's own managed policies, attached or not.
    pub policies: Vec<CustomerPolicy>,
    /// Roles that IAM Identity Center made, for permission sets assigned in this account.
    pub assigned_roles: Vec<AssignedRole>,
    /// What every role holds, those of Identity Center and of AWS's services included.
    pub roles: Vec<RolePolicies>,
}

/// The policies of a role.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RolePolicies {
    /// Its name.
    pub name: String,
    /// Its path, which tells whose it is.
    pub path: String,
    /// ARNs of managed policies attached to it.
    pub attached_policies: Vec<String>,
    /// The policies written into it, and whether each allows everything. Their texts are not kept.
    pub inline_policies: BTreeMap<String, FullAdmin>,
    /// The name of one of these that lets its holder do everything, as [`allows_everything`] has it.
    ///
    /// [`allows_everything`]: super::policy_document::allows_everything
    pub full_access: Option<String>,
    /// Whether one of these denies everything.
    pub denies_everything: bool,
    /// ARN of its permissions boundary.
    pub boundary: Option<String>,
}

impl RolePolicies {
    /// Whether only AWS can change it: a service-linked role, or one that IAM Identity Center keeps.
    #[must_use]
    pub fn is_kept_by_aws(&self) -> bool {
        ["/aws-service-role/", "/aws-reserved/"].iter().any(|path| self.path.starts_with(path))
    }
}

/// Most groups that a user can be in. Source: IAM and AWS STS quotas; AWS raises it for nobody.
pub const MAX_GROUPS: usize = 10;

/// An IAM user.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct User {
    /// Its name.
    pub name: String,
    /// Its ARN, where AWS told it.
    pub arn: String,
    /// When it was made.
    pub created: Option<Timestamp>,
    /// Names of its groups.
    pub groups: Vec<String>,
    /// Names of policies written into the user itself.
    pub inline_policies: Vec<String>,
    /// ARNs of managed policies attached to the user itself.
    pub attached_policies: Vec<String>,
    /// ARN of its permissions boundary.
    pub boundary: Option<String>,
    /// How it signs in; read for those with full access only.
    pub sign_in: Option<SignIn>,
    /// When its console password was used last (`PasswordLastUsed`); read for those with administrator rights only.
    /// `Known(None)`: never, as far as IAM has recorded.
    pub password_used: Reading<Option<Timestamp>>,
    /// The text of the policies written into it, by name, as far as AWS told it.
    pub inline_documents: BTreeMap<String, String>,
    /// Its tags.
    pub tags: Vec<Tag>,
}

/// An IAM group.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// ARNs of managed policies attached to it.
    pub attached_policies: Vec<String>,
    /// The policies written into it: their text by name.
    pub inline_policies: BTreeMap<String, String>,
}

/// How a user signs in to the console.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SignIn {
    /// The console password; `Known(None)` means that there is none.
    pub password: Reading<Option<LoginProfile>>,
    /// The MFA devices.
    pub devices: Reading<Vec<MfaDevice>>,
}

/// A console password, as far as AWS tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoginProfile {
    /// When it was set up.
    pub created: Option<Timestamp>,
    /// Whether it has to be changed at the next sign-in.
    pub reset_required: bool,
}

impl People {
    /// The user called `name`. IAM's names are unique without regard to case.
    #[must_use]
    pub fn user(&self, name: &str) -> Option<&User> {
        self.users.iter().find(|user| user.name.eq_ignore_ascii_case(name))
    }

    /// The group called `name`, without regard to case.
    #[must_use]
    pub fn group(&self, name: &str) -> Option<&Group> {
        self.groups.iter().find(|group| group.name.eq_ignore_ascii_case(name))
    }

    /// The role of a permission set with AdministratorAccess: the one that was used last, if any was.
    #[must_use]
    pub fn identity_center(&self) -> Option<&AssignedRole> {
        let assigned = self.assigned_roles.iter().filter(|role| self.is_administrator_role(role));
        assigned.max_by_key(|role| role.last_used)
    }

    /// Users who are in a group that carries AdministratorAccess, unless a permissions boundary or an explicit Deny of
    /// everything takes it away again. Who has full access by any path is [`People::with_full_access`].
    pub fn administrators(&self) -> impl Iterator<Item = &User> {
        let carrying: Vec<&str> = self
            .groups
            .iter()
            .filter(|group| group.carries_administrator_access())
            .map(|group| group.name.as_str())
            .collect();
        self.users.iter().filter(move |user| {
            user.groups.iter().any(|group| carrying.iter().any(|name| name.eq_ignore_ascii_case(group)))
                && self.is_let_by_boundary(user.boundary.as_deref())
                && !self.is_denied(user)
        })
    }
}

impl Group {
    /// Whether AWS's AdministratorAccess is attached to it.
    #[must_use]
    pub fn carries_administrator_access(&self) -> bool {
        self.attached_policies.iter().any(|arn| is_administrator_access(arn))
    }
}

/// Whether `arn` is AWS's own AdministratorAccess, in any partition. A customer's policy of that name is not.
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
    fn an_administrator_is_in_a_group_that_carries_the_policy_of_aws() {
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
