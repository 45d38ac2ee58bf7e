//! Look-ups in the state, with IAM's refusals.

use std::collections::BTreeMap;
use std::time::Duration;

use super::{AccessKey, Device, Group, Injected, Role, Root, State, User};
use crate::account::{Subject, Timestamp};
use crate::practice::account_management::contact_information::ContactInformation;
use crate::practice::cloudtrail::CloudTrail;
use crate::practice::identifiers::Identifiers;
use crate::practice::refusal::Refusal;
use crate::practice::throttle::Throttle;
use crate::practice::watchers::Watchers;

impl State {
    pub fn empty(account: &str, created: Timestamp) -> Self {
        Self {
            account: account.to_owned(),
            alias: None,
            created,
            ahead: Duration::ZERO,
            root: Root { password: true, password_last_used: None },
            users: BTreeMap::new(),
            groups: BTreeMap::new(),
            keys: Vec::new(),
            roles: BTreeMap::new(),
            sessions: Vec::new(),
            devices: Vec::new(),
            password_policy: None,
            contacts: BTreeMap::new(),
            contact_information: ContactInformation::practice(),
            denied: Vec::new(),
            faults: Vec::new(),
            chaos: Vec::new(),
            injected: Injected::default(),
            changes: 0,
            snapshots: 0,
            visible_after: Duration::ZERO,
            root_mfa_by_api: false,
            certificates: Vec::new(),
            server_certificates: Vec::new(),
            service_credentials: Vec::new(),
            report: None,
            service_use_jobs: BTreeMap::new(),
            report_takes: Duration::from_secs(2),
            customer_policies: BTreeMap::new(),
            organization: None,
            account_name: "Practice".into(),
            regions_enabled: Vec::new(),
            cloudtrail: CloudTrail::seeded_by(account),
            watchers: Watchers::default(),
            throttle: Throttle::default(),
            ids: Identifiers::seeded_by(account),
        }
    }

    /// The user called `name`, visible to reads or not.
    pub fn user(&self, name: &str) -> Result<&User, Refusal> {
        self.users.get(&key(name)).ok_or_else(|| no_such("user", name))
    }

    pub fn user_mut(&mut self, name: &str) -> Result<&mut User, Refusal> {
        self.users.get_mut(&key(name)).ok_or_else(|| no_such("user", name))
    }

    pub fn group(&self, name: &str) -> Result<&Group, Refusal> {
        self.groups.get(&key(name)).ok_or_else(|| no_such("group", name))
    }

    pub fn group_mut(&mut self, name: &str) -> Result<&mut Group, Refusal> {
        self.groups.get_mut(&key(name)).ok_or_else(|| no_such("group", name))
    }

    /// The user called `name`, if visible to reads.
    pub fn seen_user(&self, name: &str, now: Timestamp) -> Result<&User, Refusal> {
        self.user(name).and_then(|user| if user.visible_from <= now { Ok(user) } else { Err(no_such("user", name)) })
    }

    pub fn seen_group(&self, name: &str, now: Timestamp) -> Result<&Group, Refusal> {
        let group = self.group(name)?;
        if group.visible_from <= now { Ok(group) } else { Err(no_such("group", name)) }
    }

    /// Groups of `user` that reads show.
    pub fn seen_groups_of<'a>(
        &'a self,
        user: &'a User,
        now: Timestamp,
    ) -> impl Iterator<Item = (&'a String, &'a Group)> {
        let seen = user.groups.iter().filter(move |membership| membership.visible_from <= now);
        seen.filter_map(|membership| self.groups.get_key_value(&membership.group))
    }

    pub fn keys_of<'a>(&'a self, owner: &'a Subject) -> impl Iterator<Item = &'a AccessKey> {
        self.keys.iter().filter(move |key| key.owner == *owner)
    }

    /// `owner`'s access keys that reads show.
    pub fn seen_keys_of<'a>(&'a self, owner: &'a Subject, now: Timestamp) -> impl Iterator<Item = &'a AccessKey> {
        self.keys_of(owner).filter(move |key| key.visible_from <= now)
    }

    /// `owner`'s MFA devices of every kind.
    pub fn devices_of<'a>(&'a self, owner: &'a Subject) -> impl Iterator<Item = &'a Device> {
        self.devices.iter().filter(move |device| device.owner.as_ref() == Some(owner))
    }

    /// ARN of a resource of this account, e.g. `user/alice`.
    pub fn arn(&self, resource: &str) -> String {
        format!("arn:aws:iam::{}:{resource}", self.account)
    }

    pub fn user_arn(&self, user: &User) -> String {
        self.arn(&format!("user{}{}", user.path, user.name))
    }

    pub fn role_arn(&self, role: &Role) -> String {
        self.arn(&format!("role{}{}", role.path, role.name))
    }

    /// ARN of a role session.
    pub fn session_arn(&self, role: &Role, session: &str) -> String {
        format!("arn:aws:sts::{}:assumed-role/{}/{session}", self.account, role.name)
    }

    pub fn group_arn(&self, group: &Group) -> String {
        self.arn(&format!("group{}{}", group.path, group.name))
    }
}

/// The map key for a name.
pub fn key(name: &str) -> String {
    name.to_ascii_lowercase()
}

/// AWS's refusal for a missing `user` or `group`.
pub fn no_such(kind: &str, name: &str) -> Refusal {
    Refusal::no_such_entity(format!("The {kind} with name {name} cannot be found."))
}
