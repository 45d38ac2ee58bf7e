//! AWS has refused a call: what is true now is read first, then it goes on or back.

use super::reads::sign_in_questions;
use super::stage::{Draft, Origin, Progress, Refusal, Stage};
use super::{Effect, Wizard};
use crate::account::{Change, Facts, Failure, Outcome};
use crate::journal::Note;
use crate::steps::StepId;

impl Wizard {
    pub(super) fn refuse(&mut self, id: StepId, progress: Progress, change: Change, failure: Failure) -> Vec<Effect> {
        self.scroll = None;
        let further = sign_in_questions(progress.done.iter().chain([&change]));
        let left = progress.waiting.iter().rev().map(Change::words).collect();
        self.set_stage(
            id,
            Stage::Refused(Refusal {
                tried: change.words(),
                failure,
                change: Some(change),
                done: progress.done,
                left,
                kept: progress.kept,
                origin: progress.origin,
            }),
        );
        self.read_afresh(id, further)
    }

    /// After a refusal, once it has been read what is true now.
    pub(super) fn after_refusal(&mut self, id: StepId, mut refusal: Refusal) -> Vec<Effect> {
        if self.is_reading_for(id) {
            self.remark = Some("One moment: reading what is true now.".into());
            self.set_stage(id, Stage::Refused(refusal));
            return Vec::new();
        }
        let has_happened = refusal.has_happened(&self.facts);
        let happened = refusal.change.take_if(|_| has_happened);
        let ended_well = happened.is_some() && refusal.left.is_empty();
        if let Some(change) = happened {
            self.remark = Some("No answer came, and AWS shows now that it happened.".into());
            refusal.kept.keep(&change, Outcome::Done);
            refusal.done.push(change);
        } else {
            self.remark = refusal.words(&self.facts).map(str::to_owned);
        }
        // What is true now has been read: nothing is left to be found out at the next start.
        let mut effects: Vec<Effect> = self.note(Note::CallEnded).into_iter().collect();
        refusal.note_unsure_password();
        // What came back has to be shown, whatever comes after it: AWS never tells it again.
        if ended_well || !refusal.kept.people.is_empty() {
            refusal.kept.people.extend(refusal.origin.take_rest());
            if !refusal.left.is_empty() {
                self.keep_wish(id, refusal.origin);
            }
            let record = self.record(&refusal.done);
            effects.extend(self.remember(&refusal.done));
            effects.extend(self.go_on(id, refusal.kept, record));
            return effects;
        }
        // It may be the user's by now, and then AWS takes it no second time.
        let spent = matches!(refusal.change, Some(Change::SetPassword { .. } | Change::CreateLoginProfile { .. }));
        match refusal.origin {
            Origin::Enrolment(mut enrolment) => {
                enrolment.problem = Some(format!("{} {}", refusal.failure.said, refusal.failure.advice()));
                self.return_to(id, Origin::Enrolment(enrolment));
            }
            origin @ Origin::Draft(_) => self.return_to(id, origin),
        }
        if spent {
            effects.push(Effect::Generate(self.generated_length()));
        }
        effects
    }
}

impl Wizard {
    /// What was wanted is kept as a form that was left half filled in, without its secrets: some of them are spent.
    fn keep_wish(&mut self, id: StepId, origin: Origin) {
        if let Origin::Draft(Draft { form: Some(mut form), action, item, subject }) = origin {
            form.forget_secrets();
            self.steps[id as usize].draft = Some(Draft { form: Some(form), action, item, subject });
        }
    }
}

/// Where AWS refused a call, and what it was to do is true all the same.
const BY_OTHERS: &str = "AWS refused this call. The account shows the result already: somebody else made the change.";

impl Refusal {
    /// Whether the change was made: its answer was lost, and a fresh read proves it. One that AWS refused was not
    /// made by it, whatever a read shows; and one whose answer carries a secret, or that sets a password, can't be told
    /// from somebody else's.
    #[must_use]
    pub fn has_happened(&self, facts: &Facts) -> bool {
        let is_proven = |change: &Change| change.shows_in(facts) == Some(true) && !brings_secret(change);
        self.failure.may_have_happened && self.change.as_ref().is_some_and(is_proven)
    }

    /// Whether a password was set is not known: the form remembers for whom, so that the next plan sets a new one.
    fn note_unsure_password(&mut self) {
        let Some(Change::CreateLoginProfile { user, .. }) =
            self.change.as_ref().filter(|_| self.failure.may_have_happened)
        else {
            return;
        };
        if let Origin::Draft(Draft { form: Some(form), .. }) = &mut self.origin {
            form.unsure_passwords.push(user.clone());
        }
    }

    /// What to say of a change that can't be counted as made, if there is anything to say.
    #[must_use]
    pub fn words(&self, facts: &Facts) -> Option<&'static str> {
        let change = self.change.as_ref()?;
        match (change, self.failure.may_have_happened) {
            (change, false) if change.shows_in(facts) == Some(true) => Some(BY_OTHERS),
            (_, false) => None,
            (Change::CreateKey { .. }, true) => {
                Some("A key may have been made whose secret is lost: look at the user's keys, and delete it.")
            }
            (Change::CreateLoginProfile { .. } | Change::SetPassword { .. }, true) => {
                Some("Whether AWS took this password is not known, so it is not shown. Set a new one.")
            }
            (Change::CreateDevice { .. }, true) => {
                Some("A device may have been made whose seed is lost. Set up MFA again: a new device replaces it.")
            }
            _ => None,
        }
    }
}

/// Whether only its own answer proves that a change was made: no read tells its secret from somebody else's.
fn brings_secret(change: &Change) -> bool {
    matches!(
        change,
        Change::CreateKey { .. }
            | Change::CreateDevice { .. }
            | Change::CreateLoginProfile { .. }
            | Change::SetPassword { .. }
    )
}
