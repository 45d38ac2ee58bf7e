//! A control that a person fixes by hand: what is wrong, the steps in order, and a watch on AWS until it passes.
//! Then it leads to the next open item.

mod awaited;
mod content;

use super::super::keys::common::{accepting, enter, esc, general, incident, one, quiet, scrolling};
use super::super::keys::{Binding, Intent, Key};
use super::record::ReadBack;
use super::text_page::Text;
use super::{Accept, ClockMoves, Content, Input, Leaving, Next, PageBehaviour, SecondWay, TextPage, World};
use crate::account::{Inbox, Partition, Question, Timestamp};
use crate::checks::{Awaits, Control, Verdict};
use crate::steps::StepId;
use crate::steps::ending::Open;
use crate::steps::users::mfa_message;
use crate::wizard::content::beside;
use crate::wizard::event::{Reply, Request};
use crate::wizard::input::Status;
use crate::wizard::watch::{Pace, Watch};
use crate::wizard::{Mode, Place};

/// The page that waits for manual work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ByHand {
    pub(in crate::wizard) control: &'static Control,
    pub(in crate::wizard) watch: Watch,
    /// Progress, according to the reads.
    pub(in crate::wizard) stage: HandOffStage,
    /// The last mail in the practice mailbox, for controls that send one.
    pub(in crate::wizard) mail: Option<String>,
}

/// Progress of the manual work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HandOffStage {
    /// The control has not been seen failing. If it passes now, nobody fixed it here, so nothing is recorded.
    Unseen,
    /// Still to do.
    Open,
    /// Done at that time.
    Done(Timestamp, TestSignIn),
    /// It was done and fails again. The record already contains it.
    Reopened,
}

/// The control on recent root activity: somebody else may have been root.
pub(super) const ROOT_ACTIVITY: &str = "root-activity";

/// Whether somebody played root's sign-in after that, in practice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TestSignIn {
    /// Not yet.
    Pending,
    /// Yes. CloudTrail should show it.
    Done,
}

impl ByHand {
    /// The page for `control`, before any read.
    #[must_use]
    pub fn new(control: &'static Control, now: Timestamp) -> Self {
        Self { control, watch: Watch::at(now), stage: HandOffStage::Unseen, mail: None }
    }

    /// Opens the page for `control` and starts the watch.
    pub(super) fn watch(control: &'static Control, world: &mut World) -> Self {
        let mut page = Self::new(control, world.now());
        if page.fails(world) {
            page.stage = HandOffStage::Open;
        }
        page.look_at_mail(world);
        page.look(world);
        page
    }

    /// Address of the console's page for the control, if there is one.
    #[must_use]
    pub fn address(&self, world: &World) -> Option<String> {
        let partition = world.caller().map_or(Partition::Commercial, crate::account::Caller::partition);
        self.control.console.map(|path| partition.console(path))
    }

    /// The event that lockroot watches for.
    #[must_use]
    pub fn awaits(&self) -> Awaits {
        self.control.remedy.hand_off().map_or(Awaits::Pass, |hand_off| hand_off.awaits)
    }

    /// When it was done, according to the reads.
    #[must_use]
    pub fn done_at(&self) -> Option<Timestamp> {
        match self.stage {
            HandOffStage::Done(at, _) => Some(at),
            HandOffStage::Unseen | HandOffStage::Open | HandOffStage::Reopened => None,
        }
    }

    /// A message to the users who have to act themselves.
    #[must_use]
    pub fn message(&self, world: &World) -> Option<String> {
        let address = world.sign_in_address();
        (self.awaits() == Awaits::PassByEachPerson)
            .then(|| mfa_message("your AWS user", &address, "a passkey or a security key"))
    }

