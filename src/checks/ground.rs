//! What the rules on single users look up in the facts, by maps: there may be thousands of users, and a screen asks often.

use std::collections::{BTreeMap, BTreeSet};

use crate::account::facts::{DeviceOwner, SignIn};
use crate::account::{Facts, Timestamp};

/// The facts as rules on single users need them. Names are unique without regard to case.
#[derive(Debug)]
pub struct Ground<'a> {
    /// All of them.
    pub facts: &'a Facts,
    /// When the credential report was read: ages are counted from then.
    pub now: Timestamp,
    sign_ins: BTreeMap<String, &'a SignIn>,
    owners: BTreeSet<String>,
}

impl<'a> Ground<'a> {
    /// Of `facts`.
    #[must_use]
    pub fn of(facts: &'a Facts) -> Self {
        let listed = facts.people.known().into_iter().flat_map(|people| &people.users);
        let listed = listed.filter_map(|user| Some((&user.name, user.sign_in.as_ref()?)));
        // What was asked singly is newer than what the list told.
        let sign_ins = listed.chain(&facts.sign_ins).map(|(name, sign_in)| (key(name), sign_in)).collect();
        let owners = facts.virtual_devices.known().into_iter().flatten().filter_map(|device| match &device.owner {
            DeviceOwner::User(name) => Some(key(name)),
            DeviceOwner::Nobody | DeviceOwner::Root => None,
        });
        Self {
            facts,
            now: facts.credential_report.at().unwrap_or(Timestamp::UNIX_EPOCH),
            sign_ins,
            owners: owners.collect(),
        }
    }

    /// How `user` signs in, if that was read.
    #[must_use]
    pub fn sign_in(&self, user: &str) -> Option<&'a SignIn> {
        self.sign_ins.get(&key(user)).copied()
    }

    /// Whether the list of virtual devices shows one of `user`. That there is none it can't show.
    #[must_use]
    pub fn owns_virtual_device(&self, user: &str) -> bool {
        self.owners.contains(&key(user))
    }
}

/// What stands for a name, in whatever case.
pub(super) fn key(name: &str) -> String {
    name.to_ascii_lowercase()
}
