//! The data of the practice account, with look-ups. The calls contain the rules.

mod look_ups;

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};

pub use look_ups::{key, no_such};

use super::account_management::contact_information::ContactInformation;
use super::chaos::Chaos;
use super::cloudtrail::CloudTrail;
use super::fault::InjectedFault;
use super::iam::credential_report::Report;
use super::iam::server_certificates::ServerCertificate;
use super::iam::service_credentials::ServiceCredential;
use super::iam::services_used::Job;
use super::iam::signing_certificates::Certificate;
use super::identifiers::Identifiers;
use super::kept::sealed;
use super::organization::Organization;
use super::policy::Document;
use super::principal::{Credential, Principal};
use super::throttle::Throttle;
use super::watchers::Watchers;
use crate::account::moment::exact as moment;
use crate::account::{AlternateContact, ContactType, PasswordPolicy, Subject, Timestamp};
use crate::secret::Secret;

#[derive(Serialize, Deserialize)]
pub struct State {
    /// 12 digits.
    pub account: String,
    pub alias: Option<String>,
    #[serde(with = "moment")]
    pub created: Timestamp,
    /// How far the account's clock is ahead of the machine's, which other programs sign by.
    #[serde(skip)]
    pub ahead: Duration,
    pub root: Root,
    /// By lowercase name: IAM names are unique regardless of case.
    pub users: BTreeMap<String, User>,
    pub groups: BTreeMap<String, Group>,
    pub keys: Vec<AccessKey>,
    /// By lowercase name.
    pub roles: BTreeMap<String, Role>,
    pub sessions: Vec<Session>,
    pub devices: Vec<Device>,
    pub password_policy: Option<PasswordPolicy>,
    pub contacts: BTreeMap<ContactType, AlternateContact>,
    pub contact_information: ContactInformation,
    /// Action patterns that a service control policy denies.
    pub denied: Vec<String>,
    /// Whether `EnableMFADevice` accepts root. AWS documents that it does not.
    pub root_mfa_by_api: bool,
    pub faults: Vec<InjectedFault>,
    pub chaos: Vec<Chaos>,
    /// Faults added at runtime to the scenario's. They are not kept.
    #[serde(skip)]
    pub injected: Injected,
    /// Number of calls that may have changed something.
    #[serde(skip)]
    pub changes: u64,
    /// Number of snapshots taken.
    #[serde(skip)]
    pub snapshots: u64,
    /// Delay until reads show a new user, group, membership or device.
    pub visible_after: Duration,
    pub certificates: Vec<Certificate>,
    /// Sorted by name.
    pub server_certificates: Vec<ServerCertificate>,
    pub service_credentials: Vec<ServiceCredential>,
    pub report: Option<Report>,
    /// Last-use jobs by id. They are not kept.
    #[serde(skip)]
    pub service_use_jobs: BTreeMap<String, Job>,
    /// How long generating a credential report takes.
    pub report_takes: Duration,
    /// Customer managed policies: documents by name. They are not attached to any principal.
    pub customer_policies: BTreeMap<String, String>,
    pub organization: Option<Organization>,
    /// The account name, which is not its alias.
    pub account_name: String,
    /// Enabled opt-in Regions.
    pub regions_enabled: Vec<String>,
    pub cloudtrail: CloudTrail,
    pub watchers: Watchers,
    pub throttle: Throttle,
    pub ids: Identifiers,
}

/// Faults of this run only.
#[derive(Debug, Default)]
pub struct Injected {
    pub faults: Vec<InjectedFault>,
    pub chaos: Vec<Chaos>,
}

/// The root user, except for its keys and devices.
#[derive(Serialize, Deserialize)]
pub struct Root {
    pub password: bool,
    #[serde(with = "moment::maybe")]
    pub password_last_used: Option<Timestamp>,
}

#[derive(Serialize, Deserialize)]
pub struct User {
    pub name: String,
    pub path: String,
    pub id: String,
    #[serde(with = "moment")]
    pub created: Timestamp,
    #[serde(with = "moment")]
    pub visible_from: Timestamp,
    pub groups: Vec<Membership>,
    pub inline_policies: BTreeMap<String, Document>,
    /// ARNs.
    pub attached_policies: Vec<String>,
    /// ARN.
    pub boundary: Option<String>,
    pub login: Option<LoginProfile>,
    #[serde(with = "moment::maybe")]
    pub password_last_used: Option<Timestamp>,
    pub tags: BTreeMap<String, String>,
}

