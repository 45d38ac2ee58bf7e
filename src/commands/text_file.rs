//! Reads a text file or pipe that a person named on the command line, with limits on size and time.

use std::io::{Error, ErrorKind, Result};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Duration;

use crate::files;

/// Timeout for anything but a regular file: a pipe without a writer never ends.
const MAX_WAIT: Duration = Duration::from_secs(5);

/// More than any configuration, scenario or saved report needs.
const MAX_BYTES: u64 = 16 << 20;

/// The text in `path`.
///
/// # Errors
/// As for reading a file; also a pipe that does not end in time, or too much text.
pub fn read(path: &Path) -> Result<String> {
    if std::fs::metadata(path)?.is_file() {
        return all_of(path);
    }
    let (sender, answer) = mpsc::channel();
    let path: PathBuf = path.to_owned();
    // Opening a pipe already waits for its writer. If none comes, the thread ends with the program.
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
