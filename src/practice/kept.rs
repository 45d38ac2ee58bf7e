//! A practice account as text, including its secrets, which open nothing else. An implementation of [`Keeper`] stores
//! it.

pub mod sealed;

use std::fmt;

use serde::{Deserialize, Serialize};

use super::scenario::SignedInAs;
use super::state::State;
use crate::account::moment::exact as moment;
use crate::account::{Pending, Timestamp};

/// Stores the account.
pub trait Keeper: Send + Sync + fmt::Debug {
    /// Stores `snapshot` in place of older ones. The work starts with the call. The future resolves when it is done,
    /// successful or not; the keeper remembers errors.
    fn keep(&self, snapshot: Snapshot) -> Pending<'static, ()>;
}

/// The account at a point in time.
#[derive(Debug)]
pub struct Snapshot {
    /// Increases with each snapshot.
    pub number: u64,
    /// Taken at, by the account's clock.
    pub at: Timestamp,
    /// One line of JSON, or why it could not be written.
    pub text: Result<Vec<u8>, String>,
}

/// The serialized account.
#[derive(Serialize)]
struct Written<'a> {
    #[serde(with = "moment")]
    at: Timestamp,
    /// Seconds by which the account's clock is ahead of the machine's.
    ahead_seconds: u64,
    signed_in_as: &'a SignedInAs,
    state: &'a State,
}

/// The deserialized account.
#[derive(Deserialize)]
pub struct Restored {
    #[serde(with = "moment")]
    pub at: Timestamp,
    pub ahead_seconds: u64,
    pub signed_in_as: SignedInAs,
    pub state: State,
}

/// Serializes `state`.
pub fn write(state: &State, signed_in_as: &SignedInAs, at: Timestamp) -> Result<Vec<u8>, String> {
    let written = Written { at, ahead_seconds: state.ahead.as_secs(), signed_in_as, state };
    serde_json::to_vec(&written).map_err(|error| error.to_string())
}

/// Parses the output of [`write`].
pub fn read(text: &[u8]) -> Result<Restored, String> {
    let restored: Restored = serde_json::from_slice(text).map_err(|error| error.to_string())?;
    let account = &restored.state.account;
    if account.len() != 12 || !account.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(format!("{account:?} is no account id; expected twelve digits"));
    }
    Ok(restored)
}
