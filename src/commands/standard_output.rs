//! Writes a command's output to standard output in one piece.

use std::io::{ErrorKind, Write};

use anyhow::Context;

/// Prints `bytes`. A closed pipe is not an error. Returns the exit code.
///
/// # Errors
/// Standard output cannot be written, e.g. on a full disk.
pub fn write(bytes: &[u8]) -> anyhow::Result<u8> {
    let mut out = std::io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(0),
        result => result.map(|()| 0).context("can't write to standard output"),
    }
}
