//! Enrols an MFA device: shows the QR code and takes two codes.

pub(super) mod content;

use super::super::keys::common::{bind, enter, erasing, esc, help, one, quiet};
use super::super::keys::{Binding, Intent, Key};
use super::calls::Calls;
use super::console::Console;
use super::proof::after;
use super::review::Review;
use super::{Changeover, ClockMoves, Content, Input, Leaving, Next, Page, PageBehaviour, World};
use crate::account::change::device_name;
use crate::account::facts::DeviceOwner;
use crate::account::{Change, Facts, Failure, Fault, NewDevice, Timestamp};
use crate::secret::Secret;
use crate::steps::{Call, Consent, Plan, Scope, StepId};
use crate::totp;
use crate::wizard::chosen_action::PlanSource;
use crate::wizard::event::{Reply, Request};
use crate::wizard::secrets::{IssuedSecrets, UserSecrets, unshown_of};

/// The principal that gets a device or a password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Enrolee {
    /// Another IAM user, by `iam:EnableMFADevice`.
    User(String),
    /// The IAM user who is signed in, by the same call.
    Oneself(String),
    /// Root, in the practice account's console.
    Root,
    /// Root by `iam:EnableMFADevice`, once AWS has accepted that API for root.
    RootHere,
}

impl Enrolee {
    /// The user called `name`, for a device made in `step`.
    #[must_use]
    pub fn user(step: StepId, name: String) -> Self {
        if step.scope() == Scope::Oneself { Self::Oneself(name) } else { Self::User(name) }
    }

    /// User name, or `root`.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::User(user) | Self::Oneself(user) => user,
            Self::Root | Self::RootHere => "root",
        }
    }
}

/// The code that the person types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeField {
    /// The code that the app shows first.
    First,
    /// The code that follows.
    Second,
}

/// The page that shows a QR code and takes two codes.
#[derive(Debug, PartialEq)]
pub struct Enrol {
    pub enrolee: Enrolee,
    /// The step that made the device.
    pub(in crate::wizard) step: StepId,
    pub device: NewDevice,
    /// Content of the QR code.
    pub(in crate::wizard) uri: Secret,
    /// The two codes as typed so far.
    pub codes: (String, String),
    pub focus: CodeField,
    /// Whether the practice phone is visible.
    pub phone: bool,
    /// Problem with the last codes.
    pub problem: Option<String>,
    /// The page to return to, if the practice console made the device.
    pub(in crate::wizard) console: Option<Console>,
    /// Users whose secrets follow after this device.
    pub(in crate::wizard) rest: Vec<UserSecrets>,
}

impl Enrol {
    /// The page before anything is typed.
    #[must_use]
    pub fn new(enrolee: Enrolee, step: StepId, device: NewDevice, account: &str) -> Self {
        let uri = totp::uri(&device.seed, enrolee.name(), account);
        Self {
            enrolee,
            step,
            device,
            uri,
            codes: Default::default(),
            focus: CodeField::First,
            phone: false,
            problem: None,
            console: None,
            rest: Vec::new(),
        }
    }

    /// Sends the two codes, unless they are certainly wrong.
    fn send_codes(mut self, world: &mut World) -> Next {
        let codes = self.codes.clone();
        // After six digits the focus is already on the second code, so Enter there must not send one code alone.
        if codes.0.len() == 6 && (self.focus == CodeField::First || codes.1.is_empty()) {
            self.focus = CodeField::Second;
            return self.stay();
        }
        let unix = world.aws_unix();
        let drift = match totp::check_pair(&self.device.seed, &codes.0, &codes.1, unix) {
            Ok(drift) => drift,
            Err(problem) => {
                self.problem = Some(problem.words(unix));
                return self.stay();
            }
        };
        if world.is_occupied() {
            return self.stay();
        }
        self.problem = None;
        if let Some(words) = totp::drift_words(drift) {
            world.say(words);
        }
        let serial = self.device.serial.clone();
        let change = match self.enrolee.clone() {
            Enrolee::User(user) | Enrolee::Oneself(user) => Change::EnableDevice { user, serial, codes },
            Enrolee::RootHere => Change::EnableRootDevice { serial, codes },
            Enrolee::Root => {
                world.ask_exclusively(Request::ConsoleAssign(serial, codes));
                return self.stay();
            }
        };
        Calls::begin(change.words(), vec![change], PlanSource::Enrol(Box::new(self)), world)
    }