    /// The next open item: the rest of the control's step, or the most urgent.
    #[must_use]
    pub fn onward<'w>(&self, world: &'w World) -> Option<Open<'w>> {
        let own = self.control.remedy.step();
        let is_other = |item: &Open<'_>| !matches!(item, Open::Control(control, _) if control.id == self.control.id);
        let is_own =
            |item: &Open<'_>| matches!(item, Open::Step(step, ..) | Open::Beyond(step, ..) if Some(*step) == own);
        let items = || world.open_items().into_iter().filter(is_other);
        items().find(is_own).or_else(|| items().next())
    }

    /// Whether nothing is left to do here: it is done, or the risk is accepted.
    #[must_use]
    pub fn is_settled(&self, world: &World) -> bool {
        self.done_at().is_some() || world.facts().assessments().is_accepted(self.control.id)
    }

    fn look_at_mail(&self, world: &mut World) {
        if self.awaits() == Awaits::PassAndTest && world.is_practice() {
            world.ask_for_page(Request::ReadInbox(Inbox::Mail));
        }
    }

    fn fails(&self, world: &World) -> bool {
        !self.is_settled(world) && self.verdict(world) == Some(Verdict::Fail)
    }

    /// The questions to watch. After the control passes, root's activity is read for the test.
    fn questions(&self) -> impl Iterator<Item = &'static Question> {
        let questions: &[Question] = match self.awaits() {
            Awaits::PassAndTest if self.done_at().is_some() => &[Question::RootActivity],
            Awaits::IdentityCenterRole => &[Question::People],
            Awaits::Pass | Awaits::PassByEachPerson | Awaits::PassAndTest => self.control.questions,
        };
        questions.iter().filter(|question| **question != Question::Caller)
    }

    /// Whether one of these questions is pending.
    #[must_use]
    pub fn is_reading(&self, world: &World) -> bool {
        self.questions().any(|question| world.is_reading(question))
    }

    /// Whether it needs the credential report, which can be up to four hours old.
    #[must_use]
    pub fn rests_on_report(&self) -> bool {
        self.questions().any(|question| *question == Question::CredentialReport)
    }

    /// Whether all questions have been answered once.
    #[must_use]
    pub fn is_read(&self, world: &World) -> bool {
        !self.questions().any(|question| world.facts().is_unread(question))
    }

    /// Reads, if it is time.
    fn look(&mut self, world: &mut World) {
        if (!self.is_settled(world) || self.awaits_test(world)) && self.watch.is_due(world) {
            self.ask(world);
        }
    }

    fn ask(&mut self, world: &mut World) {
        self.watch.ask(Pace::Patient, world.now());
        world.read(self.questions().cloned());
    }

    /// Updates the progress after a read.
    fn settle(&mut self, world: &mut World) {
        self.stage = match (self.is_over(world), self.stage) {
            (true, HandOffStage::Done(at, trial)) => HandOffStage::Done(at, trial),
            (true, HandOffStage::Unseen | HandOffStage::Open | HandOffStage::Reopened) => {
                self.record(world);
                // The watch for the test begins now.
                self.watch = Watch::at(world.now());
                HandOffStage::Done(world.now(), TestSignIn::Pending)
            }
            (false, HandOffStage::Unseen) if !self.is_open(world) => HandOffStage::Unseen,
            (false, HandOffStage::Unseen | HandOffStage::Open) => HandOffStage::Open,
            (false, HandOffStage::Done(..) | HandOffStage::Reopened) => HandOffStage::Reopened,
        };
    }

    /// Whether the reads show that work is left.
    fn is_open(&self, world: &World) -> bool {
        match self.awaits() {
            Awaits::IdentityCenterRole => self.is_read(world),
            Awaits::Pass | Awaits::PassByEachPerson | Awaits::PassAndTest => self.verdict(world) == Some(Verdict::Fail),
        }
    }

    /// Records it as done by this run.
    fn record(&self, world: &mut World) {
        let what = match self.awaits() {
            Awaits::IdentityCenterRole => "IAM Identity Center lets an administrator in",
            Awaits::Pass | Awaits::PassByEachPerson | Awaits::PassAndTest => self.control.title,
        };
        let is_applicable = self.verdict(world) != Some(Verdict::NotApplicable);
        if self.stage == HandOffStage::Open && (is_applicable || self.awaits() == Awaits::IdentityCenterRole) {
            world.note_done(&[(format!("By hand: {what}"), ReadBack::Shown)]);
        }
    }

    fn go_on(self, world: &mut World) -> Next {
        match self.onward(world) {
            // This page is on top of that step's own page.
            Some(Open::Step(step, ..) | Open::Beyond(step, ..)) if Some(step) == self.control.remedy.step() => {
                Next::Back
            }
            Some(Open::Step(step, ..) | Open::Beyond(step, ..)) => Next::Away(Place::Step(step)),
            Some(Open::Control(control, _)) => Next::Go(Self::watch(control, world).into()),
            Some(Open::Own(..)) => Next::Away(Place::Step(StepId::OwnSignIn)),
            Some(Open::SecondWay) => Next::Go(SecondWay::open(world).into()),
            None => Next::Back,
        }
    }
}

