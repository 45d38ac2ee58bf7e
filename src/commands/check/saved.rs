//! The run that this one is compared with: a file, or the last run that was kept for the account.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::account::Caller;
use crate::commands::{folders, text_file};
use crate::report::Saved;

/// The word for the last run that was kept.
pub const LAST: &str = "last";

/// Reads a saved report.
///
/// # Errors
/// The file can't be read or compared; in words, with its name.
pub fn load(path: &Path) -> Result<Saved, String> {
    let text = text_file::read(path).map_err(|error| format!("can't read {}: {error}", path.display()))?;
    Saved::parse(&text).map_err(|error| format!("{} {error}", path.display()))
}

/// Where the last run on the caller's account is kept. None without a home, or with an account that is no file name.
#[must_use]
pub fn last(caller: &Caller) -> Option<PathBuf> {
    kept_in(&folders::state().ok()?, caller.partition().name(), &caller.account)
}

/// Where it is kept below `folder`. None with an account that is no file name.
#[must_use]
pub fn kept_in(folder: &Path, partition: &str, account: &str) -> Option<PathBuf> {
    let is_number = !account.is_empty() && account.chars().all(|c| c.is_ascii_digit());
    let name = format!("{partition}-{account}.json");
    let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '.');
    (is_number && plain).then(|| folder.join("checks").join(name))
}

/// Keeps `report` as the last run, for its owner's eyes only: 0600, in a folder of 0700.
///
/// # Errors
/// It can't be written.
pub fn keep(path: &Path, report: &str) -> anyhow::Result<()> {
    let cannot = || format!("can't keep this run in {}", path.display());
    let folder = path.parent().unwrap_or(Path::new("/"));
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).with_context(cannot)?;
    // A temporary file is 0600 from its first moment on.
    let mut new = tempfile::NamedTempFile::new_in(folder).with_context(cannot)?;
    new.write_all(report.as_bytes()).with_context(cannot)?;
    new.persist(path).map_err(|error| error.error).with_context(cannot)?;
    Ok(())
}