    /// The person stops here. lockroot offers to delete the new device.
    fn leave(self, world: &mut World) -> Next {
        if let Some(console) = self.console {
            return Next::Go(console.into());
        }
        match self.plan_to_leave(world.facts()) {
            Ok(plan) => Review::of(plan, PlanSource::Enrol(Box::new(self)), world),
            Err(words) => {
                world.say(words);
                self.end_turn(world)
            }
        }
    }

    /// This device is finished. The next user's secrets follow.
    fn end_turn(self, world: &mut World) -> Next {
        if self.rest.is_empty() {
            return Next::Back;
        }
        let issued = IssuedSecrets { people: self.rest, ..IssuedSecrets::default() };
        Next::Go(after(self.step, &[], issued, world))
    }

    /// Why the device can't be enabled any more, after AWS refused a call with `failure`: it was deleted, or it has an
    /// owner.
    #[must_use]
    pub fn is_over(&self, failure: &Failure, facts: &Facts) -> Option<String> {
        let name = device_name(&self.device.serial);
        let found = facts.virtual_devices.known()?.iter().find(|device| device.serial == self.device.serial);
        match found {
            None if failure.fault == Fault::Absent => {
                Some(format!("Somebody deleted the device {name}. Set up MFA again."))
            }
            Some(device) if device.owner != DeviceOwner::Nobody => {
                Some(format!("The device {name} has an owner now: somebody else enabled it."))
            }
            _ => None,
        }
    }

    /// Handles the practice console's reply to the two codes.
    fn assigned(mut self, result: Result<(), Failure>, world: &mut World) -> Next {
        match (result, self.console) {
            (Ok(()), Some(console)) => {
                world.note_touch();
                world.read(self.step.watched());
                Next::Go(console.into())
            }
            (Err(failure), Some(_)) => {
                self.problem = Some(format!("{} {}", failure.message, failure.advice()));
                self.stay()
            }
            (_, None) => self.stay(),
        }
    }

    /// The plan that deletes the new device, because the person stops here.
    pub(in crate::wizard) fn plan_to_leave(&self, facts: &Facts) -> Result<Plan, String> {
        let serial = self.device.serial.clone();
        let found = facts.virtual_devices.known().and_then(|all| all.iter().find(|device| device.serial == serial));
        if found.is_some_and(|device| device.owner != DeviceOwner::Nobody) {
            return Err("The device has an owner now, so lockroot does not delete it.".into());
        }
        Ok(Plan {
            title: "Leave MFA for later".into(),
            calls: vec![Call::new(Change::DeleteDevice { serial }, "Virtual MFA device", "unassigned", "gone")],
            notes: vec!["The device has no owner, and its QR code can't be shown again, so lockroot deletes it. Set up MFA later from the step's page.".into()],
            consent: Consent::Plain,
            ..Plan::default()
        })
    }

    fn code(&mut self) -> &mut String {
        match self.focus {
            CodeField::First => &mut self.codes.0,
            CodeField::Second => &mut self.codes.1,
        }
    }

    /// Adds a digit. The first code's overflow goes to the second; a digit beyond both gets a remark.
    fn type_digit(&mut self, digit: char) {
        self.problem = None;
        if self.focus == CodeField::First && self.codes.0.len() == 6 {
            self.focus = CodeField::Second;
        }
        if self.code().len() == 6 {
            let words = "Both codes are complete. Enter sends them; Backspace or Ctrl-U deletes digits.";
            self.problem = Some(words.into());
            return;
        }
        self.code().push(digit);
        if self.focus == CodeField::First && self.codes.0.len() == 6 {
            self.focus = CodeField::Second;
        }
    }

    /// Deletes the last digit; with an empty second code, that of the first.
    fn erase_digit(&mut self) {
        if self.focus == CodeField::Second && self.codes.1.is_empty() {
            self.focus = CodeField::First;
        }
        self.code().pop();
    }
}

