//! Facts beside users: trails, organization features, holders of AWSSupportAccess, and credentials that the report
//! lacks.

use super::Timestamp;
use super::identities::KeyStatus;

use super::facts::Reading;
use super::management_events::{EventSelectors, ManagementEvents};

/// The relevant state of a CloudTrail trail.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TrailState {
    pub arn: String,
    pub name: String,
    /// Whether it records every Region.
    pub multi_region: bool,
    /// Whether log file validation is enabled.
    pub validation: bool,
    /// Whether it records the partition's home Region, which holds root's sign-ins.
    pub records_home: bool,
    /// ARN of its CloudWatch Logs log group.
    pub log_group: Option<String>,
    /// Whether it is logging. `None`: not asked, because it covers neither all Regions nor the home Region.
    pub logging: Option<bool>,
    /// The management events that it records; read together with `logging`.
    pub management: Reading<ManagementEvents>,
    /// Read together with `management`.
    pub selectors: Option<EventSelectors>,
    /// The Region that receives changes to it.
    pub home_region: String,
    /// Whether it is an organization trail.
    pub is_organization: bool,
    /// Whether it records global services.
    pub global_events: bool,
}

/// The organization's centralized root access for member accounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CentralRoot {
    NoOrganization,
    /// A member account. Only the management account or its delegate can read the settings.
    Member,
    /// IAM has no trusted access in the organization, so nothing is centralized.
    NoTrustedAccess,
    /// The organization has consolidated billing only, so nothing can be centralized.
    NotAllFeatures,
    /// The enabled features.
    Features {
        /// Root credentials management: members' root credentials can be removed.
        credentials: bool,
        /// Root sessions: root can be assumed for single tasks.
        sessions: bool,
    },
}

/// A server certificate stored in IAM, without its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerCertificate {
    pub name: String,
    /// If AWS tells.
    pub expires: Option<Timestamp>,
}

/// A service-specific credential of an IAM user, without its secret: CodeCommit, Amazon Keyspaces, or a Bedrock API
/// key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceCredential {
    pub id: String,
    /// IAM user name.
    pub user: String,
    /// Service principal, e.g. `bedrock.amazonaws.com`.
    pub service: String,
    /// Active, inactive or another state, e.g. expired.
    pub status: KeyStatus,
    /// `None`: never.
    pub expires: Option<Timestamp>,
}

impl ServiceCredential {
    /// Whether it works at `now`.
    #[must_use]
    pub fn is_in_force(&self, now: Timestamp) -> bool {
        self.status == KeyStatus::Active && self.expires.is_none_or(|end| end > now)
    }
}

/// Principals that have a managed policy.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PolicyHolders {
    /// Role names.
    pub roles: Vec<String>,
    /// Group names.
    pub groups: Vec<String>,
    /// User names.
    pub users: Vec<String>,
}

impl PolicyHolders {
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.roles.is_empty() && self.groups.is_empty() && self.users.is_empty()
    }

    /// Their names, for people.
    #[must_use]
    pub fn words(&self) -> String {
        let kinds = [("role", &self.roles), ("group", &self.groups), ("user", &self.users)];
        let names = kinds.iter().flat_map(|(kind, names)| names.iter().map(move |name| format!("{kind} {name}")));
        names.collect::<Vec<_>>().join(", ")
    }
}
