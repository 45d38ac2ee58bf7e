//! The result of a change.

use crate::account::{Failure, NewDevice};
use crate::secret::Secret;

/// Whether AWS lets root's MFA be assigned by API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RootMfaApi {
    /// AWS refused only the codes, so it would accept correct ones.
    Open,
    /// It does not, and what it said.
    Closed(Failure),
}

/// What a change brought back beside its success.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing more.
    Done,
    /// Whether root's MFA can be assigned by API.
    RootMfaApi(RootMfaApi),
    /// A virtual MFA device with its seed, which AWS tells only this once.
    Device(NewDevice),
    /// An access key with its secret, which AWS tells only this once.
    Key {
        /// Its id.
        id: String,
        /// The secret access key.
        secret: Secret,
    },
}
