//! What was found when somebody looked last, to be compared with.

use std::collections::BTreeMap;

use super::Timestamp;

/// The verdicts of an earlier run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastRun {
    /// When it was made.
    pub at: Timestamp,
    /// Each control's verdict by its id, as reports spell them.
    pub verdicts: BTreeMap<String, String>,
}
