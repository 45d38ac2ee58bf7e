//! A file that a person asked for. It is opened before AWS is read, so errors show early. It ends complete or
//! unchanged.

use std::fs::File;
use std::io::{ErrorKind, Result, Write};
use std::path::{Path, PathBuf};

use crate::files::{Draft, folder_of};

/// Who may read a new file. An existing one keeps its permissions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readers {
    /// Its owner only (0600): it reveals much about an account.
    Owner,
    /// Determined by the umask: a pipeline's next job may run as another user.
    Umask,
}

/// An open output file.
#[derive(Debug)]
pub struct OutputFile {
    path: PathBuf,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    /// A draft that replaces the file at the end.
    Draft(Draft),
    /// Something that cannot be replaced: a device, a pipe.
    Special(File),
}

impl OutputFile {
    /// Opens `path`. A link is kept and its target is replaced: the person named it on purpose.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn open(path: &Path, readers: Readers) -> Result<Self> {
        let path = path.canonicalize().unwrap_or_else(|_| in_full(path));
        let kind = match std::fs::metadata(&path) {
            Ok(found) if found.is_dir() => return Err(std::io::Error::new(ErrorKind::IsADirectory, "it is a folder")),
            Ok(found) if !found.is_file() => Kind::Special(File::options().write(true).open(&path)?),
            Ok(found) => {
                // Only replace a file that this user may write.
                File::options().write(true).open(&path)?;
                Kind::Draft(Draft::private(&path)?.with_permissions(found.permissions())?)
            }
            Err(_) if readers == Readers::Owner => Kind::Draft(Draft::private(&path)?),
            Err(_) => Kind::Draft(Draft::shared(&path)?),
        };
        Ok(Self { path, kind })
    }

    /// The path without links.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether it is a regular file, so that it can hold only one text.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        matches!(self.kind, Kind::Draft(_))
    }

    /// Writes `bytes`.
    ///
    /// # Errors
    /// Writing fails, e.g. because the disk is full.
    pub fn write(self, bytes: &[u8]) -> Result<()> {
        match self.kind {
            Kind::Draft(draft) => draft.replace(bytes),
            Kind::Special(mut file) => match file.write_all(bytes) {
                // The reader closed the pipe on purpose, e.g. `head`.
                Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
                result => result,
            },
        }
    }
}

/// The absolute path of a file that does not exist yet.
fn in_full(path: &Path) -> PathBuf {
    let whole = || Some(folder_of(path).canonicalize().ok()?.join(path.file_name()?));
    whole().unwrap_or_else(|| path.to_owned())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_file_keeps_its_permissions_and_a_link_stays_one() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("a"), folder.path().join("link"));
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        OutputFile::open(&file, Readers::Owner).unwrap().write(b"one").unwrap();
        assert_eq!(mode(&file), 0o600);
        std::fs::set_permissions(&file, PermissionsExt::from_mode(0o640)).unwrap();
        std::os::unix::fs::symlink("a", &link).unwrap();
        OutputFile::open(&link, Readers::Owner).unwrap().write(b"two").unwrap();
        assert_eq!((std::fs::read(&file).unwrap(), mode(&file)), (b"two".to_vec(), 0o640));
        assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink());
        assert!(OutputFile::open(folder.path(), Readers::Owner).is_err());
        OutputFile::open(Path::new("/dev/null"), Readers::Umask).unwrap().write(b"three").unwrap();
        drop(OutputFile::open(&folder.path().join("never"), Readers::Umask).unwrap());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2, "nothing is left over");
    }
}
