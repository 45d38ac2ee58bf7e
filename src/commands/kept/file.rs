//! Reads the two lines of a kept account's file.

use std::path::Path;

use crate::files;

/// Maximum file size in bytes. A full account takes a few million.
pub const MAX_FILE_BYTES: u64 = 64 << 20;

/// The two lines of the file.
pub struct Lines {
    pub header: Vec<u8>,
    pub account: Vec<u8>,
}

pub fn read(path: &Path) -> Result<Lines, String> {
    let found = files::own(path, MAX_FILE_BYTES).map_err(|error| error.to_string())?;
    let bytes = found.ok_or("there is no such file")?;
    let mut lines = bytes.split(|byte| *byte == b'\n').map(<[u8]>::to_vec);
    let header = lines.next().unwrap_or_default();
    let account = lines.next().unwrap_or_default();
    match lines.next() {
        Some(rest) if rest.is_empty() && lines.next().is_none() => Ok(Lines { header, account }),
        // The first line tells whether the file is foreign.
        _ if account.is_empty() => Ok(Lines { header, account }),
        _ => Err("it does not have two lines: it is no kept practice account, or not all of one".into()),
    }
}
