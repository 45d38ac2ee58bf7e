//! The result of a change.

use crate::account::{Failure, NewDevice};
use crate::secret::Secret;

/// Whether AWS accepts API calls that assign root's MFA.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RootMfaApi {
    /// AWS refused only the codes, so it would accept correct ones.
    Open,
    /// AWS refused the call itself, with this answer.
    Closed(Failure),
}

/// What AWS returned for a successful change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// No data.
    Done,
    RootMfaApi(RootMfaApi),
    /// A virtual MFA device with its seed, which AWS returns only once.
    Device(NewDevice),
    /// An access key with its secret, which AWS returns only once.
    Key {
        id: String,
        secret: Secret,
    },
}
