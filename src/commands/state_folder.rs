//! Journals on disk: one file for each account in the user's state folder (`$XDG_STATE_HOME/lockroot`, on Linux by default
//! `~/.local/state/lockroot`). The folder is for its owner alone. A file is replaced whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use super::folders;
use crate::account::{LastRun, Partition};
use crate::journal::{Journal, Note, Shelf};
use crate::report::Saved;

/// Largest file that is read, in bytes: journals take a few hundred.
const LARGEST: u64 = 1 << 20;

/// Journals in a folder.
#[derive(Debug, Clone)]
pub struct StateFolder(Result<PathBuf, String>);

impl Default for StateFolder {
    /// The user's.
    fn default() -> Self {
        Self(folders::state())
    }
}

impl StateFolder {
    /// Journals in `folder`, which is made when something is to be remembered.
    #[must_use]
    pub fn at(folder: PathBuf) -> Self {
        Self(Ok(folder))
    }

    fn file(&self, account: &str) -> Result<PathBuf, String> {
        // It becomes a file's name.
        if account.is_empty() || account.len() > 20 || !account.chars().all(|c| c.is_ascii_digit()) {
            return Err(format!("{account:?} is not an account's number"));
        }
        Ok(self.0.as_ref().map_err(Clone::clone)?.join(format!("{account}.json")))
    }
}

/// The partitions in whose name a check may have been kept.
const PARTITIONS: [Partition; 4] =
    [Partition::Commercial, Partition::China, Partition::GovCloud, Partition::EuropeanSovereign];

impl Shelf for StateFolder {
    /// One that can't be read is left to `check --since last`, which says so.
    fn last_check(&self, account: &str) -> Option<LastRun> {
        self.file(account).ok()?;
        let folder = self.0.as_ref().ok()?;
        let run = |partition: &Partition| {
            let file = super::check::kept_in(folder, partition.name(), account)?;
            Saved::parse(&text(&file).ok()??).ok()?.run(partition.name(), account)
        };
        PARTITIONS.iter().filter_map(run).max_by_key(|run| run.at)
    }

    fn read(&self, account: &str) -> Result<Journal, String> {
        let file = self.file(account)?;
        let Some(text) = text(&file).map_err(|why| named(&file, &why))? else { return Ok(Journal::default()) };
        Journal::parse(&text).map_err(|why| match Journal::is_newer(&text) {
            true => named(&file, &why),
            false => set_aside(&file, &why),
        })
    }

    fn note(&self, account: &str, note: &Note) -> Result<Journal, String> {
        let file = self.file(account)?;
        let folder = file.parent().unwrap_or(Path::new("."));
        let failed = |error: std::io::Error| named(&file, &error.to_string());
        make_private(folder).map_err(|why| named(folder, &why))?;
        // Another lockroot may be remembering something of the same account; the lock ends with the handle.
        let guard =
            private().write(true).create(true).truncate(false).open(file.with_extension("lock")).map_err(failed)?;
        guard.lock().map_err(failed)?;
        let mut journal = self.read(account)?;
        let before = journal.clone();
        journal.take(note);
        if journal != before {
            replace(&file, &journal.text()).map_err(failed)?;
        }
        Ok(journal)
    }
}

fn named(path: &Path, why: &str) -> String {
    format!("{}: {why}", path.display())
}

/// The file's text; none if there is no file. Links are not followed.
fn text(file: &Path) -> Result<Option<String>, String> {
    let kind = match fs::symlink_metadata(file) {
        Ok(found) => found,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error.to_string()),
    };
    if !kind.is_file() {
        return Err("it is no file of its own".into());
    }
    let mut text = String::new();
    let opened = File::open(file).map_err(|error| error.to_string())?;
    let read = opened.take(LARGEST + 1).read_to_string(&mut text);
    match read {
        Ok(_) if text.len() as u64 > LARGEST => Err("it is far too large".into()),
        Ok(_) => Ok(Some(text)),
        // Not text: as broken as text that is no JSON.
        Err(error) if error.kind() == ErrorKind::InvalidData => Ok(Some("\0".into())),
        Err(error) => Err(error.to_string()),
    }
}

/// Renames a broken file, so that nothing of it is lost, and says so.
fn set_aside(file: &Path, why: &str) -> String {
    let free = (1..100).map(|n| file.with_extension(format!("json.broken-{n}"))).find(|aside| !aside.exists());
    let Some(aside) = free else { return named(file, why) };
    match fs::rename(file, &aside) {
        Ok(()) => format!("{}: {why}. It is kept as {}", file.display(), aside.display()),
        Err(error) => format!("{}: {why}, and can't be set aside: {error}", file.display()),
    }
}

/// Writes beside the file, then puts it into its place.
fn replace(file: &Path, text: &str) -> std::io::Result<()> {
    let beside = file.with_extension(format!("json.{}.new", std::process::id()));
    // Left over from a run that was killed; a link there would be removed, not followed.
    match fs::remove_file(&beside) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut opened = private().write(true).create_new(true).open(&beside)?;
    let written = opened.write_all(text.as_bytes()).and_then(|()| opened.sync_all());
    drop(opened);
    written.and_then(|()| fs::rename(&beside, file)).inspect_err(|_| {
        let _ = fs::remove_file(&beside); // it is of no use to anybody
    })
}

/// How files are made: for their owner alone.
fn private() -> OpenOptions {
    #[cfg_attr(not(unix), expect(unused_mut, reason = "only Unix has modes"))]
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Makes the folder, for its owner alone. One that is there is made so.
fn make_private(folder: &Path) -> Result<(), String> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|error| error.to_string())?;
    let found = fs::symlink_metadata(folder).map_err(|error| error.to_string())?;
    if !found.is_dir() {
        return Err("it is a link, not a folder".into());
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        if found.permissions().mode() & 0o077 != 0 {
            fs::set_permissions(folder, fs::Permissions::from_mode(0o700)).map_err(|error| error.to_string())?;
        }
    }
    Ok(())
}
