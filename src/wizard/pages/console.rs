//! Root's MFA in the console: watches AWS until the device appears. In practice the console is simulated.

mod content;

use super::super::keys::common::{enter, esc, general, one, quiet, scrolling};
use super::super::keys::{Binding, Intent, Key};
use super::enrol::{Enrol, Enrolee};
use super::record::Record;
use super::{ClockMoves, Content, Input, Leaving, Next, PageBehaviour, World};
use crate::account::{Reading, RootMfaApi, Timestamp};
use crate::checks::Verdict;
use crate::steps::StepId;
use crate::steps::root_mfa::console_address;
use crate::wizard::Mode;
use crate::wizard::content::beside;
use crate::wizard::event::{Reply, Request};
use crate::wizard::input::Status;
use crate::wizard::watch::{Pace, Watch};

/// The control that a passkey for root passes.
const PASSKEY: &str = "root-hardware-mfa";

/// The page that waits while a person works in the console.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Console {
    pub(in crate::wizard) step: StepId,
    pub watch: Watch,
    /// Number of root's devices when the page opened. It waits for one more.
    pub(in crate::wizard) had: usize,
}

impl Console {
    /// Refers the person to the console, and watches AWS until root has one more device.
    pub(super) fn watch(step: StepId, world: &mut World) -> Self {
        world.read(step.watched());
        let now = world.now();
        let watch = Watch { next: now + time::Duration::seconds(3), ..Watch::at(now) };
        Self { step, watch, had: root_devices(world) }
    }

    /// AWS refused to assign the device by API, and the device is deleted again. The console is the other way.
    pub(super) fn after_asking(step: StepId, world: &mut World) -> Self {
        if let Reading::Known { value: RootMfaApi::Closed(failure), .. } = &world.facts().root_mfa_api {
            let said = failure.sentence();
            world.say(format!("AWS refused to do it here: {said} Use the console."));
        }
        Self::watch(step, world)
    }

    /// In practice: opens the simulated console.
    fn open(self, world: &mut World) -> Next {
        if world.is_practice() && !world.is_occupied() {
            world.ask_exclusively(Request::ConsoleOffer);
        }
        self.stay()
    }

    /// In practice: adds a passkey for root at the console, which asks for no code.
    fn add_passkey(self, world: &mut World) -> Next {
        if world.is_practice() && !world.is_occupied() {
            world.ask_exclusively(Request::ConsoleByHand(PASSKEY));
        }
        self.stay()
    }

    fn look_for_device(self, world: &mut World) -> Next {
        let green = self.step.controls().all(|control| control.assess(world.facts()).verdict == Verdict::Pass);
        if green && root_devices(world) > self.had {
            world.note_touch();
            let record = Record::shown(self.step, "An MFA device was assigned to root");
            world.note_done(&record.lines);
            return Next::Go(record.into());
        }
        self.stay()
    }
}

/// Number of root's MFA devices, as far as they are known.
fn root_devices(world: &World) -> usize {
    let summary = world.facts().summary.known().and_then(|summary| summary.root_mfa());
    let summary = summary.unwrap_or(0).unsigned_abs() as usize;
    world.facts().root_devices.known().map_or(summary, Vec::len)
}

impl PageBehaviour for Console {
    fn content<'p>(&'p self, world: &'p World) -> Content<'p> {
        content::of(world, self)
    }

    fn keys(&self, world: &World) -> Vec<Binding> {
        let mut bindings = Vec::new();
        if world.is_practice() {
            bindings.push(enter("open the console"));
            bindings.push(one(Key::Char('p'), "p", "passkey", Intent::Passkey));
        }
        if world.has_browser() && *world.mode() == Mode::Live {
            bindings.push(one(Key::Char('o'), "o", "open", Intent::Open));
        }
        bindings.push(one(Key::Char('y'), "y", "copy", Intent::Copy));
        bindings.push(one(Key::Char('a'), "a", "QR", Intent::Address));
        bindings.push(one(Key::Char('s'), "s", "secret key", Intent::Seed));
        bindings.push(one(Key::Char('w'), "w", "why", Intent::Guide));
        bindings.push(esc("stop"));
        bindings.push(quiet(scrolling()));
        bindings.extend(general());
        bindings
    }

    fn on(mut self, input: Input, world: &mut World) -> Next {
        match input {
            Input::Do(Intent::Choose) => return self.open(world),
            Input::Do(Intent::Passkey) => return self.add_passkey(world),
            Input::Do(Intent::Back) => return Next::Back,
            Input::Do(Intent::Copy) => world.copy(console_address(world.facts())),
            Input::Do(Intent::Open) => {
                world.ask_for_page(Request::Open(console_address(world.facts())));
            }
            Input::Facts if !world.is_reading_for(self.step) => return self.look_for_device(world),
            Input::Tick if self.watch.is_due(world) => {
                self.watch.ask(Pace::Console, world.now());
                world.read(self.step.watched());
            }
            Input::Reply(_, Reply::ConsoleOffered(Ok(device))) => {
                let enrol = Enrol::new(Enrolee::Root, self.step, device, &world.account());
                return Next::Go(Enrol { console: Some(self), ..enrol }.into());
            }
            Input::Reply(_, Reply::ConsoleByHand(Ok(()))) => world.read(self.step.watched()),
            Input::Reply(_, Reply::ConsoleByHand(Err(failure))) => world.say(failure.sentence()),
            Input::Reply(_, Reply::ConsoleOffered(Err(failure))) => world.say(failure.to_string()),
            _ => return self.unhandled(),
        }
        self.stay()
    }

    fn leaving(&self, _: &World) -> Leaving {
        Leaving::Free
    }

    fn third_pane<'p>(&'p self, _: &'p World) -> Option<Content<'p>> {
        Some(beside::why(self.step))
    }

    fn unbroken(&self, world: &World) -> Option<String> {
        Some(console_address(world.facts()))
    }

    fn clock_moves(&self) -> ClockMoves {
        ClockMoves::MovesAndReads
    }

    fn wakes_at(&self, world: &World, _: bool) -> Option<Timestamp> {
        self.watch.wakes_at(world)
    }

    fn status(&self) -> Option<Status> {
        Some(Status::Watching)
    }
}
