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

/// Maximum pending events. More of them wait in the terminal.
const MAX_WAITING: usize = 256;

/// A terminal event with its time.
#[derive(Debug)]
pub(super) struct TimedEvent {
    pub event: Event,
    pub at: Instant,
}

/// The reading thread. Dropping it stops reading, and lockroot then takes no more keys from the terminal.
pub(super) struct Input {
    heard: mpsc::Receiver<TimedEvent>,
    thread: Option<system::Thread>,
}

impl Input {
    /// Starts the thread.
    ///
    /// # Errors
    /// The system provides no thread, or no pipe to stop it.
    pub fn listen() -> std::io::Result<Self> {
        let (sender, heard) = mpsc::channel(MAX_WAITING);
        Ok(Self { heard, thread: Some(system::Thread::start(sender)?) })
    }

    /// The next event; `None`: the terminal has ended.
    pub async fn next(&mut self) -> Option<TimedEvent> {
        self.heard.recv().await
    }

    /// Whether another event is pending.
    pub fn has_more(&self) -> bool {
        !self.heard.is_empty()
    }
}

impl Drop for Input {
    fn drop(&mut self) {
        // Close first, so that a thread waiting for room continues.
        self.heard.close();
        drop(self.thread.take());
    }
}

/// Discards keys that were pressed but not read.
pub(super) fn forget_unread() {
    system::forget_unread();
}
