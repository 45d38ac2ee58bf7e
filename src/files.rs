//! Writes all of lockroot's files: completely or not at all, private from the first byte, and never through a planted
//! link. Reads have a maximum size.

mod lock;
mod read;

use std::fs::{self, File, Permissions};
use std::io::{ErrorKind, Result, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

pub use lock::{Lock, LockAttempt};
pub use read::{bounded, own};

/// Characters of the target's name in a draft's name: file systems allow 255 bytes.
const SHOWN_OF_NAME: usize = 40;

/// A temporary file beside its target. Dropping it removes it, unless it has become the target.
#[derive(Debug)]
pub struct Draft {
    new: NamedTempFile,
    target: PathBuf,
}

impl Draft {
    /// An empty draft of `target`, readable for its owner only (0600).
    ///
    /// # Errors
    /// The folder cannot be written to.
    pub fn private(target: &Path) -> Result<Self> {
        Self::new(target, |_| {})
    }

    /// An empty draft of `target` with a new file's usual permissions, limited by the umask.
    ///
    /// # Errors
    /// The folder cannot be written to.
    pub fn shared(target: &Path) -> Result<Self> {
        Self::new(target, |_builder| {
            #[cfg(unix)]
            _builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        })
    }

    fn new(target: &Path, options: impl FnOnce(&mut tempfile::Builder<'_, '_>)) -> Result<Self> {
        let prefix = draft_prefix(target);
        let mut builder = tempfile::Builder::new();
        builder.prefix(&prefix);
        options(&mut builder);
        let new = builder.tempfile_in(folder_of(target))?;
        Ok(Self { new, target: target.to_owned() })
    }

    /// Sets the permissions, usually those of the file to be replaced.
    ///
    /// # Errors
    /// The file system refuses.
    pub fn with_permissions(self, permissions: Permissions) -> Result<Self> {
        self.new.as_file().set_permissions(permissions)?;
        Ok(self)
    }

    /// Writes `bytes` and replaces the target atomically. A link is replaced, not followed.
    ///
    /// # Errors
    /// It could not be written completely; the target is unchanged.
    pub fn replace(mut self, bytes: &[u8]) -> Result<()> {
        self.fill(bytes)?;
        self.new.persist(&self.target).map_err(|error| error.error)?;
        sync(&self.target);
        Ok(())
    }

    /// Writes `bytes` and becomes the target, unless something, even a link, has that name.
    ///
    /// # Errors
    /// `AlreadyExists`, or it could not be written completely.
    pub fn create(mut self, bytes: &[u8]) -> Result<()> {
        self.fill(bytes)?;
        self.new.persist_noclobber(&self.target).map_err(|error| error.error)?;
        sync(&self.target);
        Ok(())
    }

    fn fill(&mut self, bytes: &[u8]) -> Result<()> {
        self.new.write_all(bytes)?;
        self.new.as_file().sync_all()
    }
}

/// The folder of `path`.
#[must_use]
pub fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Creates `folder` and its parents, accessible for the owner only (0700). An existing folder gets that mode.
///
/// # Errors
/// It cannot be created, or its name is a link.
pub fn private_folder(folder: &Path) -> Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)?;
    let found = fs::symlink_metadata(folder)?;
    if !found.is_dir() {
        return Err(std::io::Error::new(ErrorKind::NotADirectory, "it is a link, not a folder"));
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        if found.permissions().mode() & 0o077 != 0 {
            fs::set_permissions(folder, Permissions::from_mode(0o700))?;
        }
    }
    Ok(())
}

/// Renames `file` to a free name beside it, so that nothing is lost. `None`: no free name.
///
/// # Errors
/// It cannot be renamed.
pub fn set_aside(file: &Path) -> Result<Option<PathBuf>> {
    let ending = file.extension().unwrap_or_default().to_string_lossy().into_owned();
    let free = (1..100).map(|n| file.with_extension(format!("{ending}.broken-{n}")));
    let Some(aside) = free.into_iter().find(|aside| fs::symlink_metadata(aside).is_err()) else { return Ok(None) };
    fs::rename(file, &aside).map(|()| Some(aside))
}

/// Removes drafts of `target` left over from killed runs. Only for the process that alone may write it.
pub fn remove_old_drafts(target: &Path) {
    let prefix = draft_prefix(target);
    let entries = fs::read_dir(folder_of(target)).into_iter().flatten().flatten();
    let drafts = entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(&prefix));
    // A draft that remains does no harm.
    drafts.for_each(|draft| drop(fs::remove_file(draft.path())));
}

fn draft_prefix(target: &Path) -> String {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    format!(".lockroot-{}-", name.chars().take(SHOWN_OF_NAME).collect::<String>())
}

/// Flushes the folder entry to disk. Systems that cannot do so write it a little later.
fn sync(target: &Path) {
    File::open(folder_of(target)).and_then(|folder| folder.sync_all()).ok();
}

#[cfg(test)]
mod tests;
