//! Reads files of any size.

use std::fs::{self, File};
use std::io::{Error, ErrorKind, Read, Result};
use std::path::Path;

/// The bytes of the file at `path`, which has `most` of them at most.
///
/// # Errors
/// As reading a file; `FileTooLarge` for one that has more.
pub fn bounded(path: &Path, most: u64) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(Error::new(ErrorKind::FileTooLarge, format!("it has more than {} MiB", most >> 20)));
    }
    Ok(bytes)
}

/// The same of a file that lockroot wrote; `None`: there is none. A link of its name is not followed, and what is no file is not
/// waited for.
///
/// # Errors
/// As [`bounded`], and what has its name is no file.
pub fn own(path: &Path, most: u64) -> Result<Option<Vec<u8>>> {
    match fs::symlink_metadata(path) {
        Ok(found) if found.is_file() => bounded(path, most).map(Some),
        Ok(_) => Err(Error::new(ErrorKind::InvalidInput, "it is no file of its own")),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}
