//! AWS has refused a call: what is true now is read first, then it goes on or back.

use super::reads::sign_in_questions;
use super::stage::{Draft, Origin, Progress, Refusal, Stage};
use super::{Effect, Wizard};
use crate::account::{Change, Failure, Outcome};
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
        let shown = |change: &mut Change| change.shows_in(&self.facts) == Some(true) && !brings_secret(change);
        let happened = refusal.change.take_if(shown);
        let ended_well = happened.is_some() && refusal.left.is_empty();
        if let Some(change) = happened {
            self.remark = Some("AWS shows that it happened all the same.".into());
            refusal.kept.keep(&change, Outcome::Done);
            refusal.done.push(change);
        } else if refusal.failure.may_have_happened && refusal.change.as_ref().is_some_and(makes_key) {
            self.remark =
                Some("A key may have been made whose secret is lost: look at the user's keys, and delete it.".into());
        }
        // What came back has to be shown, whatever comes after it: AWS never tells it again.
        if ended_well || !refusal.kept.people.is_empty() {
            refusal.kept.people.extend(refusal.origin.take_rest());
            if !refusal.left.is_empty() {
                self.keep_wish(id, refusal.origin);
            }
            let record = self.record(&refusal.done);
            let mut effects = self.remember(&refusal.done);
            effects.extend(self.go_on(id, refusal.kept, record));
            return effects;
        }
        // It may be the user's by now, and then AWS takes it no second time.
        let spent = matches!(refusal.change, Some(Change::SetPassword { .. }));
        match refusal.origin {
            Origin::Enrolment(mut enrolment) => {
                enrolment.problem = Some(format!("{} {}", refusal.failure.said, refusal.failure.advice()));
                self.return_to(id, Origin::Enrolment(enrolment));
            }
            origin @ Origin::Draft(_) => self.return_to(id, origin),
        }
        if spent { vec![Effect::Generate(self.generated_length())] } else { Vec::new() }
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

fn makes_key(change: &Change) -> bool {
    matches!(change, Change::CreateKey { .. })
}

/// Whether the answer that was lost carried something that can't be had again.
fn brings_secret(change: &Change) -> bool {
    makes_key(change) || matches!(change, Change::CreateDevice { .. } | Change::SetPassword { .. })
}
