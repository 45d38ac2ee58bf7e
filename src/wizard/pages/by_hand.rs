//! A control that no step changes, in a person's hands: what is wrong, what to do in order, and AWS is watched until the control
//! passes. Then it leads on to what is open next.

mod content;

use super::super::keys::common::{accepting, enter, esc, general, one, quiet, scrolling};
use super::super::keys::{Binding, Intent, Key};
use super::reading::Text;
use super::record::Seen;
use super::{Accept, Behave, Content, Input, Leap, Leaving, Next, Reading, SecondWay, World};
use crate::account::{Partition, Question, Timestamp};
use crate::checks::{Control, Verdict};
use crate::steps::ending::Open;
use crate::steps::users::mfa_message;
use crate::wizard::content::beside;
use crate::wizard::event::{Reply, Request};
use crate::wizard::input::Status;
use crate::wizard::watch::{Pace, Watch};
use crate::wizard::{Mode, Place};

/// Waiting for a person to change what no step changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ByHand {
    /// The control.
    pub(in crate::wizard) control: &'static Control,
    /// The watch on AWS.
    pub(in crate::wizard) watch: Watch,
    /// When it was first seen not to fail any more, as long as it does not.
    pub(in crate::wizard) passed: Option<Timestamp>,
    /// It was seen to fail here: what passes from the start was done by nobody here.
    failed: bool,
    /// It was taken up among what was done.
    noted: bool,
}

impl ByHand {
    /// `control`, handed over now.
    #[must_use]
    pub fn new(control: &'static Control, now: Timestamp) -> Self {
        Self { control, watch: Watch::at(now), passed: None, failed: false, noted: false }
    }

    /// Hands `control` over, and starts to watch it.
    pub(super) fn watch(control: &'static Control, world: &mut World) -> Self {
        let mut page = Self::new(control, world.now());
        page.failed = page.fails(world);
        page.look(world);
        page
    }

    /// The console's page for it, where there is one.
    #[must_use]
    pub fn address(&self, world: &World) -> Option<String> {
        let partition = world.caller().map_or(Partition::Commercial, crate::account::Caller::partition);
        self.control.console.map(|path| partition.console(path))
    }

    /// What to write to the people who have to do it themselves; `None`: whoever sits here can.
    #[must_use]
    pub fn message(&self, world: &World) -> Option<String> {
        let address = world.sign_in_address();
        (self.control.id == "administrator-hardware-mfa")
            .then(|| mfa_message("your AWS user", &address, "a passkey or a security key"))
    }

    /// What is open beside it, the most urgent first.
    #[must_use]
    pub fn onward<'w>(&self, world: &'w World) -> Option<Open<'w>> {
        let is_other = |item: &Open<'_>| !matches!(item, Open::Control(control, _) if control.id == self.control.id);
        world.open_items().into_iter().find(is_other)
    }

    /// Whether nothing is left to be done here: it passes, or somebody accepts the risk.
    #[must_use]
    pub fn is_settled(&self, world: &World) -> bool {
        self.passed.is_some() || world.facts().judged().is_accepted(self.control.id)
    }

    fn fails(&self, world: &World) -> bool {
        !self.is_settled(world) && world.facts().judged().verdict(self.control.id) == Some(Verdict::Fail)
    }

    /// What it rests on. Who is signed in is known.
    fn questions(&self) -> impl Iterator<Item = &'static Question> {
        self.control.questions.iter().filter(|question| **question != Question::Caller)
    }

    /// Whether AWS is being asked for it.
    #[must_use]
    pub fn is_reading(&self, world: &World) -> bool {
        self.questions().any(|question| world.is_reading(question))
    }

    /// Whether it rests on the credential report, which is not always fresh.
    #[must_use]
    pub fn rests_on_report(&self) -> bool {
        self.control.questions.contains(&Question::CredentialReport)
    }

    /// Whether all that it rests on was read once.
    #[must_use]
    pub fn is_read(&self, world: &World) -> bool {
        !self.control.questions.iter().any(|question| world.facts().is_unread(question))
    }

    /// Asks AWS, if its time has come.
    fn look(&mut self, world: &mut World) {
        if !self.is_settled(world) && self.watch.is_due(world) {
            self.ask(world);
        }
    }

    fn ask(&mut self, world: &mut World) {
        self.watch.ask(Pace::Patient, world.now());
        world.read(self.questions().cloned());
    }

    /// What was read says that it passes or no longer applies, or that it fails again.
    fn settle(&mut self, world: &mut World) {
        let verdict = world.facts().judged().verdict(self.control.id);
        let is_over = matches!(verdict, Some(Verdict::Pass | Verdict::NotApplicable));
        self.failed |= verdict == Some(Verdict::Fail);
        if verdict == Some(Verdict::Pass) && self.failed && !self.noted {
            self.noted = true;
            world.note_done(&[(format!("By hand: {}", self.control.title), Seen::Shown)]);
        }
        self.passed = is_over.then(|| self.passed.unwrap_or(world.now()));
    }

    fn go_on(self, world: &mut World) -> Next {
        match self.onward(world) {
            Some(Open::Step(step, ..)) => Next::Away(Place::Step(step)),
            Some(Open::Control(control, _)) => Next::Go(Self::watch(control, world).into()),
            Some(Open::SecondWay) => Next::Go(SecondWay::open(world).into()),
            None => Next::Back,
        }
    }
}

