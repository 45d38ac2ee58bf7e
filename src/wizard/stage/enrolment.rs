//! A QR code before the person, and two codes awaited.

use super::{Kept, Watch};
use crate::account::NewDevice;
use crate::secret::Secret;
use crate::totp;

/// Who gets a device or a password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Enrolee {
    /// An IAM user: the two codes go to `iam:EnableMFADevice`.
    User(String),
    /// Root, in the practice account's console.
    Root,
    /// Root, by `iam:EnableMFADevice`, once AWS has said that it takes that.
    RootHere,
}

impl Enrolee {
    /// The user's name, or `root`.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::User(user) => user,
            Self::Root | Self::RootHere => "root",
        }
    }
}

/// Which of the two codes is being typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeField {
    /// The code that is shown first.
    First,
    /// The one after it.
    Second,
}

/// A QR code before the person, and two codes awaited.
#[derive(Debug, PartialEq)]
pub struct Enrolment {
    /// For whom.
    pub enrolee: Enrolee,
    /// The device.
    pub device: NewDevice,
    /// What the QR code says.
    pub uri: Secret,
    /// The two codes, as far as they were typed.
    pub codes: (String, String),
    /// Which one is being typed.
    pub focus: CodeField,
    /// Whether the practice phone is shown.
    pub phone: bool,
    /// What was wrong with the codes last sent.
    pub problem: Option<String>,
    /// The watch to return to, where the console is the practice account's.
    pub watch: Option<Watch>,
    /// Whose turn it is when this one has MFA, or is left without.
    pub rest: Vec<Kept>,
}

impl Enrolment {
    /// An enrolment at its start.
    #[must_use]
    pub fn new(enrolee: Enrolee, device: NewDevice, account: &str) -> Self {
        let uri = totp::uri(&device.seed, enrolee.name(), account);
        Self {
            enrolee,
            device,
            uri,
            codes: Default::default(),
            focus: CodeField::First,
            phone: false,
            problem: None,
            watch: None,
            rest: Vec::new(),
        }
    }
}
