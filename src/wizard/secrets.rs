//! New secrets from AWS until they are shown, one user after the other.

use super::pages::enrol::Enrolee;
use super::pages::hand_over::Visibility;
use super::pages::{Enrol, HandOver, Page, Record};
use crate::account::change::Brings;
use crate::account::{Change, Facts, Failure, NewDevice, Outcome, read_back};
use crate::secret::Secret;

/// New secrets of one user.
#[derive(Debug, Default, PartialEq)]
pub struct UserSecrets {
    /// User name.
    pub user: String,
    /// The new console password.
    pub password: Option<Secret>,
    /// The new access key: id and secret.
    pub key: Option<(String, Secret)>,
    /// A virtual MFA device that waits for its codes.
    pub device: Option<NewDevice>,
}

impl UserSecrets {
    /// Whether it has secrets that AWS never shows again.
    #[must_use]
    pub fn has_secrets(&self) -> bool {
        self.password.is_some() || self.key.is_some()
    }
}

/// New secrets from AWS, until they are shown.
#[derive(Debug, Default, PartialEq)]
pub struct IssuedSecrets {
    /// One entry for each user, in the order in which the secrets arrived.
    pub people: Vec<UserSecrets>,
    /// The device for root's MFA.
    pub root_mfa: RootMfa,
}

/// A virtual MFA device for root. AWS may refuse to assign it by API.
#[derive(Debug, Default, PartialEq)]
pub enum RootMfa {
    /// No device was created.
    #[default]
    Nothing,
    /// The device waits for its codes. With them lockroot asks AWS to assign it.
    Waits(NewDevice),
    /// AWS refused to assign it by API, so the console is next.
    Refused,
}

impl IssuedSecrets {
    /// Stores the secrets of `change` and its `outcome`, which AWS returns only once.
    pub fn keep(&mut self, change: &Change, outcome: Outcome) {
        match (change.declares().brings, outcome) {
            (Brings::Password { user, password, .. }, _) => self.of(user).password = Some(password.clone()),
            (Brings::Key { user }, Outcome::Key { id, secret }) => self.of(user).key = Some((id, secret)),
            (Brings::Device { user: Some(user) }, Outcome::Device(device)) => self.of(user).device = Some(device),
            (Brings::Device { user: None }, Outcome::Device(device)) => self.root_mfa = RootMfa::Waits(device),
            // The reply was lost, and the secret with it.
            (Brings::Nothing | Brings::Key { .. } | Brings::Device { .. }, _) => {}
        }
    }

    /// Whether `facts` show each change, as in [`read_back`]. A new access key is found by the id that AWS answered.
    #[must_use]
    pub fn read_back(&self, changes: &[Change], facts: &Facts) -> Vec<Option<bool>> {
        let shows = read_back(changes, facts).into_iter().zip(changes);
        shows.map(|(shows, change)| shows.or_else(|| self.shows_key_of(change, facts))).collect()
    }

    fn shows_key_of(&self, change: &Change, facts: &Facts) -> Option<bool> {
        let Brings::Key { user } = change.declares().brings else { return None };
        let (id, _) = self.people.iter().find(|kept| kept.user == user)?.key.as_ref()?;
        Some(facts.user_keys.get(user)?.known()?.iter().any(|key| key.id == *id))
    }

    fn of(&mut self, user: &str) -> &mut UserSecrets {
        let place = self.people.iter().position(|kept| kept.user == user).unwrap_or_else(|| {
            self.people.push(UserSecrets { user: user.to_owned(), ..UserSecrets::default() });
            self.people.len() - 1
        });
        &mut self.people[place]
    }
}

/// The next page: a user's secrets, a QR code, or the result. `address` is where users sign in.
pub(super) fn next_turn(address: String, account: String, mut rest: Vec<UserSecrets>, record: Record) -> Page {
    let Some(place) = rest.iter().position(|kept| kept.has_secrets() || kept.device.is_some()) else {
        return record.into();
    };
    let kept = rest.remove(place);
    let has_secrets = kept.has_secrets();
    let step = record.step;
    let user = Enrolee::user(step, kept.user);
    let next = kept.device.map(|device| Enrol::new(user.clone(), step, device, &account));
    match (has_secrets, next) {
        (false, Some(enrol)) => Enrol { rest, ..enrol }.into(),
        (_, next) => HandOver {
            address,
            account,
            user,
            password: kept.password,
            key: kept.key,
            visibility: Visibility::Unseen,
            next: next.map(Box::new),
            rest,
            record,
        }
        .into(),
    }
}

/// A failed call in a sentence, with the id by which AWS finds the request.
pub(super) fn failed(tried: &str, failure: &Failure) -> String {
    let words = if failure.may_have_happened { "May or may not have happened" } else { "Failed before quitting" };
    let request = failure.request_id.as_ref().map(|id| format!(" (request {id})")).unwrap_or_default();
    format!("{words}: {tried}. {failure}{request}")
}

/// Sentences about secrets that would be lost unseen, and how to replace them.
pub(super) fn unshown(issued: &IssuedSecrets) -> Vec<String> {
    let lost = match &issued.root_mfa {
        RootMfa::Waits(device) => Some(lost_device(device)),
        RootMfa::Nothing | RootMfa::Refused => None,
    };
    unshown_of(&issued.people).into_iter().chain(lost).collect()
}

/// The same for the secrets of users.
pub(super) fn unshown_of(people: &[UserSecrets]) -> Vec<String> {
    let mut lines = Vec::new();
    for UserSecrets { user, password, key, device } in people {
        if password.is_some() {
            lines.push(format!("The console password of {user} was set but not shown: set a new one."));
        }
        if let Some((id, _)) = key {
            lines.push(format!("The access key {id} of {user} was created but its secret was not shown: delete it."));
        }
        if let Some(device) = device {
            lines.push(lost_device(device));
        }
    }
    lines
}

fn lost_device(device: &NewDevice) -> String {
    format!("The MFA device {} was created but has no owner. The step Administrator replaces it.", device.serial)
}
