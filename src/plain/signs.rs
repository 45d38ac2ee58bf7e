//! The signs beside a verdict's word, the same on the screen and in a report: once in Unicode and once in ASCII.

/// A sign in Unicode and in ASCII, one column wide.
pub type Sign = (&'static str, &'static str);

/// Passes.
pub const PASS: Sign = ("✓", "+");
/// Fails.
pub const FAIL: Sign = ("✗", "x");
/// Only a person can answer.
pub const MANUAL: Sign = ("◦", "o");
/// Nothing to judge.
pub const NOT_APPLICABLE: Sign = ("–", "-");
/// Could not be read.
pub const UNKNOWN: Sign = ("?", "?");
