//! Green means read back: whether fresh facts show what was changed, and what comes after that.

use super::reads::sign_in_questions;
use super::stage::{Keepsakes, Progress, Proof, Record, Seen, Stage};
use super::{Effect, Wizard};
use crate::account::facts::KeyStatus;
use crate::account::{Change, Subject};
use crate::steps::StepId;

/// How often AWS is asked whether a change shows before the person is told that it does not yet.
const TRIES: u32 = 6;

impl Wizard {
    /// All calls were taken: reads them back.
    pub(super) fn prove(&mut self, id: StepId, mut progress: Progress) -> Vec<Effect> {
        progress.kept.people.extend(progress.origin.take_rest());
        let further = sign_in_questions(progress.done.iter());
        let proof = Proof { applied: progress.done, tries: 0, again_at: None, kept: progress.kept };
        self.set_stage(id, Stage::Proving(proof));
        self.read_afresh(id, further)
    }

    /// Whether everything shows; if not, it is read again after a pause, a few times.
    pub(super) fn judge_proof(&mut self, id: StepId) -> Vec<Effect> {
        let Stage::Proving(mut proof) = self.take_stage(id) else { return Vec::new() };
        let missing = proof.applied.iter().any(|change| change.shows_in(&self.facts) == Some(false));
        if missing && proof.tries + 1 < TRIES {
            proof.again_at = Some(self.now + time::Duration::seconds(1 << proof.tries.min(3)));
            proof.tries += 1;
            self.set_stage(id, Stage::Proving(proof));
            return Vec::new();
        }
        let record = self.record(&proof.applied);
        let missed = self.missed(&proof.applied);
        let mut effects = self.remember(&proof.applied);
        effects.extend(self.go_on(id, proof.kept, record));
        effects.extend(missed.into_iter().flat_map(|key| self.watch_key(id, key, self.now)));
        effects
    }

    /// The key that was just deactivated, if somebody used it of late.
    pub(super) fn missed(&self, applied: &[Change]) -> Option<String> {
        let [change @ Change::SetKeyStatus { owner: Subject::Root, key, status: KeyStatus::Inactive }] = applied else {
            return None;
        };
        let found = self.facts.root_keys.known()?.iter().find(|found| found.id == *key)?;
        (change.shows_in(&self.facts) == Some(true) && found.late_use(self.now).is_some()).then(|| key.clone())
    }

    pub(super) fn record(&self, applied: &[Change]) -> Record {
        let seen = |change: &Change| match change.shows_in(&self.facts) {
            Some(true) => Seen::Shown,
            Some(false) => Seen::NotYet,
            None => Seen::Unread,
        };
        Record { lines: applied.iter().map(|change| (change.words(), seen(change))).collect() }
    }

    /// After the calls: the console, or one user after the other with what came back for them.
    pub(super) fn go_on(&mut self, id: StepId, kept: Keepsakes, record: Record) -> Vec<Effect> {
        self.scroll = None;
        if kept.asked {
            return self.watch_after_asking(id);
        }
        let account = self.caller().map(|caller| caller.account.clone()).unwrap_or_default();
        let at = (self.sign_in_address(), account);
        self.next_user(id, at, kept.people, record);
        Vec::new()
    }
}
