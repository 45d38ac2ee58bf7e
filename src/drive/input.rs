//! Reads terminal input in a thread of its own, with the time of each event.

#[cfg(unix)]
mod decoder;
#[cfg(unix)]
mod unix;
#[cfg(not(unix))]
mod windows;

use std::time::Instant;

use crossterm::event::Event;
use tokio::sync::mpsc;

#[cfg(unix)]
use unix as system;
#[cfg(not(unix))]
use windows as system;

/// Most events that wait to be taken in. Beyond that they wait in the terminal.
const MAX_WAITING: usize = 256;

/// Something that was read, and when.
#[derive(Debug)]
pub(super) struct TimedEvent {
    /// What.
    pub event: Event,
    /// When.
    pub at: Instant,
}

/// The thread that reads. Dropping it stops reading: afterwards nothing of ours takes a key from the terminal.
pub(super) struct Input {
    heard: mpsc::Receiver<TimedEvent>,
    thread: Option<system::Thread>,
}

impl Input {
    /// Starts to read.
    ///
    /// # Errors
    /// If the system gives no thread or no pipe to stop it with.
    pub fn listen() -> std::io::Result<Self> {
        let (sender, heard) = mpsc::channel(MAX_WAITING);
        Ok(Self { heard, thread: Some(system::Thread::start(sender)?) })
    }

    /// The next thing heard; `None`: the terminal is at its end.
    pub async fn next(&mut self) -> Option<TimedEvent> {
        self.heard.recv().await
    }

    /// Whether something was heard already that comes next.
    pub fn has_more(&self) -> bool {
        !self.heard.is_empty()
    }
}

impl Drop for Input {
    fn drop(&mut self) {
        // First, so that a thread which waits for room in it goes on.
        self.heard.close();
        drop(self.thread.take());
    }
}

/// Forgets what was pressed and not read yet.
pub(super) fn forget_unread() {
    system::forget_unread();
}