impl PageBehaviour for Enrol {
    fn content<'p>(&'p self, world: &'p World) -> Content<'p> {
        content::of(world, self)
    }

    fn keys(&self, world: &World) -> Vec<Binding> {
        let pairs = [(Key::Tab, 1), (Key::BackTab, -1), (Key::Up, -1), (Key::Down, 1)];
        let fields = quiet(bind(("Tab", "Tab"), "other code", &pairs.map(|(key, by)| (key, Intent::Move(by)))));
        let mut bindings = vec![enter("go on"), fields, erasing()];
        if world.is_practice() {
            bindings.push(one(Key::Char('p'), "p", "phone", Intent::Phone));
        }
        bindings.push(quiet(help()));
        bindings.push(esc("leave it"));
        bindings
    }

    fn on(mut self, input: Input, world: &mut World) -> Next {
        match input {
            Input::Do(Intent::Choose) => return self.send_codes(world),
            Input::Do(Intent::Back) => return self.leave(world),
            Input::Do(Intent::Move(_)) => {
                self.focus = match self.focus {
                    CodeField::First => CodeField::Second,
                    CodeField::Second => CodeField::First,
                };
            }
            Input::Do(Intent::Phone) => self.phone = !self.phone,
            Input::Do(Intent::Erase(_)) => self.erase_digit(),
            Input::Do(Intent::Clear) => self.code().clear(),
            Input::Text(character) if character.is_ascii_digit() => self.type_digit(character),
            Input::Reply(_, Reply::ConsoleAssigned(result)) => return self.assigned(result, world),
            _ => return self.unhandled(),
        }
        self.stay()
    }

    fn leaving(&self, world: &World) -> Leaving {
        let serial = &self.device.serial;
        let devices = world.facts().virtual_devices.known();
        let is_gone = devices.is_some_and(|devices| devices.iter().all(|device| device.serial != *serial));
        let device = if is_gone { String::new() } else { format!(": the device {serial} has no owner") };
        let words = match &self.enrolee {
            Enrolee::User(user) => format!(
                "MFA for {user} is not set up{device}. Start lockroot again: the step {} replaces it.",
                self.step.definition().title()
            ),
            Enrolee::Oneself(_) => {
                format!(
                    "Your MFA is not set up{device}. Start lockroot again: \"Your own sign-in\" creates another one."
                )
            }
            Enrolee::Root | Enrolee::RootHere => return Leaving::HalfWay,
        };
        Leaving::Loses(std::iter::once(words).chain(unshown_of(&self.rest)).collect())
    }

    fn holds_secrets(&self) -> bool {
        self.rest.iter().any(UserSecrets::has_secrets)
    }

    fn clock_moves(&self) -> ClockMoves {
        ClockMoves::Moves
    }

    fn wakes_at(&self, world: &World, is_shown: bool) -> Option<Timestamp> {
        is_shown.then(|| world.now() + time::Duration::seconds(1))
    }

    fn survives(self, _: &Changeover<'_>, world: &mut World) -> Option<Page> {
        world.tell_at_end(unshown_of(&self.rest));
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::NewDevice;
    use crate::secret::Secret;

    fn typed(focus: CodeField, codes: (&str, &str), digits: &str) -> Enrol {
        let device = NewDevice { serial: "arn:aws:iam::123456789012:mfa/test".into(), seed: Secret::default() };
        let mut enrol = Enrol::new(Enrolee::RootHere, StepId::RootMfa, device, "123456789012");
        enrol.focus = focus;
        enrol.codes = (codes.0.into(), codes.1.into());
        digits.chars().for_each(|digit| enrol.type_digit(digit));
        enrol
    }

    fn codes(enrol: &Enrol) -> (&str, &str) {
        (&enrol.codes.0, &enrol.codes.1)
    }

    #[test]
    fn extra_digits_go_to_the_next_field_or_are_reported() {
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
        let mut enrol = typed(CodeField::First, ("", ""), "1234567");
        let mut left = Vec::new();
        for _ in 0..8 {
            enrol.erase_digit();
            left.push(enrol.codes.0.len() + enrol.codes.1.len());
        }
        assert_eq!(left, [6, 5, 4, 3, 2, 1, 0, 0]);
    }
}
