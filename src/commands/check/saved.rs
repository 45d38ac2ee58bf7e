//! Loads the report to compare with: a file, or the last saved run of the account.

use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::account::Caller;
use crate::commands::{folders, text_file};
use crate::files::{self, Draft};
use crate::report::Saved;

/// The argument that means the last saved run.
pub const LAST: &str = "last";

/// Reads a saved report.
///
/// # Errors
/// Why it cannot be read or compared, with its name.
pub fn load(path: &Path) -> Result<Saved, String> {
    let text = text_file::read(path).map_err(|error| format!("can't read {}: {error}", path.display()))?;
    Saved::parse(&text).map_err(|error| format!("{} {error}", path.display()))
}

/// Path of the last run on the caller's account. `None`: no home folder, or an account id that is not a file name.
#[must_use]
pub fn last(caller: &Caller) -> Option<PathBuf> {
    kept_in(&folders::state().ok()?, caller.partition().name(), &caller.account)
}

/// Its path below `folder`. `None`: the account id is not a file name.
#[must_use]
pub fn kept_in(folder: &Path, partition: &str, account: &str) -> Option<PathBuf> {
    let is_number = !account.is_empty() && account.chars().all(|c| c.is_ascii_digit());
    let name = format!("{partition}-{account}.json");
    let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '.');
    (is_number && plain).then(|| folder.join("checks").join(name))
}

/// Saves `report` as the last run, readable for its owner only (0600, in a 0700 folder).
///
/// # Errors
/// It cannot be written.
pub fn keep(path: &Path, report: &str) -> anyhow::Result<()> {
    let cannot = || format!("can't keep this run in {}", path.display());
    files::private_folder(files::folder_of(path)).with_context(cannot)?;
    Draft::private(path).and_then(|draft| draft.replace(report.as_bytes())).with_context(cannot)
}
