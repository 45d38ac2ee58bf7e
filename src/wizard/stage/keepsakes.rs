//! What came back from AWS that is told only once, until it is shown: for each user by itself.

use crate::account::{Change, NewDevice, Outcome};
use crate::secret::Secret;

/// What came back for one user.
#[derive(Debug, Default, PartialEq)]
pub struct Kept {
    /// The user.
    pub user: String,
    /// The console password that it was given.
    pub password: Option<Secret>,
    /// The access key's id and secret.
    pub key: Option<(String, Secret)>,
    /// A virtual MFA device that waits for its codes.
    pub device: Option<NewDevice>,
}

impl Kept {
    /// Whether there is something that only the person can keep from now on.
    #[must_use]
    pub fn has_secrets(&self) -> bool {
        self.password.is_some() || self.key.is_some()
    }
}

/// Secrets that came back from AWS, until they are shown.
#[derive(Debug, Default, PartialEq)]
pub struct Keepsakes {
    /// One for each user, in the order in which something came back for them.
    pub people: Vec<Kept>,
    /// A virtual MFA device that is nobody's: AWS is asked with it about root's MFA.
    pub device: Option<NewDevice>,
    /// Whether AWS was asked about root's MFA and refused: then the console comes next.
    pub asked: bool,
}

impl Keepsakes {
    /// Keeps what `change` and its `outcome` hold that is told only this once.
    pub fn keep(&mut self, change: &Change, outcome: Outcome) {
        match (change, outcome) {
            (Change::CreateLoginProfile { user, password, .. } | Change::SetPassword { user, password, .. }, _) => {
                self.of(user).password = Some(password.clone());
            }
            (Change::CreateKey { user }, Outcome::Key { id, secret }) => self.of(user).key = Some((id, secret)),
            (Change::CreateDevice { user: Some(user), .. }, Outcome::Device(device)) => {
                self.of(user).device = Some(device);
            }
            (Change::CreateDevice { user: None, .. }, Outcome::Device(device)) => self.device = Some(device),
            (_, Outcome::Done | Outcome::Door(_) | Outcome::Device(_) | Outcome::Key { .. }) => {}
        }
    }

    fn of(&mut self, user: &str) -> &mut Kept {
        let place = self.people.iter().position(|kept| kept.user == user).unwrap_or_else(|| {
            self.people.push(Kept { user: user.to_owned(), ..Kept::default() });
            self.people.len() - 1
        });
        &mut self.people[place]
    }
}
