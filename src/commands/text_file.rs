//! Reads a text that a person named on the command line, from a file or a pipe, with limits on size and time.

use std::io::{Error, ErrorKind, Result};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Duration;

use crate::files;

/// Longest wait for what is no file: a pipe into which nobody writes never ends.
const MAX_WAIT: Duration = Duration::from_secs(5);

/// More than any configuration, scenario or saved report has.
const MAX_BYTES: u64 = 16 << 20;

/// The text in `path`.
///
/// # Errors
/// As reading a file; and a pipe that brings nothing in time, or text without end.
pub fn read(path: &Path) -> Result<String> {
    if std::fs::metadata(path)?.is_file() {
        return all_of(path);
    }
    let (sender, answer) = mpsc::channel();
    let path: PathBuf = path.to_owned();
    // Even to open a pipe waits for its writer. If none comes, the thread ends with the program.
    std::thread::spawn(move || sender.send(all_of(&path)));
    answer.recv_timeout(MAX_WAIT).unwrap_or_else(|_| {
        let said = format!("it is a pipe or a device, and it did not end within {} s", MAX_WAIT.as_secs());
        Err(Error::new(ErrorKind::TimedOut, said))
    })
}

fn all_of(path: &Path) -> Result<String> {
    String::from_utf8(files::bounded(path, MAX_BYTES)?)
        .map_err(|_| Error::new(ErrorKind::InvalidData, "it is not UTF-8 text"))
}
