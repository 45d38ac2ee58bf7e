//! MFA devices: the QR code and the two codes. Root's way over the console is in `console`.

use super::keys::Intent;
use super::stage::{CodeField, Enrolee, Enrolment, Origin, Progress, Stage};
use super::{Effect, Wizard};
use crate::account::facts::DeviceOwner;
use crate::account::{Change, Door, Facts, Failure, Reading};
use crate::steps::{Call, Consent, Plan, StepId};
use crate::totp;

impl Wizard {
    pub(super) fn in_enrolment(&mut self, id: StepId, mut enrolment: Enrolment, intent: Intent) -> Vec<Effect> {
        let other = match enrolment.focus {
            CodeField::First => CodeField::Second,
            CodeField::Second => CodeField::First,
        };
        match intent {
            Intent::Choose => return self.send_codes(id, enrolment),
            Intent::Back => return self.leave_enrolment(id, enrolment),
            Intent::Move(_) => enrolment.focus = other,
            Intent::Phone => enrolment.phone = !enrolment.phone,
            Intent::Erase(_) => erase_digit(&mut enrolment),
            Intent::Clear => code(&mut enrolment).clear(),
            _ => {}
        }
        self.set_stage(id, Stage::Enrolling(enrolment));
        Vec::new()
    }

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
        let plan = enrolment.plan_to_leave(&self.facts);
        match plan {
            Ok(plan) => self.review(id, plan, Origin::Enrolment(Box::new(enrolment))),
            Err(words) => {
                self.remark = Some(words);
                self.set_stage(id, Stage::default());
                Vec::new()
            }
        }
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
}

impl Enrolment {
    /// The plan that deletes the device again, because the person does not want to finish now.
    pub(super) fn plan_to_leave(&self, facts: &Facts) -> Result<Plan, String> {
        let serial = self.device.serial.clone();
        let found = facts.virtual_devices.known().and_then(|all| all.iter().find(|device| device.serial == serial));
        if found.is_some_and(|device| device.owner != DeviceOwner::Nobody) {
            return Err("The device has an owner by now, so it is not deleted here.".into());
        }
        Ok(Plan {
            title: "Leave MFA for later".into(),
            calls: vec![Call::new(Change::DeleteDevice { serial }, "Virtual MFA device", "unassigned", "gone")],
            notes: vec!["The device has no owner yet, and its QR code can't be shown again: it is best deleted. Set up MFA from the step's page whenever you like.".into()],
            consent: Consent::Plain,
            ..Plan::default()
        })
    }
}

fn code(enrolment: &mut Enrolment) -> &mut String {
    match enrolment.focus {
        CodeField::First => &mut enrolment.codes.0,
        CodeField::Second => &mut enrolment.codes.1,
    }
}

/// Takes a digit. What does not fit the first code goes on in the second; what fits neither is said, not lost in silence.
pub(super) fn type_digit(enrolment: &mut Enrolment, digit: char) {
    enrolment.problem = None;
    if enrolment.focus == CodeField::First && enrolment.codes.0.len() == 6 {
        enrolment.focus = CodeField::Second;
    }
    if code(enrolment).len() == 6 {
        let words = "Both codes are there already. Enter sends them; Backspace or Ctrl-U takes digits away.";
        enrolment.problem = Some(words.into());
        return;
    }
    code(enrolment).push(digit);
    if enrolment.focus == CodeField::First && enrolment.codes.0.len() == 6 {
        enrolment.focus = CodeField::Second;
    }
}

/// Takes the last digit away; in an empty second code that is the first code's.
fn erase_digit(enrolment: &mut Enrolment) {
    if enrolment.focus == CodeField::Second && enrolment.codes.1.is_empty() {
        enrolment.focus = CodeField::First;
    }
    code(enrolment).pop();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::NewDevice;
    use crate::secret::Secret;

    fn typed(focus: CodeField, codes: (&str, &str), digits: &str) -> Enrolment {
        let device = NewDevice { serial: "arn:aws:iam::123456789012:mfa/test".into(), seed: Secret::default() };
        let mut enrolment = Enrolment::new(Enrolee::RootHere, device, "123456789012");
        enrolment.focus = focus;
        enrolment.codes = (codes.0.into(), codes.1.into());
        digits.chars().for_each(|digit| type_digit(&mut enrolment, digit));
        enrolment
    }

    fn codes(enrolment: &Enrolment) -> (&str, &str) {
        (&enrolment.codes.0, &enrolment.codes.1)
    }

    #[test]
    fn no_digit_is_lost_in_silence() {
        let all = typed(CodeField::First, ("", ""), "123456654321");
        assert_eq!((codes(&all), &all.problem), (("123456", "654321"), &None));
        let back_in_a_full_one = typed(CodeField::First, ("123456", ""), "6");
        assert_eq!((codes(&back_in_a_full_one), back_in_a_full_one.focus), (("123456", "6"), CodeField::Second));
        for focus in [CodeField::First, CodeField::Second] {
            let too_many = typed(focus, ("123456", "654321"), "7");
            assert_eq!(codes(&too_many), ("123456", "654321"));
            assert!(too_many.problem.is_some_and(|words| words.contains("Backspace")));
        }
    }

    #[test]
    fn every_backspace_takes_a_digit_away() {
        let mut enrolment = typed(CodeField::First, ("", ""), "1234567");
        let mut left = Vec::new();
        for _ in 0..8 {
            erase_digit(&mut enrolment);
            left.push(enrolment.codes.0.len() + enrolment.codes.1.len());
        }
        assert_eq!(left, [6, 5, 4, 3, 2, 1, 0, 0]);
    }
}
