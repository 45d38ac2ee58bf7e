//! A practice account as text, including its secrets, which open nothing else. An implementation of [`Keeper`]
//! stores it.

pub mod sealed;

use std::fmt;

use serde::{Deserialize, Serialize};

use super::scenario::SignedInAs;
use super::state::State;
use crate::account::moment::exact as moment;
use crate::account::{Pending, Timestamp};

/// Whoever keeps the account.
pub trait Keeper: Send + Sync + fmt::Debug {
    /// Keeps `snapshot` in place of all older ones. The work begins with the call; the answer comes when it is done, well
    /// or badly: the keeper itself remembers how.
    fn keep(&self, snapshot: Snapshot) -> Pending<'static, ()>;
}

/// The account at a moment.
#[derive(Debug)]
pub struct Snapshot {
    /// Later ones have higher numbers.
    pub number: u64,
    /// When it was taken, by the account's clock.
    pub at: Timestamp,
    /// One line of JSON; what could not be written if there is none.
    pub text: Result<Vec<u8>, String>,
}

/// What the text holds.
#[derive(Serialize)]
struct Written<'a> {
    #[serde(with = "moment")]
    at: Timestamp,
    /// How far the account's clock was moved ahead of the machine's.
    ahead_seconds: u64,
    signed_in_as: &'a SignedInAs,
    state: &'a State,
}

/// The same, read.
#[derive(Deserialize)]
pub struct Restored {
    #[serde(with = "moment")]
    pub at: Timestamp,
    pub ahead_seconds: u64,
    pub signed_in_as: SignedInAs,
    pub state: State,
}

/// `state` as text.
pub fn write(state: &State, signed_in_as: &SignedInAs, at: Timestamp) -> Result<Vec<u8>, String> {
    let written = Written { at, ahead_seconds: state.ahead.as_secs(), signed_in_as, state };
    serde_json::to_vec(&written).map_err(|error| error.to_string())
}

/// What [`write`] wrote.
pub fn read(text: &[u8]) -> Result<Restored, String> {
    let restored: Restored = serde_json::from_slice(text).map_err(|error| error.to_string())?;
    let account = &restored.state.account;
    if account.len() != 12 || !account.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(format!("{account:?} is no account id; expected twelve digits"));
    }
    Ok(restored)
}
