//! What is remembered beyond this run: the keys that wait to be deleted, what persons answered, the second way in. Facts come
//! first: what AWS shows settles it.

use super::{Effect, Wizard};
use crate::account::facts::{KeyStatus, Wait};
use crate::account::{CallUnderWay, Change, Failure, Outcome, SecondWay, Subject, second_way};
use crate::journal::{Journal, Note, WISE};

impl Wizard {
    /// What is remembered of `account` has come, or can't be had. That harms nothing, and is said once.
    pub(super) fn remembered(&mut self, account: &str, result: Result<Journal, String>) -> Vec<Effect> {
        if self.caller().is_none_or(|caller| caller.account != account) {
            return Vec::new();
        }
        match result {
            Ok(journal) => self.recall(&journal),
            Err(why) if !self.forgetful => {
                self.forgetful = true;
                self.remark =
                    Some(format!("What lockroot remembers from one run to the next can't be read or kept. {why}"));
            }
            Err(_) => {}
        }
        let mut effects = self.settle_cut_off();
        effects.extend(self.settle_waits());
        effects.extend(self.note_second_way());
        effects.extend(self.note_run());
        effects
    }

    fn recall(&mut self, journal: &Journal) {
        self.recall_run(journal);
        self.facts.waits = journal.waits();
        self.facts.previous_contacts = journal.previous_contacts();
        self.facts.previous_primaries = journal.previous_primaries();
        // What was said in this run may not be written yet, or can't be.
        for (topic, answer) in journal.answers() {
            if self.facts.answers.get(&topic).is_none_or(|known| known.at < answer.at) {
                self.facts.answers.insert(topic, answer);
            }
        }
        let known = self.facts.second_way.take();
        let newest = |way: &SecondWay| (way.is_proof(), way.at);
        self.facts.second_way = known.into_iter().chain(journal.second_way()).max_by_key(newest);
    }

    /// Remembers the second way in that AWS shows by itself, unless one is remembered that is as good.
    pub(super) fn note_second_way(&mut self) -> Vec<Effect> {
        let remembered = self.facts.second_way.as_ref();
        if remembered.is_some_and(|way| way.is_proof() && way.stands(&self.facts)) {
            return Vec::new();
        }
        second_way::found(&self.facts).and_then(|way| self.note(Note::SecondWay(way))).into_iter().collect()
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

    /// Remembers that `change` is about to be sent: whatever ends this program, the next run knows of it.
    pub(super) fn note_sending(&mut self, change: &Change) -> Option<Effect> {
        let deactivates = match change {
            Change::SetKeyStatus { owner: Subject::Root, key, status: KeyStatus::Inactive } => Some(key.clone()),
            _ => None,
        };
        let (action, words) = (change.action().to_owned(), change.words());
        self.note(Note::Sends(CallUnderWay { action, words, deactivates, at: self.now }))
    }

    /// Remembers what AWS answered to `change`, at once: the program may be ended before it is read back. Where the answer
    /// was lost nothing is noted yet, as nobody knows.
    pub(super) fn note_answer(&mut self, change: &Change, result: &Result<Outcome, Failure>) -> Vec<Effect> {
        let deactivated = match (change, result) {
            (Change::SetKeyStatus { owner: Subject::Root, key, status: KeyStatus::Inactive }, Ok(_)) => {
                Some(Note::Deactivated { key: key.clone(), since: self.now })
            }
            (_, Err(failure)) if failure.may_have_happened => return Vec::new(),
            _ => None,
        };
        deactivated.into_iter().chain([Note::CallEnded]).filter_map(|note| self.note(note)).collect()
    }

    /// An earlier run was cut off with a call on its way: what AWS shows now tells how it ended.
    pub(super) fn settle_cut_off(&mut self) -> Vec<Effect> {
        let Some(call) = self.runs.cut_off.clone().filter(|_| !self.runs.is_settled) else { return Vec::new() };
        let key = call.deactivates.as_ref();
        let (Some(_), Some(has_happened)) = (self.caller(), self.has_deactivated(key)) else { return Vec::new() };
        self.runs.is_settled = true;
        let since = call.at;
        let wait = key.filter(|_| has_happened).map(|key| Note::Deactivated { key: key.clone(), since });
        wait.into_iter().chain([Note::CallEnded]).filter_map(|note| self.note(note)).collect()
    }

    /// Whether `key` is inactive; `None`: not known. Of another call the steps tell how it ended, once all has been read.
    fn has_deactivated(&self, key: Option<&String>) -> Option<bool> {
        let Some(key) = key else { return self.has_read_all().then_some(false) };
        let keys = self.facts.root_keys.known()?;
        Some(keys.iter().any(|known| known.id == *key && known.status == KeyStatus::Inactive))
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

    /// Remembers something, for this run and beyond it.
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
            Note::Answered(answers) => self.facts.answers.extend(answers.iter().cloned()),
            Note::SecondWay(way) => self.facts.second_way = Some(way.clone()),
            Note::Run(_) | Note::Sends(_) | Note::CallEnded => {}
            Note::PreviousContact(previous) => self.facts.previous_contacts.push(previous.clone()),
            Note::PreviousPrimary(previous) => self.facts.previous_primaries.push(previous.clone()),
        }
        // The journal is the other lockroot's: what it remembers is not written over.
        (!self.is_read_only()).then_some(Effect::Remember(account, note))
    }
}
