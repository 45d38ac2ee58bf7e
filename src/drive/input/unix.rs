//! Reads bytes from a Unix terminal until it is told to stop.

use std::io;
use std::os::fd::{AsFd, AsRawFd};
use std::os::unix::net::UnixStream;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use filedescriptor::{POLLIN, poll, pollfd};
use tokio::sync::mpsc::Sender;

use super::TimedEvent;
use super::decoder::Decoder;

pub(super) struct Thread {
    /// The thread stops when this end is closed.
    stop: Option<UnixStream>,
    handle: Option<JoinHandle<()>>,
}

impl Thread {
    pub fn start(sender: Sender<TimedEvent>) -> io::Result<Self> {
        let (stop, stopped) = UnixStream::pair()?;
        let handle = std::thread::Builder::new().name("keys".into()).spawn(move || read(&sender, &stopped))?;
        Ok(Self { stop: Some(stop), handle: Some(handle) })
    }
}

impl Drop for Thread {
    fn drop(&mut self) {
        drop(self.stop.take());
        // A thread that panicked has ended as well, which is enough here.
        let _ = self.handle.take().map(JoinHandle::join);
    }
}

/// Reads until the terminal ends, nobody listens, or `stopped` is closed.
fn read(sender: &Sender<TimedEvent>, stopped: &UnixStream) {
    let mut decoder = Decoder::default();
    let mut bytes = [0; 1024];
    loop {
        let events = match wait(stopped, decoder.patience()) {
            Wait::Stopped => return,
            Wait::Silence => decoder.give_up(),
            // A terminal that hung up returns nothing or an error, immediately and forever.
            Wait::Bytes => match rustix::io::read(io::stdin().as_fd(), &mut bytes) {
                Ok(0) => return,
                Ok(count) => decoder.decode(&bytes[..count]),
                Err(rustix::io::Errno::INTR | rustix::io::Errno::AGAIN) => continue,
                Err(_) => return,
            },
        };
        let at = Instant::now();
        for event in events {
            if sender.blocking_send(TimedEvent { event, at }).is_err() {
                return;
            }
        }
    }
}

enum Wait {
    Bytes,
    Silence,
    Stopped,
}

fn wait(stopped: &UnixStream, patience: Option<Duration>) -> Wait {
    let watched = |fd| pollfd { fd, events: POLLIN, revents: 0 };
    let mut fds = [watched(io::stdin().as_raw_fd()), watched(stopped.as_raw_fd())];
    match poll(&mut fds, patience) {
        _ if fds[1].revents != 0 => Wait::Stopped,
        Ok(0) => Wait::Silence,
        // If something is wrong, the read will report it.
        Ok(_) => Wait::Bytes,
        Err(filedescriptor::Error::Poll(error)) if error.kind() == io::ErrorKind::Interrupted => {
            wait(stopped, patience)
        }
        Err(_) => Wait::Stopped,
    }
}

pub(super) fn forget_unread() {
    // A terminal that is gone has no unread input either.
    let _ = rustix::termios::tcflush(io::stdin().as_fd(), rustix::termios::QueueSelector::IFlush);
}
