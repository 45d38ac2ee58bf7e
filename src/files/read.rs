//! Reads files with a maximum size.

use std::fs::{self, File};
use std::io::{Error, ErrorKind, Read, Result};
use std::path::Path;

/// Reads the file at `path`. `most`: maximum bytes.
///
/// # Errors
/// As for reading a file; `FileTooLarge` above the maximum.
pub fn bounded(path: &Path, most: u64) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(Error::new(ErrorKind::FileTooLarge, format!("it has more than {} MiB", most >> 20)));
    }
    Ok(bytes)
}

/// The same for one of lockroot's own files; `None`: it does not exist. A link is not followed, and a pipe is not
/// waited for.
///
/// # Errors
/// As [`bounded`], and anything but a regular file.
pub fn own(path: &Path, most: u64) -> Result<Option<Vec<u8>>> {
    match fs::symlink_metadata(path) {
        Ok(found) if found.is_file() => bounded(path, most).map(Some),
        Ok(_) => Err(Error::new(ErrorKind::InvalidInput, "it is no file of its own")),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}
