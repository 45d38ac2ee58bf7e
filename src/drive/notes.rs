//! The order in which notes are written: one after the other, and each before the change that it is about is sent.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::error::Elapsed;

/// How long anything waits for notes to be written.
const PATIENCE: Duration = Duration::from_secs(5);

/// How many notes there are, and how many are written.
#[derive(Clone, Default)]
pub(super) struct Notes {
    asked: u64,
    written: Arc<watch::Sender<u64>>,
}

impl Notes {
    /// A place at the end of the line.
    pub fn take_turn(&mut self) -> Turn {
        self.asked += 1;
        Turn { place: self.asked, written: self.written.clone() }
    }

    /// Waits until all that were asked for so far are written.
    ///
    /// # Errors
    /// When it takes longer than [`PATIENCE`].
    pub async fn written(&self) -> Result<(), Elapsed> {
        reached(&self.written, self.asked).await
    }
}

/// One note's place in the line.
pub(super) struct Turn {
    place: u64,
    written: Arc<watch::Sender<u64>>,
}

impl Turn {
    /// Waits until the notes before it are written, for a while: one that hangs does not hold up the rest.
    pub async fn comes(&self) {
        let _ = reached(&self.written, self.place - 1).await;
    }

    /// It is written, or can't be.
    pub fn ends(&self) {
        self.written.send_modify(|written| *written = (*written).max(self.place));
    }
}

async fn reached(written: &watch::Sender<u64>, place: u64) -> Result<(), Elapsed> {
    let mut seen = written.subscribe();
    tokio::time::timeout(PATIENCE, async {
        // The sender is ours: it does not go away.
        let _ = seen.wait_for(|written| *written >= place).await;
    })
    .await
}
