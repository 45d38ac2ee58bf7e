//! Runs a command such as `aws login` in the foreground of this terminal, and waits for it.

use tokio::process::Command;

use super::signals::Signals;
use crate::wizard::{Ended, TerminalCommand};

/// Runs `command` on the terminal, which lockroot has released before. Also returns whether lockroot itself must end.
///
/// Ctrl-C reaches lockroot too, since both are in the terminal's foreground. It is meant for the command.
pub(super) async fn run(command: &TerminalCommand, signals: &mut Signals) -> (Ended, bool) {
    let mut process = Command::new(&command.program);
    process.args(&command.arguments).kill_on_drop(true);
    let mut child = match process.spawn() {
        Ok(child) => child,
        Err(error) => return (Ended::NotStarted(error.to_string()), false),
    };
    let mut told_to_end = false;
    let status = loop {
        tokio::select! {
            status = child.wait() => break status,
            () = signals.told_to_end(), if !told_to_end => {
                told_to_end = true;
                // If the command has ended meanwhile, there is nothing to kill.
                let _ = child.start_kill();
            }
        }
    };
    match status {
        Ok(status) => (ended(status), told_to_end),
        Err(error) => (Ended::NotStarted(error.to_string()), told_to_end),
    }
}

#[cfg(unix)]
fn ended(status: std::process::ExitStatus) -> Ended {
    use std::os::unix::process::ExitStatusExt;
    match (status.code(), status.signal()) {
        (Some(code), _) => Ended::Code(code),
        (None, signal) => Ended::Signal(signal.unwrap_or_default()),
    }
}

#[cfg(not(unix))]
fn ended(status: std::process::ExitStatus) -> Ended {
    Ended::Code(status.code().unwrap_or(-1))
}
