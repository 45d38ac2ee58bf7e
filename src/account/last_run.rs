//! What was found when somebody looked last, to be compared with.

use std::collections::BTreeMap;

use super::Timestamp;

/// The verdicts of an earlier run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastRun {
    /// When it was made.
    pub at: Timestamp,
    /// The ARN of who was signed in, if it is known: what only root is told differs between principals.
    pub principal: Option<String>,
    /// Each control's verdict by its id, as reports spell them.
    pub verdicts: BTreeMap<String, String>,
}
