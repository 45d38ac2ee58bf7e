//! Loads the run to compare with: a file, or the last kept run of the account.

use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::account::Caller;
use crate::commands::{folders, text_file};
use crate::files::{self, Draft};
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
    files::private_folder(files::folder_of(path)).with_context(cannot)?;
    Draft::private(path).and_then(|draft| draft.replace(report.as_bytes())).with_context(cannot)
}
