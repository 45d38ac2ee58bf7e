//! The signs beside verdicts on screens and in reports, in Unicode and ASCII.

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
