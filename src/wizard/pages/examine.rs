//! Shows who uses a key, or what root did: reads CloudTrail Region by Region, at AWS's allowed pace. Stopping means
//! sending no further request.

mod content;

use super::super::keys::common::{enter, esc, general, incident, one, scrolling};
use super::super::keys::{Binding, Intent, Key};
use super::{Content, Input, Leaving, Next, PageBehaviour, World};
use crate::account::{Question, Timestamp, Traced, TrailQuery};
use crate::steps::root_keys::{regions, starting_policy};
use crate::steps::root_mfa::console_address;
use crate::steps::{ActionId, StepId};
use crate::wizard::Session;
use crate::wizard::chosen_action::ChosenAction;

/// Number of Regions that are read at the same time.
const AT_ONCE: usize = 4;

/// The page with CloudTrail's events. The facts have the events themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Examine {
    /// The key, or root.
    pub(in crate::wizard) of: Traced,
    /// The step that the page belongs to.
    pub(in crate::wizard) step: StepId,
    /// Whether the person stopped reading.
    pub(in crate::wizard) stopped: bool,
    pub(in crate::wizard) shown: ExamineView,
}

/// Content of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::wizard) enum ExamineView {
    /// The evidence: who, from where, which calls.
    Evidence,
    /// Each event of root.
    Events,
    /// A policy to start from, made of it.
    Policy,
}

impl ExamineView {
    /// What is shown of it at first.
    fn first(of: &Traced) -> Self {
        match of {
            Traced::Key(_) => Self::Evidence,
            Traced::Root => Self::Events,
        }
    }
}

impl Examine {
    /// Opens the evidence for `of`, and continues an earlier read that was stopped.
    pub(super) fn of(of: Traced, step: StepId, world: &mut World) -> Self {
        if world.facts().regions.known().is_none() && !world.is_reading(&Question::Regions) {
            world.forget(&Question::Regions);
        }
        let page = Self { shown: ExamineView::first(&of), of, step, stopped: false };
        page.go_on(world);
        page
    }

    /// Asks for the next page of every Region that may be asked now.
    fn go_on(&self, world: &mut World) {
        if self.stopped || !world.can_ask() {
            return;
        }
        if world.facts().regions.is_unread() && !world.is_reading(&Question::Regions) {
            world.read([Question::Regions]);
        }
        for region in self.outstanding(world) {
            if world.trails_on_their_way().count() >= AT_ONCE {
                break;
            }
            if world.may_ask(&region) {
                let trace = world.facts().traces.get(&self.of);
                let after =
                    trace.and_then(|trace| trace.regions.get(&region)).and_then(|progress| progress.next.clone());
                world.ask_trail(TrailQuery { of: self.of.clone(), region, since: None, after });
            }
        }
    }

    /// Regions that are incomplete and have no pending page.
    fn outstanding(&self, world: &World) -> Vec<String> {
        let trace = world.facts().traces.get(&self.of);
        let ended = |region: &String| {
            trace.and_then(|trace| trace.regions.get(region)).is_some_and(|progress| progress.ended.is_some())
        };
        let asked = |region: &String| {
            let is_of = |query: &TrailQuery| query.of == self.of && query.region == *region && query.since.is_none();
            world.trails_on_their_way().any(is_of)
        };
        let mut regions = regions(world.facts(), &self.of);
        regions.retain(|region| !ended(region) && !asked(region));
        regions
    }

    /// Whether everything readable has been read.
    #[must_use]
    pub fn is_whole(&self, world: &World) -> bool {
        let regions = regions(world.facts(), &self.of);
        let ended = world.facts().traces.get(&self.of).map_or(0, |trace| trace.ended(&regions));
        ended == regions.len() && !world.facts().regions.is_unread()
    }

    fn back(mut self, world: &mut World) -> Next {
        if self.shown == ExamineView::Policy {
            self.shown = ExamineView::first(&self.of);
        } else if !self.stopped && !self.is_whole(world) {
            self.stopped = true;
            world.stop_reading_trails();
            world.say("Stopped. The results so far stay.");
        } else {
            return self.leave(world);
        }
        self.stay()
    }

    /// Back to the step, where the person decides with the new evidence.
    fn leave(self, world: &World) -> Next {
        match self.of {
            Traced::Key(key) => Next::BackWith(wish_for(ActionId::Examine, key, self.step, world)),
            Traced::Root => Next::Back,
        }
    }

    fn copy(&self, world: &mut World) {
        let policy = world.facts().traces.get(&self.of).map(|trace| starting_policy(trace).text);
        let text = policy.unwrap_or_else(|| console_address(world.facts()));
        world.copy(text);
    }
}

/// An action that is about the row of `key`.
pub(super) fn wish_for(action: ActionId, key: String, step: StepId, world: &World) -> ChosenAction {
    let table = step.definition().view(world.facts(), 0, world.now()).table;
    let item = table.row_of(&key).unwrap_or(0);
    ChosenAction { step, action, item, subject: Some(key), form: None }
}

impl PageBehaviour for Examine {
    fn content<'p>(&'p self, world: &'p World) -> Content<'p> {
        content::of(world, self)
    }

    fn keys(&self, world: &World) -> Vec<Binding> {
        let reading = !self.stopped && !self.is_whole(world);
        let mut bindings = vec![esc(if reading { "stop reading" } else { "back" })];
        if self.is_whole(world) {
            bindings.push(enter("go on"));
        } else if self.stopped {
            bindings.push(enter("read on"));
        }
        bindings.push(one(
            Key::Char('p'),
            "p",
            if self.shown == ExamineView::Policy { "evidence" } else { "policy" },
            Intent::Policy,
        ));
        if self.of == Traced::Root {
            let words = if self.shown == ExamineView::Events { "sums" } else { "events" };
            bindings.extend([one(Key::Char('v'), "v", words, Intent::Events), incident()]);
        }
        if self.shown == ExamineView::Policy {
            bindings.push(one(Key::Char('y'), "y", "copy", Intent::Copy));
        }
        bindings.push(scrolling());
        bindings.extend(general());
        bindings
    }

    fn on(mut self, input: Input, world: &mut World) -> Next {
        match input {
            Input::Do(Intent::Back) => return self.back(world),
            Input::Do(Intent::Choose) if self.is_whole(world) => return self.leave(world),
            Input::Do(Intent::Choose) if self.stopped => return Next::Go(Self::of(self.of, self.step, world).into()),
            Input::Do(Intent::Policy) => {
                let is_policy = self.shown == ExamineView::Policy;
                self.shown = if is_policy { ExamineView::first(&self.of) } else { ExamineView::Policy };
            }
            Input::Do(Intent::Events) => {
                let is_events = self.shown == ExamineView::Events;
                self.shown = if is_events { ExamineView::Evidence } else { ExamineView::Events };
            }
            Input::Do(Intent::Copy) => self.copy(world),
            Input::Do(Intent::ReadAgain) if *world.session() == Session::Established => {
                world.forget_trail_of(&self.of);
                world.claim_again();
                return Next::Go(Self::of(self.of, self.step, world).into());
            }
            Input::Facts | Input::Tick => self.go_on(world),
            _ => return self.unhandled(),
        }
        self.stay()
    }

    fn leaving(&self, _: &World) -> Leaving {
        Leaving::Free
    }

    fn wakes_at(&self, world: &World, _: bool) -> Option<Timestamp> {
        if self.stopped || !world.can_ask() {
            return None;
        }
        self.outstanding(world).iter().map(|region| world.turn_of(region)).min()
    }
}
