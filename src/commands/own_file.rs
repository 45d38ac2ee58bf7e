//! A file of the user that lockroot appends to: its contents, and whether lockroot may write it.

use std::fs::File;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use crate::files::{self, Draft};

/// Maximum links to follow.
const LINKS: usize = 40;

/// Maximum size in bytes of a file to append to, more than such files have.
const MAX_FILE_BYTES: u64 = 16 << 20;

/// Who may read the file afterwards.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// Its owner only.
    Private,
    /// Unchanged. A new file is readable for its owner only.
    AsBefore,
}

/// The file before the change.
struct Content {
    bytes: Zeroizing<Vec<u8>>,
    /// Its mode, if others than its owner could read or write it.
    too_open: Option<u32>,
}

/// Replaces `target` atomically by the result of `whole`, which gets the old content (empty without a file). Returns
/// the old mode, if others could read or write the file.
///
/// # Errors
/// Why nothing was written.
pub(super) fn rewrite(
    target: &Path,
    mode: Mode,
    whole: impl FnOnce(&[u8]) -> Result<Zeroizing<Vec<u8>>, String>,
) -> Result<Option<u32>, String> {
    let said = |error: std::io::Error| format!("{}: {}", target.display(), words(&error));
    let before = content(target)?;
    let whole = whole(before.as_ref().map_or(&[][..], |before| before.bytes.as_slice()))?;
    let mut draft = Draft::private(target).map_err(said)?;
    if before.is_some() && mode == Mode::AsBefore {
        let permissions = std::fs::metadata(target).map_err(said)?.permissions();
        draft = draft.with_permissions(permissions).map_err(said)?;
    }
    // Do not overwrite a concurrent change. Only the time of one rename remains as a race.
    if content(target)?.map(|now| now.bytes) != before.as_ref().map(|before| before.bytes.clone()) {
        return Err(format!("{} was changed by somebody else just now. Try again.", target.display()));
    }
    match &before {
        Some(_) => draft.replace(&whole).map_err(said)?,
        None => draft.create(&whole).map_err(said)?,
    }
    Ok(before.and_then(|before| before.too_open))
}

/// The file's content; `None`: no such file.
fn content(path: &Path) -> Result<Option<Content>, String> {
    let shown = path.display();
    let found = match std::fs::metadata(path) {
        Ok(found) => found,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(format!("{shown}: {}", words(&error))),
    };
    if !found.is_file() {
        return Err(format!("{shown} is no file"));
    }
    let too_open = owners(&found).map_err(|said| format!("{shown} {said}"))?;
    // Only replace a file that this user may write.
    let open = File::options().append(true).open(path);
    open.map_err(|error| format!("{shown} can't be written: {}", words(&error)))?;
    let bytes =
        files::bounded(path, MAX_FILE_BYTES).map_err(|error| format!("{shown} can't be read: {}", words(&error)))?;
    Ok(Some(Content { bytes: Zeroizing::new(bytes), too_open }))
}

/// The mode, if others than the owner have access.
///
/// # Errors
/// Another user owns the file.
#[cfg(unix)]
fn owners(found: &std::fs::Metadata) -> Result<Option<u32>, String> {
    use std::os::unix::fs::MetadataExt;
    let own = rustix::process::geteuid().as_raw();
    if found.uid() != own {
        return Err(format!("belongs to another user ({}), not to you ({own}). Nothing was written.", found.uid()));
    }
    let mode = found.mode() & 0o777;
    Ok((mode & 0o077 != 0).then_some(mode))
}

#[cfg(not(unix))]
fn owners(_found: &std::fs::Metadata) -> Result<Option<u32>, String> {
    Ok(None)
}

/// The final target of `path`, existing or not.
pub(super) fn followed(path: &Path) -> Result<PathBuf, String> {
    let mut path = path.to_owned();
    for _ in 0..LINKS {
        let Ok(next) = std::fs::read_link(&path) else { return Ok(path) };
        path = path.parent().map_or(next.clone(), |folder| folder.join(&next));
    }
    Err(format!("{} is a link that leads round and round", path.display()))
}

/// The message without the operating system's error number.
pub(super) fn words(error: &std::io::Error) -> String {
    let said = error.to_string();
    said.split(" (os error").next().unwrap_or(&said).to_owned()
}
