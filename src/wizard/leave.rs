//! Leaving: not before a change on its way has ended, and not without saying what is left undone.

use super::sign_in::parting_words;
use super::stage::{Enrolee, Enrolment, Keepsakes, Progress, Sight, Stage};
use super::{Effect, Overlay, Wizard};
use crate::account::{Change, Failure, Outcome};

impl Wizard {
    /// Leaves, or asks first, or waits for the change that is on its way.
    pub(super) fn leave(&mut self) -> Vec<Effect> {
        if self.is_changing() {
            self.leaving = true;
            self.remark = Some("Quitting as soon as the call on its way has ended.".into());
            return Vec::new();
        }
        let half_way = self.steps.iter().any(|step| {
            matches!(
                step.stage,
                Stage::Filling(_)
                    | Stage::Preparing(_)
                    | Stage::Confirming(_)
                    | Stage::Showing(_)
                    | Stage::Sealing(_)
                    | Stage::Enrolling(_)
                    | Stage::Refused(_)
            )
        });
        if (half_way || self.leaves_root_alone()) && self.overlay != Overlay::Leaving {
            self.overlay = Overlay::Leaving;
            return Vec::new();
        }
        self.quit()
    }

    /// The system wants the program to end: nobody can be asked any more.
    pub(super) fn interrupted(&mut self) -> Vec<Effect> {
        if self.is_changing() {
            self.leaving = true;
            return Vec::new();
        }
        self.quit()
    }

    /// Before the terminal is given back, secrets are hidden again.
    pub(super) fn suspend(&mut self) -> Vec<Effect> {
        for step in &mut self.steps {
            if let Stage::Showing(hand_over) = &mut step.stage
                && hand_over.sight == Sight::Open
            {
                hand_over.sight = Sight::Covered;
            }
        }
        if self.overlay == Overlay::Seed {
            self.close_overlay();
        }
        vec![Effect::Suspend]
    }

    /// The call on its way has ended, and the program was only waiting for that.
    pub(super) fn leave_after(
        &mut self,
        mut progress: Progress,
        change: Change,
        result: Result<Outcome, Failure>,
    ) -> Vec<Effect> {
        match result {
            Ok(outcome) => {
                self.farewell.push(format!("Done before quitting: {}.", change.words()));
                progress.kept.keep(&change, outcome);
            }
            Err(failure) => {
                let words =
                    if failure.may_have_happened { "May or may not have happened" } else { "Failed before quitting" };
                self.farewell.push(format!("{words}: {}. {failure}", change.words()));
            }
        }
        self.farewell.extend(progress.waiting.iter().rev().map(|change| format!("Not done: {}.", change.words())));
        self.farewell.extend(unshown(&progress.kept));
        if self.ends_session(&change) {
            let words = "This session ended with root's key. Sign in as the administrator and run `lockroot check`.";
            self.farewell.push(words.into());
        }
        self.quit()
    }

    fn quit(&mut self) -> Vec<Effect> {
        for step in &self.steps {
            match &step.stage {
                Stage::Enrolling(Enrolment { enrolee: Enrolee::User(user), device, .. }) => self.farewell.push(format!(
                    "MFA for {user} is not set up: the device {} has no owner. Start lockroot again: step 4 replaces it.",
                    device.serial
                )),
                Stage::Showing(hand_over) => self.farewell.push(format!("The secrets of {} were not kept.", hand_over.user.name())),
                Stage::Sealing(sealing) => {
                    self.farewell.push(format!("The secrets of {} were not kept.", sealing.hand_over.user.name()));
                }
                Stage::Refused(refusal) => self.farewell.extend(unshown(&refusal.kept)),
                _ => {}
            }
        }
        if let Some(caller) = self.caller() {
            let judged = self.facts.judged();
            let (green, all) = (judged.passing(), judged.applying());
            let line = format!("{green} of {all} checks pass on account {} ({}).", caller.account, self.mode.word());
            let account = caller.account.clone();
            self.farewell.push(line);
            self.farewell.push(match self.second_way() {
                Some(way) => format!("Second way in: {}.", way.words()),
                None => "Second way in: not proven yet. Nobody but root is known to get into the account.".into(),
            });
            let parting = self.parting().map(|parting| parting_words(&account, parting));
            self.farewell.extend(parting);
        }
        // Nobody is there any more to clear it when its time comes.
        let clear = self.clipboard_until.and_then(|until| self.clear_clipboard(until));
        clear.into_iter().chain([Effect::Quit]).collect()
    }
}

/// What is lost when secrets go unshown, and how to get over it.
pub(super) fn unshown(kept: &Keepsakes) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some((user, _)) = &kept.password {
        lines.push(format!("The console password of {user} was set but not shown: set a new one before it is needed."));
    }
    if let Some((id, _)) = &kept.key {
        lines.push(format!("The access key {id} was made but its secret not shown: delete it."));
    }
    if let Some(device) = &kept.device {
        lines.push(format!("The MFA device {} was made but has no owner; step 4 replaces it.", device.serial));
    }
    lines
}
