//! The state machine of the guided hardening: events go in, effects come out. No IO, no clock, no terminal in here; the same
//! machine runs over AWS, over the practice account and in tests.
//!
//! It is a machine of pages: see [`pages`]. This module holds the stacks of pages and decides which page gets an event.

mod anywhere;
mod assessed_facts;
pub(crate) mod checklist;
pub mod chosen_action;
pub mod content;
mod dispatch;
mod drawn;
mod event;
mod input;
pub mod keys;
pub mod pages;
mod place;
mod requests;
pub mod secrets;
mod session;
mod state;
#[cfg(test)]
pub(crate) mod tests;
pub mod watch;
pub mod world;

use crate::account::{Caller, Timestamp};
pub use crate::journal::Claim;
use crate::lesson::Lesson;
use crate::steps::{self, StepId};
pub use assessed_facts::AssessedFacts;
use content::Content;
pub use drawn::{Coverage, Drawn};
pub use event::{Effect, Event, Reply, Request, Ticket};
use input::{ClockMoves, Input};
pub use input::{Leaving, SmallScreen, Status};
pub use keys::{Binding, Key, KeyPress, bindings};
pub use pages::Page;
use pages::{Home, SignIn, Summary};
pub use place::Place;
pub use requests::{SlotId, Wait};
pub use world::{
    Access, Drift, Ended, ProofMethod, Removal, Session, SignInMethod, SignInOption, TerminalCommand, World,
};

/// Practice or live.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mode {
    /// On the practice account, in that scenario.
    Practice {
        /// The scenario's name.
        scenario: String,
    },
    /// On an AWS account.
    Live,
}

impl Mode {
    /// `PRACTICE` or `LIVE`, as every screen shows it.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Practice { .. } => "PRACTICE",
            Self::Live => "LIVE",
        }
    }
}

/// A slot in a stack. A page that replaces another keeps its [`SlotId`].
#[derive(Debug)]
struct Slot {
    id: SlotId,
    /// `None` only while the page handles an input: pages are taken by value.
    page: Option<Page>,
}

/// The stack of a place, or the overlay stack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stack {
    Of(Place),
    Over,
}

/// The pages and their shared state. All pages get facts and ticks; only the front page gets keys.
#[derive(Debug)]
pub struct Wizard {
    /// What pages share.
    pub world: World,
    /// The pages of each place, in the order of [`Place::SLOTS`]; the first of each is always there.
    places: [Vec<Slot>; Place::SLOTS.len()],
    /// What lies over them.
    over: Vec<Slot>,
    here: Place,
    /// The line to which the person has scrolled the page in front; none: it follows what has the focus.
    scroll: Option<u16>,
}

/// Takes in `event`, which happened at `now`. Total: an event that means nothing here changes nothing.
pub fn update(wizard: &mut Wizard, now: Timestamp, event: Event) -> Vec<Effect> {
    wizard.world.advance_to(now);
    match event {
        Event::Key(press) => wizard.press(press),
        Event::Reply(ticket, reply) => wizard.reply(ticket, reply),
        Event::Tick => {
            wizard.tell_all(|| Input::Tick);
            wizard.world.clear_clipboard(now);
        }
        Event::Drawn(drawn) => {
            wizard.world.was_drawn(drawn);
            wizard.tell_front(Input::Drawn(drawn));
        }
        Event::Interrupted => wizard.interrupted(),
    }
    wizard.refresh_page_summaries();
    wizard.world.take_effects()
}

impl Wizard {
    /// A wizard that has not connected yet, and the effects that start it.
    #[must_use]
    pub fn start(mode: Mode, now: Timestamp) -> (Self, Vec<Effect>) {
        let mut world = World::new(mode, now);
        let places = Place::SLOTS.map(|place| {
            let page = match place {
                Place::SignIn => SignIn::default().into(),
                Place::Step(id) => Home::new(id).into(),
                Place::Summary => Summary::default().into(),
            };
            vec![Slot { id: world.new_slot(), page: Some(page) }]
        });
        world.connect();
        let effects = world.take_effects();
        (Self { world, places, over: Vec::new(), here: Place::SignIn, scroll: None }, effects)
    }

    /// Which place is in front.
    #[must_use]
    pub fn place(&self) -> Place {
        self.here
    }

