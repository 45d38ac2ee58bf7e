//! Calls under way, made, refused, read back.

use super::Origin;
use crate::account::{Change, Failure, NewDevice, Outcome, Timestamp};
use crate::secret::Secret;

/// Calls under way.
#[derive(Debug, PartialEq)]
pub struct Progress {
    /// What the plan is about.
    pub title: String,
    /// Calls that AWS has taken.
    pub done: Vec<Change>,
    /// The call under way, in words and by its action.
    pub running: (String, &'static str),
    /// Calls still to come, in reverse order.
    pub waiting: Vec<Change>,
    /// What came back.
    pub kept: Keepsakes,
    /// Where to return if AWS refuses.
    pub origin: Origin,
}

/// Secrets that came back from AWS, until they are shown.
#[derive(Debug, Default, PartialEq)]
pub struct Keepsakes {
    /// The user and the console password that it was given.
    pub password: Option<(String, Secret)>,
    /// The access key's id and secret.
    pub key: Option<(String, Secret)>,
    /// A virtual MFA device that waits for its codes.
    pub device: Option<NewDevice>,
    /// The user whom all this is about.
    pub user: Option<String>,
    /// Whether AWS was asked about root's MFA and refused: then the console comes next.
    pub asked: bool,
}

impl Keepsakes {
    /// Keeps what `change` and its `outcome` hold that is told only this once.
    pub fn keep(&mut self, change: &Change, outcome: Outcome) {
        match (change, outcome) {
            (Change::CreateLoginProfile { user, password, .. } | Change::SetPassword { user, password, .. }, _) => {
                self.password = Some((user.clone(), password.clone()))
            }
            (Change::CreateKey { .. }, Outcome::Key { id, secret }) => self.key = Some((id, secret)),
            (Change::CreateDevice { .. }, Outcome::Device(device)) => self.device = Some(device),
            (_, Outcome::Done | Outcome::Door(_) | Outcome::Device(_) | Outcome::Key { .. }) => {}
        }
    }

    /// Whether there is something that only the person can keep from now on.
    #[must_use]
    pub fn has_secrets(&self) -> bool {
        self.password.is_some() || self.key.is_some()
    }
}

/// Calls made, being read back.
#[derive(Debug, PartialEq)]
pub struct Proof {
    /// What AWS took.
    pub applied: Vec<Change>,
    /// How often it was read back without all of it showing.
    pub tries: u32,
    /// When to read again; `None` while a read is on its way.
    pub again_at: Option<Timestamp>,
    /// What came back.
    pub kept: Keepsakes,
}

/// A refused call.
#[derive(Debug, PartialEq)]
pub struct Refusal {
    /// What was tried, in words.
    pub tried: String,
    /// What AWS said.
    pub failure: Failure,
    /// The change itself, if it was one: a fresh read may show that it happened all the same.
    pub change: Option<Change>,
    /// Calls that had been taken before it.
    pub done: Vec<Change>,
    /// Calls that were not made because of it, in words.
    pub left: Vec<String>,
    /// What came back before it.
    pub kept: Keepsakes,
    /// Where to return.
    pub origin: Origin,
}

/// Whether a fresh read shows a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// It does.
    Shown,
    /// It does not, although AWS took the call; IAM sometimes takes minutes.
    NotYet,
    /// The read failed, or nothing that is read could show it.
    Unread,
}

/// What came of a step.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Record {
    /// What was done, in words, and whether it shows.
    pub lines: Vec<(String, Seen)>,
}
