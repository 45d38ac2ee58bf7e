//! What is remembered beyond this run: the keys that wait to be deleted. Facts come first: what AWS shows settles it.

use super::{Effect, Wizard};
use crate::account::facts::{KeyStatus, Wait};
use crate::account::{Change, Subject};
use crate::journal::{Journal, Note, WISE};

impl Wizard {
    /// What is remembered of `account` has come, or can't be had. That harms nothing, and is said once.
    pub(super) fn remembered(&mut self, account: &str, result: Result<Journal, String>) -> Vec<Effect> {
        if self.caller().is_none_or(|caller| caller.account != account) {
            return Vec::new();
        }
        match result {
            Ok(journal) => {
                self.facts.waits = journal.waits();
                self.facts.previous_contacts = journal.previous_contacts();
            }
            Err(why) if !self.forgetful => {
                self.forgetful = true;
                self.remark =
                    Some(format!("What lockroot remembers from one run to the next can't be read or kept. {why}"));
            }
            Err(_) => {}
        }
        self.settle_waits()
    }

    /// Remembers what came of `changes`, as far as a fresh read shows it.
    pub(super) fn remember(&mut self, changes: &[Change]) -> Vec<Effect> {
        let since = self.now;
        let note = |change: &Change| match change {
            Change::SetKeyStatus { owner: Subject::Root, key, status: KeyStatus::Inactive } => {
                Some(Note::Deactivated { key: key.clone(), since })
            }
            Change::SetKeyStatus { owner: Subject::Root, key, .. }
            | Change::DeleteKey { owner: Subject::Root, key } => Some(Note::Settled { key: key.clone() }),
            _ => None,
        };
        let shown = changes.iter().filter(|change| change.shows_in(&self.facts) == Some(true));
        let notes: Vec<Note> = shown.filter_map(note).collect();
        notes.into_iter().flat_map(|note| self.note(note)).collect()
    }

    /// Keys that were deleted, or activated again, by somebody else wait no longer.
    pub(super) fn settle_waits(&mut self) -> Vec<Effect> {
        let Some(keys) = self.facts.root_keys.known() else { return Vec::new() };
        let read_at = self.facts.root_keys.at();
        let is_over = |key: &String, wait: &Wait| {
            // IAM may show for a while what was true before: only what was read well after it counts.
            let late = read_at.is_some_and(|at| at > wait.since + time::Duration::minutes(5));
            late && !keys.iter().any(|known| known.id == *key && known.status != KeyStatus::Active)
        };
        let over: Vec<String> =
            self.facts.waits.iter().filter(|(key, wait)| is_over(key, wait)).map(|(key, _)| key.clone()).collect();
        over.into_iter().flat_map(|key| self.note(Note::Settled { key })).collect()
    }

    pub(super) fn note(&mut self, note: Note) -> Option<Effect> {
        let account = self.caller()?.account.clone();
        // At once for this run, also where nothing can be kept beyond it.
        match &note {
            Note::Deactivated { key, since } => {
                let wait = Wait { since: *since, until: *since + WISE };
                self.facts.waits.entry(key.clone()).or_insert(wait);
            }
            Note::Settled { key } => {
                self.facts.waits.remove(key);
            }
            Note::PreviousContact(previous) => self.facts.previous_contacts.push(previous.clone()),
        }
        Some(Effect::Remember(account, note))
    }
}