/// A user's membership in a group.
#[derive(Serialize, Deserialize)]
pub struct Membership {
    /// Its key in [`State::groups`].
    pub group: String,
    #[serde(with = "moment")]
    pub visible_from: Timestamp,
}

#[derive(Serialize, Deserialize)]
pub struct LoginProfile {
    #[serde(with = "moment")]
    pub created: Timestamp,
    /// When the password was last set.
    #[serde(with = "moment")]
    pub changed: Timestamp,
    pub reset_required: bool,
    /// Current and earlier passwords, latest last. Empty if a scenario set an unknown one.
    #[serde(with = "sealed::list")]
    pub passwords: Vec<Secret>,
}

#[derive(Serialize, Deserialize)]
pub struct Group {
    pub name: String,
    pub path: String,
    pub id: String,
    #[serde(with = "moment")]
    pub created: Timestamp,
    #[serde(with = "moment")]
    pub visible_from: Timestamp,
    pub inline_policies: BTreeMap<String, Document>,
    /// ARNs.
    pub attached_policies: Vec<String>,
}

#[derive(Serialize, Deserialize)]
pub struct AccessKey {
    pub id: String,
    #[serde(with = "sealed")]
    pub secret: Secret,
    pub owner: Subject,
    pub active: bool,
    #[serde(with = "moment")]
    pub created: Timestamp,
    /// When it starts to work and reads start to show it.
    #[serde(with = "moment")]
    pub visible_from: Timestamp,
    pub last_use: Option<KeyUse>,
}

/// The last use of a key.
#[derive(Clone, Serialize, Deserialize)]
pub struct KeyUse {
    #[serde(with = "moment")]
    pub at: Timestamp,
    pub service: String,
    pub region: String,
}

/// A role that any principal of the account may assume whose own policies allow it.
#[derive(Serialize, Deserialize)]
pub struct Role {
    pub name: String,
    pub path: String,
    pub id: String,
    #[serde(with = "moment")]
    pub created: Timestamp,
    #[serde(with = "moment")]
    pub visible_from: Timestamp,
    /// Trust policy (JSON).
    pub trust: String,
    /// ARNs.
    pub attached_policies: Vec<String>,
    pub inline_policies: BTreeMap<String, Document>,
    pub max_session_seconds: u32,
    #[serde(with = "moment::maybe")]
    pub last_used: Option<Timestamp>,
}

/// A temporary key of a signed-in principal.
#[derive(Clone, Serialize, Deserialize)]
pub struct Session {
    pub key_id: String,
    #[serde(with = "sealed")]
    pub secret: Secret,
    #[serde(with = "sealed")]
    pub token: Secret,
    pub owner: Principal,
    pub credential: Credential,
    /// Whether it was issued with an MFA code.
    pub mfa: bool,
    #[serde(with = "moment")]
    pub created: Timestamp,
    #[serde(with = "moment")]
    pub expires: Timestamp,
}

/// An MFA device of any kind.
#[derive(Serialize, Deserialize)]
pub struct Device {
    /// An ARN, or the number printed on a hardware token.
    pub serial: String,
    /// The seed of a virtual device; `None` for other kinds.
    #[serde(with = "sealed::maybe")]
    pub seed: Option<Secret>,
    pub owner: Option<Subject>,
    #[serde(with = "moment::maybe")]
    pub enabled: Option<Timestamp>,
    #[serde(with = "moment")]
    pub visible_from: Timestamp,
    /// Step of the last accepted code: no code works twice.
    pub used_step: u64,
    /// How many steps the device's clock was ahead at the last verification.
    pub drift: i64,
    pub tags: BTreeMap<String, String>,
}

impl Device {
    /// Whether it is virtual, so that `ListVirtualMFADevices` lists it.
    pub fn is_virtual(&self) -> bool {
        self.serial.contains(":mfa/")
    }
}
