//! The file of a kept account, read as two lines.

use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::Path;

/// Largest file that is read or written, in bytes: an account of which everything is remembered takes a few million.
pub const LARGEST: usize = 64 << 20;

/// What is in it.
pub struct Lines {
    pub header: Vec<u8>,
    pub account: Vec<u8>,
}

/// Reads `path`. Links are not followed, and what is no file is not waited for.
pub fn read(path: &Path) -> Result<Lines, String> {
    let found = fs::symlink_metadata(path).map_err(|error| match error.kind() {
        ErrorKind::NotFound => "there is no such file".to_owned(),
        _ => error.to_string(),
    })?;
    if !found.is_file() {
        return Err("it is no file of its own".into());
    }
    let mut bytes = Vec::new();
    let opened = File::open(path).map_err(|error| error.to_string())?;
    opened.take(LARGEST as u64 + 1).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    if bytes.len() > LARGEST {
        return Err(format!("it has more than {} MiB", LARGEST >> 20));
    }
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
