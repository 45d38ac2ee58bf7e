//! Root's MFA over the console: AWS is watched until the device shows; in practice the console is played here.

use super::stage::{Enrolee, Enrolment, Record, Seen, Stage, Watch};
use super::{Effect, Mode, Ticket, Wizard};
use crate::account::{Door, Failure, NewDevice, Reading};
use crate::checks::{self, Verdict};
use crate::steps::StepId;

impl Wizard {
    /// Hands over to the console and watches AWS until root has one device more.
    pub(super) fn watch(&mut self, id: StepId) -> Vec<Effect> {
        let next = self.now + time::Duration::seconds(3);
        self.set_stage(id, Stage::HandedOff(Watch { since: self.now, next, polls: 0, had: self.root_devices() }));
        self.read(id.watched())
    }

    /// AWS was asked, and the device that was made for the question is gone again: over to the console.
    pub(super) fn watch_after_asking(&mut self, id: StepId) -> Vec<Effect> {
        if let Reading::Known { value: Door::Closed(failure), .. } = &self.facts.root_door {
            self.remark =
                Some(format!("AWS refused to do it here: {} It is done in the console.", sentence(&failure.said)));
        }
        self.watch(id)
    }

    /// How many MFA devices root is known to have.
    pub(super) fn root_devices(&self) -> usize {
        let summary =
            self.facts.summary.known().and_then(|summary| summary.root_mfa()).unwrap_or(0).unsigned_abs() as usize;
        self.facts.root_devices.known().map_or(summary, Vec::len)
    }

    pub(super) fn look_for_device(&mut self, id: StepId) -> Vec<Effect> {
        let Stage::HandedOff(watch) = self.step(id).stage else { return Vec::new() };
        let green = id
            .definition()
            .controls()
            .iter()
            .filter_map(|id| checks::control(id))
            .all(|control| control.judge(&self.facts).verdict == Verdict::Pass);
        if green && self.root_devices() > watch.had {
            self.guard.root_was_touched = true;
            self.set_stage(
                id,
                Stage::Settled(Record { lines: vec![("An MFA device was assigned to root".into(), Seen::Shown)] }),
            );
        }
        Vec::new()
    }

    /// In practice, the person opens the console that is simulated in the terminal.
    pub(super) fn open_console(&mut self) -> Vec<Effect> {
        if self.mode == Mode::Live || self.is_occupied() {
            return Vec::new();
        }
        vec![Effect::ConsoleOffer(self.set_pending())]
    }

    pub(super) fn console_offered(&mut self, ticket: Ticket, result: Result<NewDevice, Failure>) -> Vec<Effect> {
        if self.pending != Some(ticket) {
            return Vec::new();
        }
        self.pending = None;
        match result {
            Ok(device) => {
                let account = self.caller().map(|caller| caller.account.clone()).unwrap_or_default();
                let mut enrolment = Enrolment::new(Enrolee::Root, device, &account);
                if let Stage::HandedOff(watch) = self.step(StepId::RootMfa).stage {
                    enrolment.watch = Some(watch);
                    self.set_stage(StepId::RootMfa, Stage::Enrolling(enrolment));
                }
            }
            Err(failure) => self.remark = Some(failure.to_string()),
        }
        Vec::new()
    }

    pub(super) fn console_assigned(&mut self, ticket: Ticket, result: Result<(), Failure>) -> Vec<Effect> {
        if self.pending != Some(ticket) {
            return Vec::new();
        }
        self.pending = None;
        let Stage::Enrolling(enrolment) = &mut self.steps[StepId::RootMfa as usize].stage else { return Vec::new() };
        match (result, enrolment.watch) {
            (Ok(()), Some(watch)) => {
                self.guard.root_was_touched = true;
                self.set_stage(StepId::RootMfa, Stage::HandedOff(watch));
                self.read(StepId::RootMfa.watched())
            }
            (Err(failure), Some(_)) => {
                enrolment.problem = Some(format!("{} {}", failure.said, failure.advice()));
                Vec::new()
            }
            (_, None) => Vec::new(),
        }
    }
}

/// With a full stop at its end.
fn sentence(text: &str) -> String {
    if text.ends_with(['.', '!', '?']) { text.to_owned() } else { format!("{text}.") }
}
