//! What an earlier run left in the journal: verdicts, and an interrupted call.

use std::collections::BTreeMap;

use super::{Subject, Timestamp};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastRun {
    pub at: Timestamp,
    /// ARN of the signed-in principal, if known. Some facts are visible to root only, so verdicts differ by
    /// principal.
    pub principal: Option<String>,
    /// Verdicts by control id, as spelled in reports.
    pub verdicts: BTreeMap<String, String>,
}

/// A call that was sent, or was about to be, and whose outcome was not recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallUnderWay {
    /// IAM action name, e.g. `iam:CreateUser`.
    pub action: String,
    /// A description for people. Never a secret.
    pub words: String,
    /// Owner and id of the access key that it deactivates, if any.
    pub deactivates: Option<(Subject, String)>,
    /// When it was sent.
    pub at: Timestamp,
}
