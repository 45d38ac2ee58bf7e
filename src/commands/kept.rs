//! Kept practice accounts: `practice --keep NAME`. Each has a private folder in the user's state folder, with the
//! account (`account.jsonl`) and the wizard's journal.
//!
//! `account.jsonl` has two lines of JSON: a header with the format's version, and the account as
//! [`Practice::snapshot`](crate::practice::Practice::snapshot) writes it.

mod file;
mod header;
mod keeper;
mod listed;

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use super::folders;
use super::state_folder::StateFolder;
use crate::cli::kept_name;
use crate::clock::Clock;
use crate::files::{self, Lock, LockAttempt};
use crate::practice::{Practice, Snapshot};

pub use header::{Header, Run};
pub use keeper::FileKeeper;
pub use listed::{forget, list};

/// Why a kept account cannot be used, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unusable {
    /// What failed, and why.
    pub what: String,
    pub help: String,
}

impl Unusable {
    fn new(what: impl Into<String>, help: impl Into<String>) -> Self {
        Self { what: what.into(), help: help.into() }
    }
}

impl fmt::Display for Unusable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\nhelp: {}", self.what, self.help)
    }
}

impl std::error::Error for Unusable {}

/// The folder of kept accounts.
#[derive(Debug, Clone)]
pub struct KeptAccounts {
    folder: PathBuf,
}

/// A kept account, read from disk.
#[derive(Debug)]
pub struct KeptAccount {
    pub header: Header,
    pub practice: Practice,
    /// The wizard's journals of this account.
    pub journals: Arc<StateFolder>,
}

/// The exclusive right to write an account, as long as this value lives.
#[derive(Debug)]
pub struct KeptAccountLock {
    _lock: Lock,
}

impl KeptAccounts {
    /// The user's own folder.
    ///
    /// # Errors
    /// The user has no home folder.
    pub fn of_this_user() -> Result<Self, Unusable> {
        let help = "set HOME, or XDG_STATE_HOME, to a folder that you may write to";
        let state = folders::state().map_err(|why| Unusable::new(format!("practice can't be kept: {why}"), help))?;
        Ok(Self { folder: state.join("practice") })
    }

    #[must_use]
    pub fn at(folder: PathBuf) -> Self {
        Self { folder }
    }

    fn folder_of(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    #[must_use]
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder_of(name).join("account.jsonl")
    }

    /// Sorted names of all kept accounts.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let mut names: Vec<String> = entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
        names.retain(|name| kept_name(name).is_ok() && self.has(name));
        names.sort();
        names
    }

    /// Whether an account is kept as `name`, readable or broken.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        std::fs::symlink_metadata(self.file(name)).is_ok()
    }

    /// Reads the account called `name`. It continues from its saved time by `clock`.
    ///
    /// # Errors
    /// It does not exist or cannot be read.
    pub fn read(&self, name: &str, clock: &Clock) -> Result<KeptAccount, Unusable> {
        let path = self.file(name);
        let wrong = |why: String| unreadable(name, &path, &why);
        let lines = file::read(&path).map_err(wrong)?;
        let header = Header::parse(&lines.header).map_err(wrong)?;
        let practice = Practice::restore(&lines.account, clock).map_err(|why| wrong(format!("line 2: {why}")))?;
        Ok(KeptAccount { header, practice, journals: self.journals(name) })
    }

    /// The wizard's journals of the account called `name`.
    #[must_use]
    pub fn journals(&self, name: &str) -> Arc<StateFolder> {
        Arc::new(StateFolder::at(self.folder_of(name)))
    }

    /// Locks the account called `name`, and creates its folder.
    ///
    /// # Errors
    /// Another process has locked it, or the folder cannot be created.
    pub fn claim(&self, name: &str) -> Result<KeptAccountLock, Unusable> {
        let folder = self.folder_of(name);
        let help = format!("practise under another name, or make {} a folder that you may write to", folder.display());
        let cannot = |why: std::io::Error| Unusable::new(format!("{}: {why}", folder.display()), help.as_str());
        files::private_folder(&folder).map_err(cannot)?;
        match Lock::attempt(&folder.join("account.lock")).map_err(cannot)? {
            LockAttempt::Taken(lock) => {
                files::remove_old_drafts(&self.file(name));
                Ok(KeptAccountLock { _lock: lock })
            }
            LockAttempt::Busy(pid) => {
                let other = pid.map_or("another lockroot".into(), |pid| format!("another lockroot (process {pid})"));
                let what = format!("the kept practice account {name} is open in {other}");
                Err(Unusable::new(what, "end that one first, or practise under another name"))
            }
        }
    }

    /// Keeps `practice` as `name` from now on, and writes its current state first.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn keep(&self, name: &str, header: Header, practice: &Practice) -> Result<Arc<FileKeeper>, Unusable> {
        let keeper = FileKeeper::new(self.file(name), header);
        let snapshot: Snapshot = practice.snapshot();
        keeper.write(snapshot).map_err(|why| {
            let folder = self.folder_of(name);
            let help = format!("practise without --keep, or make {} a folder that you may write to", folder.display());
            Unusable::new(format!("the practice account can't be kept as {name}: {why}"), help)
        })?;
        Ok(Arc::new(keeper))
    }
}

fn unreadable(name: &str, path: &std::path::Path, why: &str) -> Unusable {
    let what = format!("the kept practice account {name} can't be used: {}: {why}", path.display());
    Unusable::new(what, format!("remove it with `lockroot practice --forget {name}`, or practise under another name"))
}
