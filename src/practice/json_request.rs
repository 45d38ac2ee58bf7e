//! One JSON call: parameters, Region and time.

use serde_json::Value;

use super::refusal::Refusal;
use super::state::State;
use crate::account::Timestamp;

/// A JSON call at work.
pub struct JsonRequest<'a> {
    pub state: &'a mut State,
    /// An object.
    pub input: &'a Value,
    pub region: &'a str,
    pub now: Timestamp,
}

/// What a JSON call answers with: an output, none for calls that have none, or a refusal.
pub type JsonAnswer = Result<Option<Value>, Refusal>;

/// A call's name and what makes it.
pub type JsonCall = (&'static str, fn(&mut JsonRequest) -> JsonAnswer);

impl<'a> JsonRequest<'a> {
    /// A string that may be left out.
    pub fn text(&self, member: &str) -> Option<&'a str> {
        self.input.get(member).and_then(Value::as_str)
    }

    /// A string that must be there.
    pub fn required(&self, member: &str) -> Result<&'a str, Refusal> {
        self.text(member).ok_or_else(|| Refusal::constraint(None, member, "Member must not be null"))
    }

    /// A whole number, if it is there and one.
    pub fn number(&self, member: &str) -> Option<i64> {
        self.input.get(member).and_then(Value::as_i64)
    }
}
