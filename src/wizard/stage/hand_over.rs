//! Secrets before the person.

use super::{Enrolee, Enrolment, Kept, Record};
use crate::secret::Secret;
use crate::steps::Form;

/// Whether secrets are drawn in clear.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    /// Covered, and never uncovered so far: they can't have been kept.
    Unseen,
    /// In clear.
    Open,
    /// Covered again.
    Covered,
}

/// Secrets before the person, this once.
#[derive(Debug, PartialEq)]
pub struct HandOver {
    /// Where the user signs in.
    pub address: String,
    /// The account's number.
    pub account: String,
    /// Whose they are.
    pub user: Enrolee,
    /// The console password, if one was set just now.
    pub password: Option<Secret>,
    /// The access key and its secret, if one was made just now.
    pub key: Option<(String, Secret)>,
    /// Whether they are drawn in clear.
    pub sight: Sight,
    /// What comes after.
    pub next: Option<Box<Enrolment>>,
    /// Whose turn it is then.
    pub rest: Vec<Kept>,
    /// What was done before.
    pub record: Record,
}

/// An access key on its way into the AWS credentials file.
#[derive(Debug, PartialEq)]
pub struct NamingProfile {
    /// The profile's name.
    pub form: Form,
    /// Whose key it is, and where to return.
    pub hand_over: HandOver,
    /// It is being written.
    pub busy: bool,
}
