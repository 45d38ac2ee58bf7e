//! The calls of a confirmed plan, one at a time, and what AWS answers to each.

use super::second_way;
use super::stage::{Keepsakes, Origin, Progress, Stage};
use super::{Effect, Ticket, Wizard};
use crate::account::{Change, Door, Failure, Outcome};
use crate::steps::StepId;

impl Wizard {
    pub(super) fn begin(&mut self, id: StepId, title: String, waiting: Vec<Change>, origin: Origin) -> Vec<Effect> {
        // Nothing gets past this place, whatever led here.
        if let Some(why) = self.why_read_only() {
            self.remark = Some(why);
            self.return_to(id, origin);
            return Vec::new();
        }
        let kept = Keepsakes::default();
        let progress = Progress { title, done: Vec::new(), running: (String::new(), ""), waiting, kept, origin };
        self.next_call(id, progress)
    }

    /// Sends the next call. Reads on their way are overtaken by it: their replies will be dropped.
    pub(super) fn next_call(&mut self, id: StepId, mut progress: Progress) -> Vec<Effect> {
        let Some(change) = progress.waiting.pop() else { return self.prove(id, progress) };
        progress.running = (change.words(), change.action());
        self.set_stage(id, Stage::Changing(progress));
        self.drop_reads();
        let mut effects = self.keep_previous(&change);
        effects.extend(self.note_sending(&change));
        effects.push(Effect::Apply(self.set_pending(), change));
        effects
    }

    pub(super) fn applied(&mut self, ticket: Ticket, change: Change, result: Result<Outcome, Failure>) -> Vec<Effect> {
        if self.pending != Some(ticket) {
            return Vec::new();
        }
        self.pending = None;
        let Some(id) = StepId::ALL.into_iter().find(|id| matches!(self.step(*id).stage, Stage::Changing(_))) else {
            return Vec::new();
        };
        let Stage::Changing(progress) = self.take_stage(id) else { return Vec::new() };
        self.guard.root_was_touched |= second_way::touches_root(&change) && result.is_ok();
        let mut effects = self.note_answer(&change, &result);
        effects.extend(if self.leaving {
            self.leave_after(progress, change, result)
        } else if let Some(effects) = self.part(&change, &result) {
            effects
        } else {
            self.go_on_after(id, progress, change, result)
        });
        effects
    }

    /// What comes after AWS's answer to one call of a plan.
    fn go_on_after(
        &mut self,
        id: StepId,
        mut progress: Progress,
        change: Change,
        result: Result<Outcome, Failure>,
    ) -> Vec<Effect> {
        match result {
            Ok(Outcome::Door(Door::Open)) => self.door_is_open(id, progress),
            Ok(Outcome::Door(Door::Closed(failure))) => self.door_is_closed(id, progress, failure),
            Ok(outcome) => {
                progress.kept.keep(&change, outcome);
                progress.done.push(change);
                if progress.waiting.is_empty() { self.prove(id, progress) } else { self.next_call(id, progress) }
            }
            Err(failure) => {
                self.note_end(Some(&failure));
                self.refuse(id, progress, change, failure)
            }
        }
    }
}
