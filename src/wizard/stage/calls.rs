//! Calls under way, made, refused, read back.

use super::{Keepsakes, Origin};
use crate::account::{Change, Failure, Timestamp};

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
