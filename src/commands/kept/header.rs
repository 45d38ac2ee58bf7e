//! The first line of a kept account's file: format version and origin.

use serde::{Deserialize, Serialize};

use crate::account::Timestamp;
use crate::account::moment::exact;
use crate::practice::LessonTable;

/// The format. Another number is another version's.
const SCHEMA: &str = "lockroot.practice/1";

/// For whoever opens the file.
const NOTE: &str = "A practice account. The secrets in here are practice secrets only: they open nothing else.";

/// How many things are remembered that were done in a run; the last of them says how many more there were.
const MAX_DONE: usize = 200;

/// How many runs are remembered; then the oldest go.
const MAX_RUNS: usize = 100;

/// What a kept account is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    schema: String,
    note: String,
    /// The scenario that it began as.
    pub scenario: String,
    /// Whether that came from a file of the person's own.
    pub from_file: bool,
    /// When it was opened first, by the machine's clock.
    #[serde(with = "exact")]
    pub made: Timestamp,
    /// What is to be learned in it.
    pub lesson: LessonTable,
    /// What was done with it, the oldest first.
    pub runs: Vec<Run>,
}

/// One run of the program on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// When it began, by the machine's clock.
    #[serde(with = "exact")]
    pub began: Timestamp,
    /// When the account was written last.
    #[serde(with = "exact")]
    pub until: Timestamp,
    /// What was changed, in words; none if the program was killed before it could say so.
    #[serde(default)]
    pub done: Option<Vec<String>>,
}

impl Header {
    /// Of an account that begins now as `scenario`.
    #[must_use]
    pub fn new(scenario: &str, from_file: bool, lesson: LessonTable, now: Timestamp) -> Self {
        let (schema, note) = (SCHEMA.to_owned(), NOTE.to_owned());
        Self { schema, note, scenario: scenario.to_owned(), from_file, made: now, lesson, runs: Vec::new() }
    }

    /// With another run, which begins now.
    #[must_use]
    pub fn run_again(mut self, now: Timestamp) -> Self {
        let old = (self.runs.len() + 1).saturating_sub(MAX_RUNS);
        self.runs.drain(..old);
        self.runs.push(Run { began: now, until: now, done: None });
        self
    }

    /// Notes what was done in the run that ends.
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

    /// When it was used last.
    #[must_use]
    pub fn used(&self) -> Timestamp {
        self.runs.last().map_or(self.made, |run| run.until)
    }

    /// As one line.
    pub(super) fn line(&self) -> Result<Vec<u8>, String> {
        serde_json::to_vec(self).map_err(|error| error.to_string())
    }

    /// What [`Self::line`] wrote.
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
