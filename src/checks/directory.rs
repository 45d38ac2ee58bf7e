//! Looks up users and device owners by name without a linear search.

use std::collections::{BTreeMap, BTreeSet};

use crate::account::Facts;
use crate::account::facts::{DeviceOwner, SignIn, User};

/// Live facts by user name. IAM names are unique regardless of case.
#[derive(Debug)]
pub struct Directory<'a> {
    pub facts: &'a Facts,
    users: BTreeMap<String, &'a User>,
    owners: BTreeSet<String>,
}

impl<'a> Directory<'a> {
    #[must_use]
    pub fn new(facts: &'a Facts) -> Self {
        let people = facts.people.known().into_iter().flat_map(|people| &people.users);
        let devices = facts.virtual_devices.known().into_iter().flatten();
        let owner = |owner: &DeviceOwner| match owner {
            DeviceOwner::User(name) => Some(name.to_ascii_lowercase()),
            DeviceOwner::Root | DeviceOwner::Nobody => None,
        };
        Self {
            facts,
            users: people.map(|user| (user.name.to_ascii_lowercase(), user)).collect(),
            owners: devices.filter_map(|device| owner(&device.owner)).collect(),
        }
    }

    /// The user called `name`, if users were read.
    #[must_use]
    pub fn user(&self, name: &str) -> Option<&'a User> {
        self.users.get(&name.to_ascii_lowercase()).copied()
    }

    /// The user's sign-in facts, as far as read live.
    #[must_use]
    pub fn sign_in(&self, name: &str) -> Option<&'a SignIn> {
        self.facts.sign_ins.get(name).or_else(|| self.user(name)?.sign_in.as_ref())
    }

    /// Whether a listed virtual device belongs to this user.
    #[must_use]
    pub fn owns_device(&self, name: &str) -> bool {
        self.owners.contains(&name.to_ascii_lowercase())
    }
}
