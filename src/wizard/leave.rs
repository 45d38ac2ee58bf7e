//! Leaving: not before a change on its way has ended, and not without saying what is left undone.

use super::sign_in::parting_words;
use super::stage::{Enrolee, Enrolment, HandOver, Keepsakes, Kept, Progress, Sight, Stage};
use super::{Effect, Overlay, Wizard};
use crate::account::{Change, Failure, NewDevice, Outcome};

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
                    | Stage::NamingProfile(_)
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
            Err(failure) => self.farewell.push(failed(&change.words(), &failure)),
        }
        self.farewell.extend(progress.waiting.iter().rev().map(|change| format!("Not done: {}.", change.words())));
        progress.kept.people.extend(progress.origin.take_rest());
        self.farewell.extend(unshown(&progress.kept));
        if self.ends_session(&change) {
            let words = "This session ended with root's key. Sign in as the administrator and run `lockroot check`.";
            self.farewell.push(words.into());
        }
        self.quit()
    }

    fn quit(&mut self) -> Vec<Effect> {
        let undone: Vec<String> = self.steps.iter().flat_map(|step| undone(&step.stage)).collect();
        self.farewell.extend(undone);
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

/// What a stage leaves undone that can't be gone on with later.
fn undone(stage: &Stage) -> Vec<String> {
    let not_kept = |hand_over: &HandOver| {
        let words = format!("The secrets of {} were not kept.", hand_over.user.name());
        std::iter::once(words).chain(unshown_of(&hand_over.rest)).collect()
    };
    match stage {
        Stage::Enrolling(Enrolment { enrolee: Enrolee::User(user), device, rest, .. }) => {
            let serial = &device.serial;
            let words = format!(
                "MFA for {user} is not set up: the device {serial} has no owner. Start lockroot again: the step Administrator replaces it."
            );
            std::iter::once(words).chain(unshown_of(rest)).collect()
        }
        Stage::Showing(hand_over) => not_kept(hand_over),
        Stage::NamingProfile(naming) => not_kept(&naming.hand_over),
        Stage::Proving(proof) => unshown(&proof.kept),
        Stage::Refused(refusal) => {
            // The refusal may have come together with the signal to end: then nobody has read its page.
            let told = std::iter::once(failed(&refusal.tried, &refusal.failure));
            let left = refusal.left.iter().map(|words| format!("Not done: {words}."));
            told.chain(left).chain(unshown(&refusal.kept)).chain(unshown_of(refusal.origin.rest())).collect()
        }
        _ => Vec::new(),
    }
}

/// A call that failed, with the id by which AWS finds the request.
fn failed(tried: &str, failure: &Failure) -> String {
    let words = if failure.may_have_happened { "May or may not have happened" } else { "Failed before quitting" };
    let request = failure.request_id.as_ref().map(|id| format!(" (request {id})")).unwrap_or_default();
    format!("{words}: {tried}. {failure}{request}")
}

/// What is lost when secrets go unshown, and how to get over it.
pub(super) fn unshown(kept: &Keepsakes) -> Vec<String> {
    let lost = kept.device.as_ref().map(lost_device);
    unshown_of(&kept.people).into_iter().chain(lost).collect()
}

/// The same of what came back for several users.
pub(super) fn unshown_of(people: &[Kept]) -> Vec<String> {
    let mut lines = Vec::new();
    for Kept { user, password, key, device } in people {
        if password.is_some() {
            lines.push(format!(
                "The console password of {user} was set but not shown: set a new one before it is needed."
            ));
        }
        if let Some((id, _)) = key {
            lines.push(format!("The access key {id} of {user} was made but its secret not shown: delete it."));
        }
        if let Some(device) = device {
            lines.push(lost_device(device));
        }
    }
    lines
}

fn lost_device(device: &NewDevice) -> String {
    format!("The MFA device {} was made but has no owner; the step Administrator replaces it.", device.serial)
}
