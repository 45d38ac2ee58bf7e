//! The signs beside verdicts on screens and in reports, in Unicode and ASCII.

/// A sign in Unicode and ASCII, one column wide.
pub type Sign = (&'static str, &'static str);

pub const PASS: Sign = ("✓", "+");
pub const FAIL: Sign = ("✗", "x");
/// Only a person can answer.
pub const MANUAL: Sign = ("◦", "o");
pub const NOT_APPLICABLE: Sign = ("–", "-");
/// Could not be read.
pub const UNKNOWN: Sign = ("?", "?");
