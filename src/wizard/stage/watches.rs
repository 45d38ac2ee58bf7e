//! Looking at AWS for a while: for a device, for what was recorded of a key, for whoever misses it, for its end.

use crate::account::Timestamp;

/// Waiting for something that a person does at the console.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Watch {
    /// Since when.
    pub since: Timestamp,
    /// When AWS is asked next.
    pub next: Timestamp,
    /// How often it was asked.
    pub polls: u32,
    /// How many devices root had before; one more is what is waited for.
    pub had: usize,
}

/// The evidence for a key before the person. What was found is in the facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Examination {
    /// The key's id.
    pub key: String,
    /// The person has stopped the reading.
    pub stopped: bool,
    /// The starting policy is shown instead of the evidence.
    pub policy: bool,
}

/// Waiting for whoever misses a deactivated key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyWatch {
    /// The key's id.
    pub key: String,
    /// When it was deactivated.
    pub since: Timestamp,
    /// When AWS is asked next.
    pub next: Timestamp,
    /// How often it was asked.
    pub polls: u32,
}

/// A deleted key whose session ended with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parting {
    /// The key's id.
    pub key: String,
    /// Whether AWS has said that it is deleted; else its answer was lost.
    pub is_sure: bool,
    /// When it was deleted.
    pub since: Timestamp,
    /// How often somebody else still saw a key.
    pub tries: u32,
    /// When AWS is asked again.
    pub next: Option<Timestamp>,
}

impl Parting {
    /// The four characters by which people tell keys apart.
    #[must_use]
    pub fn last_four(&self) -> &str {
        self.key.get(self.key.len().saturating_sub(4)..).unwrap_or(&self.key)
    }
}
