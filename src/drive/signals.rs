//! The signals of a terminal program: termination and resize.

use std::time::{Duration, Instant};

/// How long after a command's end the signal that ended it may still arrive here.
const ECHO: Duration = Duration::from_secs(1);

/// Whether a command has the terminal.
enum TerminalOwner {
    Never,
    Now,
    Until(Instant),
}

impl TerminalOwner {
    fn lasts(&self) -> bool {
        match self {
            Self::Never => false,
            Self::Now => true,
            Self::Until(end) => Instant::now() < *end,
        }
    }
}

pub(super) struct Signals {
    ends: system::EndSignals,
    resized: system::Resized,
    lent: TerminalOwner,
}

impl Signals {
    /// Installs the handlers.
    ///
    /// # Errors
    /// The system refuses.
    pub fn catch() -> std::io::Result<Self> {
        Ok(Self { ends: system::EndSignals::new()?, resized: system::Resized::new()?, lent: TerminalOwner::Never })
    }

    /// From now on Ctrl-C and Ctrl-\ are for the command that has the terminal.
    pub fn lend(&mut self) {
        self.lent = TerminalOwner::Now;
    }

    /// The command has ended.
    pub fn take_again(&mut self) {
        self.lent = TerminalOwner::Until(Instant::now() + ECHO);
    }

    /// Waits for a signal that ends the program.
    pub async fn told_to_end(&mut self) {
        while self.ends.next().await == SignalTarget::Foreground && self.lent.lasts() {}
    }

    /// Waits for a signal that ends the program (true) or reports a new terminal size (false).
    pub async fn ends_or_resizes(&mut self) -> bool {
        loop {
            tokio::select! {
                signal = self.ends.next() => if signal == SignalTarget::Lockroot || !self.lent.lasts() { return true },
                () = self.resized.next() => return false,
            }
        }
    }
}

/// The addressee of a signal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SignalTarget {
    /// This process.
    Lockroot,
    /// The foreground process group of the terminal, as with Ctrl-C.
    Foreground,
}

#[cfg(unix)]
mod system {
    use std::io::Result;

    use tokio::signal::unix::{Signal, SignalKind, signal};

    use super::SignalTarget;

    pub struct EndSignals {
        terminate: Signal,
        hang_up: Signal,
        interrupt: Signal,
        quit: Signal,
    }

    impl EndSignals {
        pub fn new() -> Result<Self> {
            Ok(Self {
                terminate: signal(SignalKind::terminate())?,
                hang_up: signal(SignalKind::hangup())?,
                interrupt: signal(SignalKind::interrupt())?,
                quit: signal(SignalKind::quit())?,
            })
        }

        pub async fn next(&mut self) -> SignalTarget {
            tokio::select! {
                _ = self.terminate.recv() => SignalTarget::Lockroot,
                _ = self.hang_up.recv() => SignalTarget::Lockroot,
                _ = self.interrupt.recv() => SignalTarget::Foreground,
                _ = self.quit.recv() => SignalTarget::Foreground,
            }
        }
    }

    pub struct Resized(Signal);

    impl Resized {
        pub fn new() -> Result<Self> {
            signal(SignalKind::window_change()).map(Self)
        }

        pub async fn next(&mut self) {
            self.0.recv().await;
        }
    }
}

/// A Windows console reports its size among its keys, and Ctrl-C is its only signal.
#[cfg(not(unix))]
mod system {
    use std::io::Result;

    use super::SignalTarget;

    pub struct EndSignals;

    impl EndSignals {
        pub fn new() -> Result<Self> {
            Ok(Self)
        }

        pub async fn next(&mut self) -> SignalTarget {
            // Without a console there is no key to press. An error means that no signal will ever come.
            if tokio::signal::ctrl_c().await.is_err() {
                std::future::pending::<()>().await;
            }
            SignalTarget::Foreground
        }
    }

    pub struct Resized;

    impl Resized {
        pub fn new() -> Result<Self> {
            Ok(Self)
        }

        pub async fn next(&mut self) {
            std::future::pending::<()>().await;
        }
    }
}
