//! Events in, effects out: what every event does to the wizard. Keys are in `press`, the ways between stages in `flow`.

use super::stage::Stage;
use super::{Effect, Event, Ticket, Wizard};
use crate::account::Timestamp;
use crate::steps::StepId;

/// Takes in `event`, which happened at `now`. Total: an event that means nothing here changes nothing.
pub fn update(wizard: &mut Wizard, now: Timestamp, event: Event) -> Vec<Effect> {
    wizard.now = now;
    match event {
        Event::Key(press) => wizard.press(press),
        Event::Connected(ticket, result) => wizard.connected(ticket, result),
        Event::Learned(ticket, question, fact) => wizard.learned(ticket, question, fact),
        Event::Applied(ticket, change, result) => wizard.applied(ticket, change, result),
        Event::ConsoleOffered(ticket, result) => wizard.console_offered(ticket, result),
        Event::ConsoleAssigned(ticket, result) => wizard.console_assigned(ticket, result),
        Event::Generated(password) => wizard.generated(&password),
        Event::Saved(result) => {
            wizard.remark = Some(match result {
                Ok(files) => format!("Written: {}.", files.join(", ")),
                Err(said) => format!("It could not be written: {said}"),
            });
            Vec::new()
        }
        Event::ProfileKept(result) => wizard.profile_kept(result),
        Event::Opened(result) => {
            wizard.remark = Some(match result {
                Ok(()) => "Sent to your browser.".into(),
                Err(said) => {
                    format!("No browser could be opened ({said}). y copies the address, a shows it as a QR code.")
                }
            });
            Vec::new()
        }
        Event::Answered(ticket, result) => wizard.answered(ticket, result),
        Event::ConsoleSignedIn(ticket, result) => wizard.console_signed_in(ticket, result),
        event @ (Event::Found(..) | Event::Returned(..)) => super::sign_in::update(wizard, event),
        Event::Claimed(account, claim) => wizard.on_claimed(account, claim),
        Event::Remembered(account, result) => wizard.remembered(&account, result),
        Event::Tick => wizard.tick(),
        Event::Drawn(drawn) => {
            wizard.drawn(drawn);
            Vec::new()
        }
        Event::Interrupted => wizard.interrupted(),
    }
}

impl Wizard {
    pub(super) fn ticket(&mut self) -> Ticket {
        self.tickets += 1;
        Ticket(self.tickets)
    }

    pub(super) fn take_stage(&mut self, id: StepId) -> Stage {
        std::mem::take(&mut self.steps[id as usize].stage)
    }

    pub(super) fn set_stage(&mut self, id: StepId, stage: Stage) {
        self.steps[id as usize].stage = stage;
    }

    pub(super) fn set_pending(&mut self) -> Ticket {
        let ticket = self.ticket();
        self.pending = Some(ticket);
        ticket
    }
}
