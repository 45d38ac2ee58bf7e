//! One JSON call: parameters, Region and time.

use serde_json::Value;

use super::refusal::Refusal;
use super::state::State;
use crate::account::Timestamp;

/// A running JSON call.
pub struct JsonRequest<'a> {
    pub state: &'a mut State,
    /// A JSON object.
    pub input: &'a Value,
    pub region: &'a str,
    pub now: Timestamp,
}

/// A JSON call's output (`None` for calls without output), or its refusal.
pub type JsonAnswer = Result<Option<Value>, Refusal>;

/// A call's name and its function.
pub type JsonCall = (&'static str, fn(&mut JsonRequest) -> JsonAnswer);

impl<'a> JsonRequest<'a> {
    /// An optional string.
    pub fn text(&self, member: &str) -> Option<&'a str> {
        self.input.get(member).and_then(Value::as_str)
    }

    /// A required string.
    pub fn required(&self, member: &str) -> Result<&'a str, Refusal> {
        self.text(member).ok_or_else(|| Refusal::constraint(None, member, "Member must not be null"))
    }

    /// An optional integer.
    pub fn number(&self, member: &str) -> Option<i64> {
        self.input.get(member).and_then(Value::as_i64)
    }
}
