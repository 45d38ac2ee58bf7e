//! Journals on disk: one file for each account in the user's private state folder (`$XDG_STATE_HOME/lockroot`, on
//! Linux by default `~/.local/state/lockroot`). A file is replaced completely or not at all.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::{acceptances, folders};
use crate::account::{Acceptances, LastRun, Partition, Suppression};
use crate::files::{self, Draft, Lock, LockAttempt};
use crate::journal::{Claim, Journal, JournalStore, Note};
use crate::report::Saved;

/// Largest file that is read, in bytes: journals take a few hundred.
const MAX_FILE_BYTES: u64 = 1 << 20;

/// Journals in a folder.
#[derive(Debug)]
pub struct StateFolder {
    folder: Result<PathBuf, String>,
    /// The configuration file, where `check` reads which risks somebody accepts.
    config: Result<PathBuf, String>,
    /// The account that was claimed last, if it is ours.
    held: Mutex<Option<(String, Lock)>>,
}

impl Default for StateFolder {
    /// The user's.
    fn default() -> Self {
        let config = folders::config().map(|folder| folder.join("config.toml"));
        Self { folder: folders::state(), config, held: Mutex::default() }
    }
}

impl StateFolder {
    /// Journals in `folder`, which is made when something is to be remembered; the configuration file is there too.
    #[must_use]
    pub fn at(folder: PathBuf) -> Self {
        let config = Ok(folder.join("config.toml"));
        Self { folder: Ok(folder), config, held: Mutex::default() }
    }

    /// The configuration file, if there is one.
    #[must_use]
    pub fn configuration(&self) -> Option<PathBuf> {
        self.config.clone().ok().filter(|path| path.exists())
    }

    fn file(&self, account: &str) -> Result<PathBuf, String> {
        // It becomes a file's name.
        if account.is_empty() || account.len() > 20 || !account.chars().all(|c| c.is_ascii_digit()) {
            return Err(format!("{account:?} is not an account's number"));
        }
        Ok(self.folder.as_ref().map_err(Clone::clone)?.join(format!("{account}.json")))
    }

    fn held(&self) -> MutexGuard<'_, Option<(String, Lock)>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The partitions in whose name a check may have been kept.
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

    /// One that can't be read is left to `check --since last`, which says so.
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
        // Held to the end: two notes of this program come one after the other too.
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

/// The file's text; none if there is no file.
fn text(file: &Path) -> Result<Option<String>, String> {
    let bytes = files::own(file, MAX_FILE_BYTES).map_err(|error| error.to_string())?;
    // What is not text is as broken as text that is no JSON.
    Ok(bytes.map(|bytes| String::from_utf8(bytes).unwrap_or_else(|_| "\0".into())))
}

/// Renames a broken file, so that nothing of it is lost, and says so.
fn set_aside(file: &Path, why: &str) -> String {
    match files::set_aside(file) {
        Ok(Some(aside)) => format!("{}: {why}. It is kept as {}", file.display(), aside.display()),
        Ok(None) => named(file, why),
        Err(error) => format!("{}: {why}, and can't be set aside: {error}", file.display()),
    }
}

/// Tries to take the lock of the journal in `file`. The folder is made for it.
fn lock(file: &Path) -> Result<LockAttempt, String> {
    let folder = files::folder_of(file);
    files::private_folder(folder).map_err(|error| named(folder, &error.to_string()))?;
    let path = file.with_extension("lock");
    Lock::attempt(&path).map_err(|error| named(&path, &error.to_string()))
}

fn other(pid: Option<u32>) -> String {
    pid.map_or("another program".into(), |pid| format!("another program (process {pid})"))
}
