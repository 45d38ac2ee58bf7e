//! What starts the built program: exit codes, files, sockets, a real pseudo-terminal. One binary, so that it is linked once.
//! What needs no process of its own is in `tests/in_process`.

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
