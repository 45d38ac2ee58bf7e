//! Reads the two lines of a kept account's file.

use std::path::Path;

use crate::files;

/// Largest file that is read or written, in bytes: an account of which everything is remembered takes a few million.
pub const MAX_FILE_BYTES: u64 = 64 << 20;

/// What is in it.
pub struct Lines {
    pub header: Vec<u8>,
    pub account: Vec<u8>,
}

/// Reads `path`.
pub fn read(path: &Path) -> Result<Lines, String> {
    let found = files::own(path, MAX_FILE_BYTES).map_err(|error| error.to_string())?;
    let bytes = found.ok_or("there is no such file")?;
    let mut lines = bytes.split(|byte| *byte == b'\n').map(<[u8]>::to_vec);
    let header = lines.next().unwrap_or_default();
    let account = lines.next().unwrap_or_default();
    match lines.next() {
        Some(rest) if rest.is_empty() && lines.next().is_none() => Ok(Lines { header, account }),
        // What is foreign is told by its first line, if it can be told at all.
        _ if account.is_empty() => Ok(Lines { header, account }),
        _ => Err("it does not have two lines: it is no kept practice account, or not all of one".into()),
    }
}
