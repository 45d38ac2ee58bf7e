//! Journals on disk: one file per account in the user's private state folder (`$XDG_STATE_HOME/lockroot`, on Linux by
//! default `~/.local/state/lockroot`). Files are replaced atomically.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::{acceptances, folders};
use crate::account::{Acceptances, LastRun, Partition, Suppression};
use crate::files::{self, Draft, Lock, LockAttempt};
use crate::journal::{Claim, Journal, JournalStore, Note};
use crate::report::Saved;

/// Maximum file size in bytes; journals take a few hundred.
const MAX_FILE_BYTES: u64 = 1 << 20;

#[derive(Debug)]
pub struct StateFolder {
    folder: Result<PathBuf, String>,
    /// The configuration file, which also contains the accepted risks for `check`.
    config: Result<PathBuf, String>,
    /// The account that this process has locked.
    held: Mutex<Option<(String, Lock)>>,
}

impl Default for StateFolder {
    /// The user's own folders.
    fn default() -> Self {
        let config = folders::config().map(|folder| folder.join("config.toml"));
        Self { folder: folders::state(), config, held: Mutex::default() }
    }
}

impl StateFolder {
    /// Journals in `folder`, which is created with the first journal. The configuration file is expected there too.
    #[must_use]
    pub fn at(folder: PathBuf) -> Self {
        let config = Ok(folder.join("config.toml"));
        Self { folder: Ok(folder), config, held: Mutex::default() }
    }

    /// The configuration file, if it exists.
    #[must_use]
    pub fn configuration(&self) -> Option<PathBuf> {
        self.config.clone().ok().filter(|path| path.exists())
    }

    fn file(&self, account: &str) -> Result<PathBuf, String> {
        // The account id becomes a file name.
        if account.is_empty() || account.len() > 20 || !account.chars().all(|c| c.is_ascii_digit()) {
            return Err(format!("{account:?} is not an account's number"));
        }
        Ok(self.folder.as_ref().map_err(Clone::clone)?.join(format!("{account}.json")))
    }

    fn held(&self) -> MutexGuard<'_, Option<(String, Lock)>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Partitions in the names of saved checks.
const PARTITIONS: [Partition; 4] =
    [Partition::Commercial, Partition::China, Partition::GovCloud, Partition::EuropeanSovereign];

impl JournalStore for StateFolder {
    fn claim(&self, account: &str) -> Claim {
        let mut held = self.held();
        if held.as_ref().is_some_and(|(ours, _)| ours == account) {
            return Claim::Ours;
        }
        *held = None;
        match self.file(account).and_then(|file| lock(&file).map(|attempt| (file, attempt))) {
            Ok((file, LockAttempt::Taken(lock))) => {
                files::remove_old_drafts(&file);
                *held = Some((account.to_owned(), lock));
                Claim::Ours
            }
            Ok((_, LockAttempt::Busy(pid))) => Claim::Theirs { pid },
            Err(why) => Claim::Unknown(why),
        }
    }

    fn accepted(&self, account: &str) -> Result<Acceptances, String> {
        acceptances::read(self.config.as_ref().map_err(Clone::clone)?, account)
    }

    fn accept(&self, account: &str, risk: &Suppression) -> Result<Acceptances, String> {
        acceptances::add(self.config.as_ref().map_err(Clone::clone)?, account, risk)
    }

    /// An unreadable report is ignored; `check --since last` reports it.
    fn last_check(&self, account: &str) -> Option<LastRun> {
        self.file(account).ok()?;
        let folder = self.folder.as_ref().ok()?;
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
        // The guard is held to the end: notes of this process must not overlap either.
        let held = self.held();
        let _guard = match held.as_ref().is_some_and(|(ours, _)| ours == account) {
            true => None,
            false => match lock(&file)? {
                LockAttempt::Taken(lock) => Some(lock),
                LockAttempt::Busy(pid) => return Err(named(&file, &format!("{} writes it just now", other(pid)))),
            },
        };
        let mut journal = self.read(account)?;
        let before = journal.clone();
        journal.take(note);
        if journal != before {
            let written = Draft::private(&file).and_then(|draft| draft.replace(journal.text().as_bytes()));
            written.map_err(|error| named(&file, &error.to_string()))?;
        }
        Ok(journal)
    }
}

fn named(path: &Path, why: &str) -> String {
    format!("{}: {why}", path.display())
}

/// The file's text; `None` without a file.
fn text(file: &Path) -> Result<Option<String>, String> {
    let bytes = files::own(file, MAX_FILE_BYTES).map_err(|error| error.to_string())?;
    // Bytes that are not UTF-8 count as a broken journal.
    Ok(bytes.map(|bytes| String::from_utf8(bytes).unwrap_or_else(|_| "\0".into())))
}

/// Renames a broken file, so that nothing is lost, and describes it.
fn set_aside(file: &Path, why: &str) -> String {
    match files::set_aside(file) {
        Ok(Some(aside)) => format!("{}: {why}. It is kept as {}", file.display(), aside.display()),
        Ok(None) => named(file, why),
        Err(error) => format!("{}: {why}, and can't be set aside: {error}", file.display()),
    }
}

/// Tries to lock the journal in `file`. Creates the folder.
fn lock(file: &Path) -> Result<LockAttempt, String> {
    let folder = files::folder_of(file);
    files::private_folder(folder).map_err(|error| named(folder, &error.to_string()))?;
    let path = file.with_extension("lock");
    Lock::attempt(&path).map_err(|error| named(&path, &error.to_string()))
}

fn other(pid: Option<u32>) -> String {
    pid.map_or("another program".into(), |pid| format!("another program (process {pid})"))
}