    /// The page in front at that place; others may lie over it.
    ///
    /// # Panics
    /// Never: every place has one.
    #[must_use]
    pub fn at(&self, place: Place) -> &Page {
        self.places[place.index()].last().and_then(|slot| slot.page.as_ref()).expect("every place has a page")
    }

    /// The page of that step.
    #[must_use]
    pub fn step(&self, id: StepId) -> &Page {
        self.at(Place::Step(id))
    }

    /// The page of the place in front.
    #[must_use]
    pub fn here(&self) -> &Page {
        self.at(self.here)
    }

    /// What lies over it, if anything does.
    #[must_use]
    pub fn over(&self) -> Option<&Page> {
        self.over.last().and_then(|slot| slot.page.as_ref())
    }

    /// The page that hears keys.
    #[must_use]
    pub fn front(&self) -> &Page {
        self.over().unwrap_or_else(|| self.here())
    }

    /// What lies under the page in front: what the help explains.
    pub(crate) fn beneath(&self) -> &Page {
        let below = self.over.len().checked_sub(2).and_then(|place| self.over[place].page.as_ref());
        below.unwrap_or_else(|| self.here())
    }

    /// What the page in front says.
    #[must_use]
    pub fn content(&self) -> Content<'_> {
        match self.front() {
            // No page knows another one's keys.
            Page::TextPage(text) if text.is_help() => pages::text_page::content::help(keys::bindings_below(self)),
            page => page.content(&self.world),
        }
    }

    /// What stands beside it in a wide terminal.
    #[must_use]
    pub fn third_pane(&self) -> Option<Content<'_>> {
        self.front().third_pane(&self.world)
    }

    /// The first line of the page in front that is to be in view; none: the page follows what has the focus.
    #[must_use]
    pub fn line(&self) -> Option<u16> {
        self.front().line().or(self.scroll)
    }

    /// What is known of the account.
    #[must_use]
    pub fn facts(&self) -> &AssessedFacts {
        self.world.facts()
    }

    /// The time of the last event, by AWS's clock once that is known.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.world.now()
    }

    /// Who is signed in, once it is known.
    #[must_use]
    pub fn caller(&self) -> Option<&Caller> {
        self.world.caller()
    }

    /// The step's own page, as it is picked there.
    #[must_use]
    pub fn page(&self, id: StepId) -> steps::StepView {
        let item = match self.step(id) {
            Page::Home(home) => home.item,
            _ => 0,
        };
        self.world.page(id, item)
    }

    /// Whether the clock can be moved now: in practice only, and where the page allows it.
    #[must_use]
    pub fn can_move_clock(&self) -> bool {
        let is_free = self.here().clock_moves() != ClockMoves::Never;
        self.world.is_practice() && *self.world.session() != Session::Connecting && is_free
    }

    /// When the wizard wants an [`Event::Tick`]; `None`: it waits for keys and answers only, and uses no processor.
    #[must_use]
    pub fn wakes_at(&self) -> Option<Timestamp> {
        let spin = self.world.is_busy().then(|| self.world.now() + time::Duration::milliseconds(120));
        let of_places = Place::SLOTS.iter().flat_map(|place| {
            let stack = &self.places[place.index()];
            stack.iter().enumerate().map(|(depth, slot)| (slot, *place == self.here && depth + 1 == stack.len()))
        });
        let of_over = self.over.iter().enumerate().map(|(depth, slot)| (slot, depth + 1 == self.over.len()));
        let pages =
            of_places.chain(of_over).filter_map(|(slot, is_shown)| slot.page.as_ref()?.wakes_at(&self.world, is_shown));
        pages.chain(spin).chain(self.world.clipboard_until()).min()
    }

    /// Whether lockroot can open a browser on this machine (not over SSH).
    pub fn set_has_browser(&mut self, has_browser: bool) {
        self.world.set_has_browser(has_browser);
    }

    /// Sets the lesson of the practice account.
    pub fn teach(&mut self, lesson: Lesson) {
        self.world.teach(lesson);
    }

    /// Says something in passing, until the first key.
    pub fn greet(&mut self, words: &str) {
        self.world.say(words);
    }

    /// Adds a line for the plain terminal, after the program has ended.
    pub fn add_farewell(&mut self, words: &str) {
        self.world.tell_at_end([words.to_owned()]);
    }
}
