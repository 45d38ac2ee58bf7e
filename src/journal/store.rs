//! Where journals are kept, and which lockroot may change an account.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use super::{Journal, LastRun, Note};
use crate::account::{Acceptances, Suppression};

/// Which lockroot process may change the account: two at once would act on outdated facts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Claim {
    /// This process.
    #[default]
    Ours,
    /// Another lockroot process.
    Theirs {
        /// Process id, if known.
        pid: Option<u32>,
    },
    /// The reason that it cannot be determined: no folder, or a file system without locks.
    Unknown(String),
}

/// Stores journals, one per account.
pub trait JournalStore: Send + Sync {
    /// Claims the account for this process, until it claims another one or ends. Never waits for another process.
    fn claim(&self, account: &str) -> Claim {
        let _ = account;
        Claim::Ours
    }

    /// The account's journal; empty if there is none yet.
    ///
    /// # Errors
    /// Why it cannot be read, and its path.
    fn read(&self, account: &str) -> Result<Journal, String>;

    /// Adds `note` to the current journal and returns the result.
    ///
    /// # Errors
    /// Why it cannot be saved, e.g. because another process holds the journal.
    fn note(&self, account: &str, note: &Note) -> Result<Journal, String>;

    /// The accepted risks of the account.
    ///
    /// # Errors
    /// Why they cannot be read, and their path.
    fn accepted(&self, account: &str) -> Result<Acceptances, String> {
        Ok(Acceptances { account: account.to_owned(), ..Acceptances::default() })
    }

    /// Adds an accepted risk and returns all of them.
    ///
    /// # Errors
    /// Why nothing was written.
    fn accept(&self, _account: &str, _risk: &Suppression) -> Result<Acceptances, String> {
        Err("there is no file for it here".into())
    }

    /// The last saved `check` result for the account, if it is comparable.
    fn last_check(&self, account: &str) -> Option<LastRun> {
        let _ = account;
        None
    }
}

/// A store in memory, for practice. It ends with the program.
#[derive(Debug, Default)]
pub struct InMemory {
    journals: Mutex<BTreeMap<String, Journal>>,
    accepted: Mutex<BTreeMap<String, Acceptances>>,
}

impl JournalStore for InMemory {
    fn read(&self, account: &str) -> Result<Journal, String> {
        let kept = self.journals.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(kept.get(account).cloned().unwrap_or_default())
    }

    fn note(&self, account: &str, note: &Note) -> Result<Journal, String> {
        let mut kept = self.journals.lock().unwrap_or_else(PoisonError::into_inner);
        let journal = kept.entry(account.to_owned()).or_default();
        journal.take(note);
        Ok(journal.clone())
    }

    fn accepted(&self, account: &str) -> Result<Acceptances, String> {
        let kept = self.accepted.lock().unwrap_or_else(PoisonError::into_inner);
        let none = || Acceptances { account: account.to_owned(), ..Acceptances::default() };
        Ok(kept.get(account).cloned().unwrap_or_else(none))
    }

    fn accept(&self, account: &str, risk: &Suppression) -> Result<Acceptances, String> {
        let mut all = self.accepted(account)?;
        all.all.push(risk.clone());
        self.accepted.lock().unwrap_or_else(PoisonError::into_inner).insert(account.to_owned(), all.clone());
        Ok(all)
    }
}
