//! State machine of the wizard: events go in, effects come out. It does no I/O and reads no clock or terminal, so it
//! runs the same over AWS, the practice account and tests.
//!
//! It consists of [`pages`]. This module holds the stacks of pages and decides which page gets an event.

mod anywhere;
mod assessed_facts;
pub mod checklist;
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

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mode {
    /// The practice account, started from a scenario.
    Practice {
        /// The scenario's name.
        scenario: String,
    },
    /// An AWS account.
    Live,
}

impl Mode {
    /// `PRACTICE` or `LIVE`: every screen shows it.
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
    /// State that pages share.
    pub world: World,
    /// One stack for each place, in the order of [`Place::SLOTS`]. The first page of a stack is always there.
    places: [Vec<Slot>; Place::SLOTS.len()],
    /// Overlays, above the pages of every place.
    over: Vec<Slot>,
    here: Place,
    /// First visible line after the person scrolled. `None`: the view follows the focus.
    scroll: Option<u16>,
}

/// Handles an event that happened at `now`. An event without a meaning in this state changes nothing.
pub fn update(wizard: &mut Wizard, now: Timestamp, event: Event) -> Vec<Effect> {
    wizard.world.advance_to(now);
    match event {
        Event::Key(press) => wizard.press(press),
        Event::Reply(ticket, reply) => wizard.reply(ticket, reply),
        Event::Tick => {
            wizard.tell_all(|| Input::Tick);
            wizard.tell_front(Input::TickInFront);
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
    /// Creates a wizard and the effects that connect it.
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

    /// The place whose pages are shown.
    #[must_use]
    pub fn place(&self) -> Place {
        self.here
    }

    /// The top page of a place, under any overlay.
    ///
    /// # Panics
    /// Never: every place has a page.
    #[must_use]
    pub fn at(&self, place: Place) -> &Page {
        self.places[place.index()].last().and_then(|slot| slot.page.as_ref()).expect("every place has a page")
    }

    /// The top page of a step.
    #[must_use]
    pub fn step(&self, id: StepId) -> &Page {
        self.at(Place::Step(id))
    }

    /// The top page of the current place.
    #[must_use]
    pub fn here(&self) -> &Page {
        self.at(self.here)
    }

    /// The top overlay, if one is open.
    #[must_use]
    pub fn over(&self) -> Option<&Page> {
        self.over.last().and_then(|slot| slot.page.as_ref())
    }

    /// The page that receives keys.
    #[must_use]
    pub fn front(&self) -> &Page {
        self.over().unwrap_or_else(|| self.here())
    }

    /// The page under the front page. The help explains its keys.
    pub(crate) fn beneath(&self) -> &Page {
        let below = self.over.len().checked_sub(2).and_then(|place| self.over[place].page.as_ref());
        below.unwrap_or_else(|| self.here())
    }

    /// The content of the front page.
    #[must_use]
    pub fn content(&self) -> Content<'_> {
        match self.front() {
            // The help shows another page's keys, and no page knows those.
            Page::TextPage(text) if text.is_help() => pages::text_page::content::help(keys::bindings_below(self)),
            page => page.content(&self.world),
        }
    }

    /// Content of the third pane in a wide terminal.
    #[must_use]
    pub fn third_pane(&self) -> Option<Content<'_>> {
        self.front().third_pane(&self.world)
    }

    /// First visible line of the front page. `None`: the view follows the focus.
    #[must_use]
    pub fn line(&self) -> Option<u16> {
        self.front().line().or(self.scroll)
    }

    #[must_use]
    pub fn facts(&self) -> &AssessedFacts {
        self.world.facts()
    }

    /// Time of the last event, by AWS's clock once it is known.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.world.now()
    }

    /// The principal that is signed in, once known.
    #[must_use]
    pub fn caller(&self) -> Option<&Caller> {
        self.world.caller()
    }

    /// The view of a step, with the row that is selected on its page.
    #[must_use]
    pub fn step_view(&self, id: StepId) -> steps::StepView {
        let item = match self.step(id) {
            Page::Home(home) => home.item,
            _ => 0,
        };
        self.world.step_view(id, item)
    }

    /// Whether the person can move the practice account's clock now.
    #[must_use]
    pub fn can_move_clock(&self) -> bool {
        let is_free = self.here().clock_moves() != ClockMoves::Never;
        self.world.is_practice() && *self.world.session() != Session::Connecting && is_free
    }

    /// When the wizard needs the next [`Event::Tick`]. `None`: it waits for keys and replies, and uses no processor
    /// time.
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

    pub fn teach(&mut self, lesson: Lesson) {
        self.world.teach(lesson);
    }

    /// Shows a remark until the next key.
    pub fn greet(&mut self, words: &str) {
        self.world.say(words);
    }

    /// Adds a line that the terminal shows after the program has ended.
    pub fn add_farewell(&mut self, words: &str) {
        self.world.tell_at_end([words.to_owned()]);
    }
}