impl PageBehaviour for ByHand {
    fn content<'p>(&'p self, world: &'p World) -> Content<'p> {
        content::of(world, self)
    }

    fn keys(&self, world: &World) -> Vec<Binding> {
        let is_played = !self.is_settled(world) && world.is_practice() || self.simulates_test(world);
        let mut bindings = vec![enter(match (is_played, self.is_settled(world)) {
            (true, _) => "do it",
            (false, true) => "go on",
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
        bindings.extend((self.control.id == ROOT_ACTIVITY).then(incident));
        bindings.extend(self.fails(world).then(accepting));
        bindings.push(one(Key::Char('w'), "w", "why", Intent::Guide));
        bindings.push(esc("back"));
        bindings.push(quiet(scrolling()));
        bindings.extend(general());
        bindings
    }

    fn on(mut self, input: Input, world: &mut World) -> Next {
        match input {
            Input::Do(Intent::Choose) if self.is_settled(world) && !self.simulates_test(world) => {
                return self.go_on(world);
            }
            // In practice lockroot simulates the console, because nobody works in a real one.
            Input::Do(Intent::Choose) if world.is_practice() => {
                if !world.is_occupied_and_says_so() {
                    world.ask_exclusively(Request::ConsoleByHand(self.control.id));
                }
            }
            Input::Reply(_, Reply::ConsoleByHand(Ok(()))) => {
                if let HandOffStage::Done(at, _) = self.stage
                    && self.awaits_test(world)
                {
                    self.stage = HandOffStage::Done(at, TestSignIn::Done);
                }
                self.ask(world);
                self.look_at_mail(world);
            }
            Input::Reply(_, Reply::Message(mail)) => self.mail = mail,
            Input::Reply(_, Reply::ConsoleByHand(Err(failure))) => world.say(failure.sentence()),
            Input::Do(Intent::Choose | Intent::ReadAgain) if world.can_ask() => self.ask(world),
            Input::Do(Intent::Back) => return Next::Back,
            Input::Do(Intent::AcceptRisk) if self.fails(world) => {
                world.reserve_overlay();
                let page = Accept::of(self.control, world);
                return Next::Over(self.into(), page.into());
            }
            Input::Do(Intent::Message) => {
                if let Some(text) = self.message(world) {
                    return Next::Over(self.into(), TextPage::of(Text::Message(text)).into());
                }
            }
            Input::Do(Intent::Guide) => {
                let text = TextPage::of(Text::Control(self.control.id));
                return Next::Over(self.into(), text.into());
            }
            Input::Do(Intent::Copy) => self.address(world).into_iter().for_each(|address| world.copy(address)),
            Input::Do(Intent::Open) => self.address(world).into_iter().for_each(|address| {
                world.ask_for_page(Request::Open(address));
            }),
            // Only an answer to the latest read counts.
            Input::Facts if self.is_reading(world) => {}
            Input::Facts => self.settle(world),
            Input::Tick => self.look(world),
            _ => return self.unhandled(),
        }
        self.stay()
    }

    fn leaving(&self, _: &World) -> Leaving {
        Leaving::Free
    }

    fn third_pane<'p>(&'p self, _: &'p World) -> Option<Content<'p>> {
        Some(beside::control(self.control.id))
    }

    fn clock_moves(&self) -> ClockMoves {
        ClockMoves::MovesAndReads
    }

    fn wakes_at(&self, world: &World, _: bool) -> Option<Timestamp> {
        if self.is_settled(world) && !self.awaits_test(world) { None } else { self.watch.wakes_at(world) }
    }

    fn status(&self) -> Option<Status> {
        self.done_at().is_none().then_some(Status::Watching)
    }
}
