//! What time does: when the wizard wants to be woken, and what it does then.

use super::reads::sign_in_questions;
use super::stage::Stage;
use super::{Effect, Place, Wizard};
use crate::account::Timestamp;
use crate::steps::StepId;

impl Wizard {
    /// When the wizard wants a `Event::Tick`; `None`: it waits for keys and answers only, and uses no processor.
    #[must_use]
    pub fn wakes_at(&self) -> Option<Timestamp> {
        let second = self.now + time::Duration::seconds(1);
        let spin = self.is_busy().then(|| self.now + time::Duration::milliseconds(120));
        let stages = self.steps.iter().filter_map(|step| match &step.stage {
            Stage::Enrolling(_) => matches!(self.place, Place::Step(id) if id == step.id).then_some(second),
            // Without a session there is nobody to ask; connecting again wakes the watch.
            Stage::HandedOff(_) if !self.can_ask() => None,
            Stage::HandedOff(watch) => Some(if self.is_busy() { second } else { watch.next.min(second) }),
            Stage::Proving(proof) => proof.again_at,
            Stage::Examining(_) => self.examines_at(),
            Stage::Parting(parting) if self.can_ask() => parting.next,
            Stage::Parting(_) => None,
            Stage::Watching(_) if !self.can_ask() => None,
            Stage::Watching(watch) => Some(if self.is_busy() { second } else { watch.next.min(second) }),
            Stage::Explaining(_)
            | Stage::Filling(_)
            | Stage::Preparing(_)
            | Stage::Confirming(_)
            | Stage::Changing(_)
            | Stage::Refused(_)
            | Stage::Showing(_)
            | Stage::Settled(_)
            | Stage::Skipping(_)
            | Stage::Skipped(_) => None,
            Stage::NamingProfile(naming) => naming.busy.then_some(second),
        });
        stages.chain(spin).chain(self.guards_at()).chain(self.clipboard_until).min()
    }

    pub(super) fn tick(&mut self) -> Vec<Effect> {
        let mut effects = Vec::new();
        let can_ask = self.can_ask();
        for id in StepId::ALL {
            let now = self.now;
            match &mut self.steps[id as usize].stage {
                Stage::Proving(proof) if proof.again_at.is_some_and(|at| at <= now) => {
                    proof.again_at = None;
                    let further = sign_in_questions(proof.applied.iter());
                    effects.extend(self.read_afresh(id, further));
                }
                Stage::HandedOff(watch) if watch.next <= now && can_ask => {
                    watch.polls += 1;
                    watch.next = now + poll_pause(watch.polls);
                    effects.extend(self.read(id.watched()));
                }
                _ => {}
            }
        }
        effects.extend(self.go_on_examining());
        effects.extend(self.look_at_key());
        effects.extend(self.look_again_for_key());
        effects.extend(self.look_for_sign_in());
        effects.extend(self.clear_clipboard(self.now));
        effects
    }
}

/// Pauses between two looks at AWS while a person is at the console: short at first, then gentle.
fn poll_pause(polls: u32) -> time::Duration {
    time::Duration::seconds(match polls {
        0..=20 => 3,
        21..=50 => 10,
        _ => 30,
    })
}
