//! MFA devices: the QR code and the two codes of a user, and root's way over the console, which is watched.

use super::stage::{CodeField, Enrolee, Enrolment, Origin, Progress, Record, Seen, Stage, Watch};
use super::{Effect, Mode, Wizard};
use crate::account::{Change, Door, Failure, Reading};
use crate::checks::{self, Verdict};
use crate::steps::{Call, Consent, Plan, StepId};
use crate::totp;

impl Wizard {
    /// Sends the two codes, unless it is certain that they are wrong.
    pub(super) fn send_codes(&mut self, id: StepId, mut enrolment: Enrolment) -> Vec<Effect> {
        let codes = enrolment.codes.clone();
        let unix = self.aws_unix();
        if enrolment.focus == CodeField::First && codes.0.len() == 6 {
            enrolment.focus = CodeField::Second;
            self.set_stage(id, Stage::Enrolling(enrolment));
            return Vec::new();
        }
        let drift = match totp::check_pair(&enrolment.device.seed, &codes.0, &codes.1, unix) {
            Ok(drift) => drift,
            Err(problem) => {
                enrolment.problem = Some(problem.words(unix));
                self.set_stage(id, Stage::Enrolling(enrolment));
                return Vec::new();
            }
        };
        if self.is_occupied() {
            self.set_stage(id, Stage::Enrolling(enrolment));
            return Vec::new();
        }
        enrolment.problem = None;
        self.remark = totp::drift_words(drift);
        let serial = enrolment.device.serial.clone();
        match enrolment.enrolee.clone() {
            Enrolee::User(user) => {
                let change = Change::EnableDevice { user, serial, codes };
                self.begin(id, change.words(), vec![change], Origin::Enrolment(Box::new(enrolment)))
            }
            Enrolee::RootHere => {
                let change = Change::EnableRootDevice { serial, codes };
                self.begin(id, change.words(), vec![change], Origin::Enrolment(Box::new(enrolment)))
            }
            Enrolee::Root => {
                self.set_stage(id, Stage::Enrolling(enrolment));
                vec![Effect::ConsoleAssign(self.set_pending(), serial, codes)]
            }
        }
    }

    /// The person does not want to finish: the device that was made is offered to be deleted again.
    pub(super) fn leave_enrolment(&mut self, id: StepId, enrolment: Enrolment) -> Vec<Effect> {
        if let Some(watch) = enrolment.watch {
            self.set_stage(id, Stage::HandedOff(watch));
            return Vec::new();
        }
        let change = Change::DeleteDevice { serial: enrolment.device.serial.clone() };
        let plan = Plan {
            title: "Leave MFA for later".into(),
            calls: vec![Call::new(change, "Virtual MFA device", "unassigned", "gone")],
            notes: vec!["The device has no owner yet, and its QR code can't be shown again: it is best deleted. Set up MFA from the step's page whenever you like.".into()],
            consent: Consent::Plain,
            ..Plan::default()
        };
        self.review(id, plan, Origin::Enrolment(Box::new(enrolment)))
    }

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
    fn root_devices(&self) -> usize {
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

    /// AWS minds the codes only: the device that was made for the question gets right ones.
    pub(super) fn door_is_open(&mut self, id: StepId, mut progress: Progress) -> Vec<Effect> {
        self.facts.root_door = Reading::Known { value: Door::Open, at: self.now };
        let account = self.caller().map(|caller| caller.account.clone()).unwrap_or_default();
        let stage = match progress.kept.device.take() {
            Some(device) => Stage::Enrolling(Enrolment::new(Enrolee::RootHere, device, &account)),
            None => Stage::default(),
        };
        self.set_stage(id, stage);
        Vec::new()
    }

    /// AWS minds something else: the device is deleted again, as the plan says, and the console is the way.
    pub(super) fn door_is_closed(&mut self, id: StepId, mut progress: Progress, failure: Failure) -> Vec<Effect> {
        self.facts.root_door = Reading::Known { value: Door::Closed(failure), at: self.now };
        progress.kept.device = None;
        progress.kept.asked = true;
        progress.done.clear();
        self.next_call(id, progress)
    }

    /// In practice, the person opens the console that is simulated in the terminal.
    pub(super) fn open_console(&mut self) -> Vec<Effect> {
        if self.mode == Mode::Live || self.is_occupied() {
            return Vec::new();
        }
        vec![Effect::ConsoleOffer(self.set_pending())]
    }
}

/// With a full stop at its end.
fn sentence(text: &str) -> String {
    if text.ends_with(['.', '!', '?']) { text.to_owned() } else { format!("{text}.") }
}
