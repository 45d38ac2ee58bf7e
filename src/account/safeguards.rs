//! Facts beside users: trails, the organization's features, holders of AWSSupportAccess, and credentials that no
//! report lists.

use super::Timestamp;
use super::identities::KeyStatus;

use super::facts::Reading;
use super::management_events::{EventSelectors, ManagementEvents};

/// A CloudTrail trail, as far as it matters.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TrailState {
    /// Its ARN.
    pub arn: String,
    /// Its name.
    pub name: String,
    /// Whether it records every region.
    pub multi_region: bool,
    /// Whether changes to its files can be noticed.
    pub validation: bool,
    /// Whether it records the partition's home region, where root's sign-ins are.
    pub records_home: bool,
    /// The ARN of the log group of CloudWatch Logs that it writes to.
    pub log_group: Option<String>,
    /// Whether it logs now. `None`: not asked, because it records neither every region nor the home region.
    pub logging: Option<bool>,
    /// Which management events it records; asked together with `logging`.
    pub management: Reading<ManagementEvents>,
    /// By which selectors; known with `management`.
    pub selectors: Option<EventSelectors>,
    /// The Region in which it is changed.
    pub home_region: String,
    /// Whether it is an organization's.
    pub is_organization: bool,
    /// Whether it records global services.
    pub global_events: bool,
}

/// What the account's organization does about root users of its members.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CentralRoot {
    /// The account is in no organization.
    NoOrganization,
    /// It is a member: only the management account, or who it delegates to, can see.
    Member,
    /// IAM has no trusted access in the organization, so that nothing is managed.
    NoTrustedAccess,
    /// The organization has consolidated billing only, so that nothing can be managed.
    NotAllFeatures,
    /// What is switched on.
    Features {
        /// Root credentials of members can be removed.
        credentials: bool,
        /// Root can be assumed for single tasks.
        sessions: bool,
    },
}

/// A server certificate stored in IAM, without its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerCertificate {
    /// Its name.
    pub name: String,
    /// When it expires, if AWS says.
    pub expires: Option<Timestamp>,
}

/// A service-specific credential of an IAM user, without its secret: for CodeCommit, Amazon Keyspaces, an API key of Bedrock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceCredential {
    /// Its id.
    pub id: String,
    /// Whose it is.
    pub user: String,
    /// For which service, e.g. `bedrock.amazonaws.com`.
    pub service: String,
    /// Active, inactive, or something else, as expired.
    pub status: KeyStatus,
    /// When it expires. `None`: never.
    pub expires: Option<Timestamp>,
}

impl ServiceCredential {
    /// Whether it lets somebody in at `now`.
    #[must_use]
    pub fn is_in_force(&self, now: Timestamp) -> bool {
        self.status == KeyStatus::Active && self.expires.is_none_or(|end| end > now)
    }
}

/// Who carries a managed policy.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PolicyHolders {
    /// Names of roles.
    pub roles: Vec<String>,
    /// Names of groups.
    pub groups: Vec<String>,
    /// Names of users.
    pub users: Vec<String>,
}

impl PolicyHolders {
    /// Whether nobody does.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.roles.is_empty() && self.groups.is_empty() && self.users.is_empty()
    }

    /// All of them in words.
    #[must_use]
    pub fn words(&self) -> String {
        let kinds = [("role", &self.roles), ("group", &self.groups), ("user", &self.users)];
        let names = kinds.iter().flat_map(|(kind, names)| names.iter().map(move |name| format!("{kind} {name}")));
        names.collect::<Vec<_>>().join(", ")
    }
}
