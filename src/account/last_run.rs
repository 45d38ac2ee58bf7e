//! What an earlier run left in the journal: its verdicts, and a call that was cut off.

use std::collections::BTreeMap;

use super::{Subject, Timestamp};

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

/// A call that was sent, or was about to be, and whose outcome is not noted yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallUnderWay {
    /// The call, as IAM names actions.
    pub action: String,
    /// What it does, in words. Never a secret.
    pub words: String,
    /// Whose access key it deactivates, and its id, if it does.
    pub deactivates: Option<(Subject, String)>,
    /// When it was sent.
    pub at: Timestamp,
}