impl Behave for ByHand {
    fn content<'p>(&'p self, world: &'p World) -> Content<'p> {
        content::of(world, self)
    }

    fn keys(&self, world: &World) -> Vec<Binding> {
        let mut bindings = vec![enter(match (self.is_settled(world), world.is_practice()) {
            (true, _) => "go on",
            (false, true) => "do it",
            (false, false) => "read again",
        })];
        if self.address(world).is_some() {
            if world.has_browser() && *world.mode() == Mode::Live {
                bindings.push(one(Key::Char('o'), "o", "open", Intent::Open));
            }
            bindings.push(one(Key::Char('y'), "y", "copy", Intent::Copy));
        }
        if self.message(world).is_some() {
            bindings.push(one(Key::Char('m'), "m", "message", Intent::Message));
        }
        bindings.extend(self.fails(world).then(accepting));
        bindings.push(one(Key::Char('w'), "w", "why", Intent::Guide));
        bindings.push(esc("back"));
        bindings.push(quiet(scrolling()));
        bindings.extend(general());
        bindings
    }

    fn on(mut self, input: Input, world: &mut World) -> Next {
        match input {
            Input::Do(Intent::Choose) if self.is_settled(world) => return self.go_on(world),
            // In practice the console is played, as nobody else sits at one.
            Input::Do(Intent::Choose) if world.is_practice() => {
                if !world.is_occupied_and_says_so() {
                    world.alone(Request::ConsoleByHand(self.control.id));
                }
            }
            Input::Reply(_, Reply::ConsoleByHand(Ok(()))) => self.ask(world),
            Input::Reply(_, Reply::ConsoleByHand(Err(failure))) => world.say(failure.sentence()),
            Input::Do(Intent::Choose | Intent::ReadAgain) if world.can_ask() => self.ask(world),
            Input::Do(Intent::Back) => return Next::Back,
            Input::Do(Intent::AcceptRisk) if self.fails(world) => {
                world.takes_seat_over();
                let page = Accept::of(self.control, world);
                return Next::Over(self.into(), page.into());
            }
            Input::Do(Intent::Guide) => {
                let text = Reading::of(Text::Control(self.control.id));
                return Next::Over(self.into(), text.into());
            }
            Input::Do(Intent::Message) => self.message(world).into_iter().for_each(|text| world.copy(text)),
            Input::Do(Intent::Copy) => self.address(world).into_iter().for_each(|address| world.copy(address)),
            Input::Do(Intent::Open) => self.address(world).into_iter().for_each(|address| {
                world.aside(Request::Open(address));
            }),
            // Its own answer decides, not one that was on its way before.
            Input::Facts if self.is_reading(world) => {}
            Input::Facts => self.settle(world),
            Input::Tick => self.look(world),
            _ => return self.pass(),
        }
        self.stay()
    }

    fn leaving(&self, _: &World) -> Leaving {
        Leaving::Free
    }

    fn aside<'p>(&'p self, _: &'p World) -> Option<Content<'p>> {
        Some(beside::control(self.control.id))
    }

    fn leap(&self) -> Leap {
        Leap::MovesAndReads
    }

    fn wakes_at(&self, world: &World, _: bool) -> Option<Timestamp> {
        if self.is_settled(world) { None } else { self.watch.wakes_at(world) }
    }

    fn status(&self) -> Option<Status> {
        self.passed.is_none().then_some(Status::Watching)
    }
}
