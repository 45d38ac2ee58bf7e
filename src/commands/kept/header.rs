//! The first line of a kept account's file: format version and origin.

use serde::{Deserialize, Serialize};

use crate::account::Timestamp;
use crate::account::moment::exact;
use crate::practice::LessonTable;

/// The format's version. Other versions are refused.
const SCHEMA: &str = "lockroot.practice/1";

/// For people who open the file.
const NOTE: &str = "A practice account. The secrets in here are practice secrets only: they open nothing else.";

/// Maximum actions recorded per run. The last one says how many more there were.
const MAX_DONE: usize = 200;

/// Maximum runs recorded; beyond it the oldest are dropped.
const MAX_RUNS: usize = 100;

/// Origin and history of a kept account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    schema: String,
    note: String,
    /// The scenario that it was created from.
    pub scenario: String,
    /// Whether the scenario came from the user's own file.
    pub from_file: bool,
    /// Creation time by the machine's clock.
    #[serde(with = "exact")]
    pub made: Timestamp,
    pub lesson: LessonTable,
    /// Oldest first.
    pub runs: Vec<Run>,
}

/// One run of lockroot on the account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// Start by the machine's clock.
    #[serde(with = "exact")]
    pub began: Timestamp,
    /// When the account was last written.
    #[serde(with = "exact")]
    pub until: Timestamp,
    /// Descriptions of the changes; `None` if the program was killed before it saved them.
    #[serde(default)]
    pub done: Option<Vec<String>>,
}

impl Header {
    /// The header of a new account.
    #[must_use]
    pub fn new(scenario: &str, from_file: bool, lesson: LessonTable, now: Timestamp) -> Self {
        let (schema, note) = (SCHEMA.to_owned(), NOTE.to_owned());
        Self { schema, note, scenario: scenario.to_owned(), from_file, made: now, lesson, runs: Vec::new() }
    }

    /// Adds a run that starts now.
    #[must_use]
    pub fn run_again(mut self, now: Timestamp) -> Self {
        let old = (self.runs.len() + 1).saturating_sub(MAX_RUNS);
        self.runs.drain(..old);
        self.runs.push(Run { began: now, until: now, done: None });
        self
    }

    /// Records the actions of the run that ends.
    pub(super) fn note_done(&mut self, mut done: Vec<String>) {
        if done.len() > MAX_DONE {
            let left_out = done.len() - (MAX_DONE - 1);
            done.truncate(MAX_DONE - 1);
            done.push(format!("and {left_out} more"));
        }
        if let Some(run) = self.runs.last_mut() {
            run.done = Some(done);
        }
    }

    /// When it was last used.
    #[must_use]
    pub fn used(&self) -> Timestamp {
        self.runs.last().map_or(self.made, |run| run.until)
    }

    /// One line of JSON.
    pub(super) fn line(&self) -> Result<Vec<u8>, String> {
        serde_json::to_vec(self).map_err(|error| error.to_string())
    }

    /// Parses the output of [`Self::line`].
    pub(super) fn parse(line: &[u8]) -> Result<Self, String> {
        #[derive(Deserialize)]
        struct Versioned {
            schema: String,
        }
        let foreign = |error: serde_json::Error| format!("line 1: it is no kept practice account: {error}");
        let Versioned { schema } = serde_json::from_slice(line).map_err(foreign)?;
        if schema != SCHEMA {
            return Err(format!("it was written as {schema:?}, and this lockroot reads {SCHEMA:?}"));
        }
        serde_json::from_slice(line).map_err(foreign)
    }
}
