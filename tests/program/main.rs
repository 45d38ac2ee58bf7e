//! Tests that start the built program: exit codes, files, sockets, a pseudo-terminal. One binary, so that it is
//! linked once. Other tests are in `tests/in_process`.

use std::process::{Command, Output, Stdio};
use std::sync::mpsc;
use std::time::Duration;

mod bugs;
mod check;
#[cfg(unix)]
mod check_endpoint;
mod check_writes;
mod credential_report;
mod doctor;
mod machine;
#[cfg(unix)]
mod pty;
#[cfg(unix)]
mod serve;

/// Runs `command` to its end. Fails the test if the command does not end.
fn ended(command: &mut Command) -> Output {
    let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let id = child.id();
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || sender.send(child.wait_with_output()));
    receiver.recv_timeout(Duration::from_secs(120)).map(Result::unwrap).unwrap_or_else(|_| {
        end(id);
        panic!("it does not end: {command:?}")
    })
}

#[cfg(unix)]
fn end(id: u32) {
    let process = rustix::process::Pid::from_raw(id.cast_signed()).unwrap();
    rustix::process::kill_process(process, rustix::process::Signal::KILL).unwrap();
}

#[cfg(not(unix))]
fn end(_id: u32) {}
