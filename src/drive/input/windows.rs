//! Reads events from the Windows console.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crossterm::event;
use tokio::sync::mpsc::Sender;

use super::TimedEvent;

/// Interval between checks of the stop flag.
const POLL_TIME: Duration = Duration::from_millis(50);

pub(super) struct Thread {
    stop: Arc<AtomicBool>,
    handle: Option<JoinHandle<()>>,
}

impl Thread {
    pub fn start(sender: Sender<TimedEvent>) -> std::io::Result<Self> {
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = stop.clone();
        let handle = std::thread::Builder::new().name("keys".into()).spawn(move || read(&sender, &stopped))?;
        Ok(Self { stop, handle: Some(handle) })
    }
}

impl Drop for Thread {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        // A thread that panicked has ended as well, which is enough here.
        let _ = self.handle.take().map(JoinHandle::join);
    }
}

fn read(sender: &Sender<TimedEvent>, stopped: &AtomicBool) {
    while !stopped.load(Ordering::Relaxed) {
        match event::poll(POLL_TIME) {
            Ok(false) => {}
            Ok(true) => {
                let Ok(event) = event::read() else { return };
                if sender.blocking_send(TimedEvent { event, at: Instant::now() }).is_err() {
                    return;
                }
            }
            Err(_) => return,
        }
    }
}

pub(super) fn forget_unread() {
    while event::poll(Duration::ZERO).is_ok_and(|waits| waits) && event::read().is_ok() {}
}
