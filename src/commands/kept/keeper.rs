//! Saves a kept account after each change: complete, private, and never an older state over a newer one.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::file::MAX_FILE_BYTES;
use super::header::Header;
use crate::account::Pending;
use crate::clock::Clock;
use crate::files::Draft;
use crate::practice::{Keeper, Snapshot};

/// An account's file, and the result of the last write.
#[derive(Debug, Clone)]
pub struct FileKeeper(Arc<Mutex<Inner>>);

#[derive(Debug)]
struct Inner {
    path: PathBuf,
    header: Header,
    /// Number of the latest snapshot.
    number: u64,
    failure: Option<String>,
    /// Whether failures go to standard error at once, since nothing else uses the terminal.
    speaks: bool,
}

impl FileKeeper {
    pub(super) fn new(path: PathBuf, header: Header) -> Self {
        Self(Arc::new(Mutex::new(Inner { path, header, number: 0, failure: None, speaks: false })))
    }

    /// Reports failures on standard error at once.
    pub fn report_failures(&self) {
        self.inner().speaks = true;
    }

    /// Records the actions of this run; the next write includes them.
    pub fn note_done(&self, done: Vec<String>) {
        self.inner().header.note_done(done);
    }

    #[must_use]
    pub fn header(&self) -> Header {
        self.inner().header.clone()
    }

    /// Writes `snapshot`, unless a later one was written.
    ///
    /// # Errors
    /// File and reason. A retry is possible.
    pub fn write(&self, snapshot: Snapshot) -> Result<(), String> {
        let mut inner = self.inner();
        if snapshot.number < inner.number {
            return inner.failure.clone().map_or(Ok(()), Err);
        }
        inner.number = snapshot.number;
        let result = inner.write(snapshot).map_err(|why| format!("{}: {why}", inner.path.display()));
        inner.failure = result.clone().err();
        if let Some(why) = inner.failure.as_ref().filter(|_| inner.speaks) {
            eprintln!("warning: the practice account could not be kept: {why}");
        }
        result
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn write(&mut self, snapshot: Snapshot) -> Result<(), String> {
        let account = snapshot.text?;
        if let Some(run) = self.header.runs.last_mut() {
            run.until = Clock::default().now();
        }
        let text = [self.header.line()?, account, Vec::new()].join(&b'\n');
        if text.len() as u64 > MAX_FILE_BYTES {
            return Err(format!("the account has grown to more than {} MiB", MAX_FILE_BYTES >> 20));
        }
        Draft::private(&self.path).and_then(|draft| draft.replace(&text)).map_err(|error| error.to_string())
    }
}

impl Keeper for FileKeeper {
    fn keep(&self, snapshot: Snapshot) -> Pending<'static, ()> {
        let keeper = self.clone();
        // The disk may be slow; the wizard stays responsive meanwhile.
        let work = tokio::task::spawn_blocking(move || keeper.write(snapshot));
        Box::pin(async move { drop(work.await) })
    }
}
