//! The state machine of the guided hardening: events go in, effects come out. No IO, no clock, no terminal in here; the same
//! machine runs over AWS, over the practice account and in tests.
//!
//! It is a machine of pages: see [`pages`]. Here is who has the word, and what keys do wherever one is.

pub mod content;
mod drawn;
mod event;
mod input;
pub mod keys;
pub mod pages;
mod place;
mod requests;
pub mod secrets;
mod session;
mod weighed;
pub mod wish;
pub mod world;

use std::time::Duration;

use crate::account::{Caller, Timestamp};
pub use crate::journal::Claim;
use crate::steps::{self, StepId};
pub use drawn::{Coverage, Drawn};
pub use event::{Effect, Event, Reply, Request, Ticket};
use input::{Input, Leap, Next};
pub use input::{Leaving, Status};
use keys::Intent;
pub use keys::{Binding, Key, KeyPress, bindings};
pub use pages::Page;
use pages::reading::Text;
use pages::{Home, Reading, SignIn, Summary};
pub use place::Place;
use requests::Kind;
pub use requests::{SeatId, Wait};
pub use weighed::Weighed;
pub use world::{Access, Drift, Ended, Errand, Offer, Proving, Removal, Session, Way, World};

/// Whether it is for real.
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
    /// `PRACTICE` or `LIVE`, as it stands on every screen.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Practice { .. } => "PRACTICE",
            Self::Live => "LIVE",
        }
    }
}

/// A page where it lies. The one that comes in its stead keeps the seat.
#[derive(Debug)]
struct Seat {
    id: SeatId,
    /// None only while the page has the word.
    page: Option<Page>,
}

/// Where pages lie: those of a place, or those over whatever is in front.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stack {
    Of(Place),
    Over,
}

/// Pages, and what they share. All of them live at once, and hear what is learned and that time passes; only the one in front
/// hears keys.
#[derive(Debug)]
pub struct Wizard {
    /// What pages share.
    pub world: World,
    /// The pages of each place, in the order of [`Place::ALL`]; the first of each is always there.
    places: [Vec<Seat>; Place::ALL.len()],
    /// What lies over them.
    over: Vec<Seat>,
    here: Place,
    /// The line to which the person has scrolled the page in front; none: it follows what has the focus.
    scroll: Option<u16>,
}

/// Takes in `event`, which happened at `now`. Total: an event that means nothing here changes nothing.
pub fn update(wizard: &mut Wizard, now: Timestamp, event: Event) -> Vec<Effect> {
    wizard.world.tells(now);
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
    wizard.call_the_roll();
    wizard.world.take_out()
}

/// What there is.
impl Wizard {
    /// A wizard that has not connected yet, and the effects that start it.
    #[must_use]
    pub fn start(mode: Mode, now: Timestamp) -> (Self, Vec<Effect>) {
        let mut world = World::new(mode, now);
        let places = Place::ALL.map(|place| {
            let page = match place {
                Place::SignIn => SignIn::default().into(),
                Place::Step(id) => Home::new(id).into(),
                Place::Summary => Summary.into(),
            };
            vec![Seat { id: world.new_seat(), page: Some(page) }]
        });
        world.connect();
        let effects = world.take_out();
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
        self.places[place.index()].last().and_then(|seat| seat.page.as_ref()).expect("every place has a page")
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
        self.over.last().and_then(|seat| seat.page.as_ref())
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

    /// The line to which the person has scrolled the page in front; none: it follows what has the focus.
    #[must_use]
    pub fn scroll(&self) -> Option<u16> {
        self.scroll
    }

    /// What is known of the account.
    #[must_use]
    pub fn facts(&self) -> &Weighed {
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
    pub fn page(&self, id: StepId) -> steps::Page {
        let item = match self.step(id) {
            Page::Home(home) => home.item,
            _ => 0,
        };
        self.world.page(id, item)
    }

    /// Whether the clock can be moved now: in practice only, and where the page allows it.
    #[must_use]
    pub fn can_move_clock(&self) -> bool {
        let is_free = self.here().leap() != Leap::Never;
        self.world.is_practice() && *self.world.session() != Session::Connecting && is_free
    }

    /// When the wizard wants an [`Event::Tick`]; `None`: it waits for keys and answers only, and uses no processor.
    #[must_use]
    pub fn wakes_at(&self) -> Option<Timestamp> {
        let spin = self.world.is_busy().then(|| self.world.now() + time::Duration::milliseconds(120));
        let of_places = Place::ALL.iter().flat_map(|place| {
            let stack = &self.places[place.index()];
            stack.iter().enumerate().map(|(depth, seat)| (seat, *place == self.here && depth + 1 == stack.len()))
        });
        let of_over = self.over.iter().enumerate().map(|(depth, seat)| (seat, depth + 1 == self.over.len()));
        let pages =
            of_places.chain(of_over).filter_map(|(seat, is_shown)| seat.page.as_ref()?.wakes_at(&self.world, is_shown));
        pages.chain(spin).chain(self.world.clipboard_until()).min()
    }

    /// Nobody can open a browser for whoever sits here, or somebody can.
    pub fn set_has_browser(&mut self, has_browser: bool) {
        self.world.set_has_browser(has_browser);
    }

    /// Adds a line for the plain terminal, after the program has ended.
    pub fn add_farewell(&mut self, words: &str) {
        self.world.tell_at_end([words.to_owned()]);
    }
}

/// Any state that a test or a benchmark wants to look at. Nothing of the program does this.
#[doc(hidden)]
impl Wizard {
    /// That place in front.
    pub fn set_place(&mut self, place: Place) {
        self.here = place;
    }

    /// That page in front at that place.
    pub fn set_page(&mut self, place: Place, page: impl Into<Page>) {
        let id = self.world.new_seat();
        let stack = &mut self.places[place.index()];
        let page = page.into();
        if matches!(page, Page::Home(_) | Page::SignIn(_)) {
            stack.clear();
        }
        stack.push(Seat { id, page: Some(page) });
        self.call_the_roll();
    }

    /// That page over all others.
    pub fn set_over(&mut self, page: impl Into<Page>) {
        self.push_over(page);
    }

    /// Nothing over the others.
    pub fn clear_over(&mut self) {
        self.over.clear();
    }

    /// Whether anything was left half filled in.
    #[must_use]
    pub fn has_drafts(&self) -> bool {
        let pages = self.places.iter().flatten().filter_map(|seat| seat.page.as_ref());
        pages.into_iter().any(|page| matches!(page, Page::Home(home) if home.has_draft()))
    }

    /// The page in front at that place, to be changed.
    pub fn page_mut(&mut self, place: Place) -> &mut Page {
        self.places[place.index()].last_mut().and_then(|seat| seat.page.as_mut()).expect("every place has a page")
    }
}

/// Who has the word.
impl Wizard {
    fn stack(&mut self, stack: Stack) -> &mut Vec<Seat> {
        match stack {
            Stack::Of(place) => &mut self.places[place.index()],
            Stack::Over => &mut self.over,
        }
    }

    fn front_stack(&self) -> (Stack, usize) {
        match self.over.len() {
            0 => (Stack::Of(self.here), self.places[self.here.index()].len() - 1),
            over => (Stack::Over, over - 1),
        }
    }

    /// Tells the page in front, and says whether the key is its business.
    fn tell_front(&mut self, input: Input) -> bool {
        let (stack, depth) = self.front_stack();
        self.tell(stack, depth, input)
    }

    /// Tells every page, those on top first: so none shifts that is still to be told.
    fn tell_all(&mut self, input: impl Fn() -> Input) {
        for stack in Place::ALL.map(Stack::Of).into_iter().chain([Stack::Over]) {
            for depth in (0..self.stack(stack).len()).rev() {
                self.tell(stack, depth, input());
            }
        }
    }

    fn tell_seat(&mut self, id: SeatId, input: Input) {
        for stack in Place::ALL.map(Stack::Of).into_iter().chain([Stack::Over]) {
            if let Some(depth) = self.stack(stack).iter().position(|seat| seat.id == id) {
                self.tell(stack, depth, input);
                return;
            }
        }
    }

    /// Gives the word to a page, and does what it answers. The only place where a page leaves its seat. False: it passes.
    fn tell(&mut self, stack: Stack, depth: usize, input: Input) -> bool {
        let Some(seat) = self.stack(stack).get_mut(depth) else { return true };
        let (id, Some(page)) = (seat.id, seat.page.take()) else { return true };
        let kind = page.kind();
        self.world.gives_word_to(id);
        let next = page.on(input, &mut self.world);
        #[cfg(debug_assertions)]
        pages::ways::check(kind, &next);
        #[cfg(not(debug_assertions))]
        let _ = kind;
        self.follow(stack, depth, next)
    }

    fn follow(&mut self, stack: Stack, depth: usize, next: Next) -> bool {
        match next {
            Next::Stay(page) => self.put(stack, depth, page),
            Next::Pass(page) => {
                self.put(stack, depth, page);
                return false;
            }
            Next::Go(page) => self.replace(stack, depth, page),
            Next::GoKeeping(page, wish) => {
                self.replace(stack, depth, page);
                self.tell(stack, depth.saturating_sub(1), Input::Returned(Some(wish)));
            }
            Next::Over(page, over) => {
                self.put(stack, depth, page);
                let id = self.world.reserved_seat();
                self.stack(stack).insert(depth + 1, Seat { id, page: Some(over) });
                self.look_anew(stack);
            }
            Next::Back => self.remove(stack, depth, None),
            Next::BackWith(wish) => self.remove(stack, depth, Some(wish)),
            Next::Turn(page, by) => {
                match page {
                    Some(page) => self.put(stack, depth, page),
                    None => self.remove(stack, depth, None),
                }
                self.turn(by);
            }
            Next::Show(page, place) => {
                self.replace(stack, depth, page);
                self.here = place;
            }
            Next::SignIn(page) => {
                self.replace(stack, depth, page);
                if let Stack::Of(place) = stack {
                    self.here = place;
                }
                self.open_sign_in();
            }
            Next::Quit => {
                self.remove(stack, depth, None);
                self.quit();
            }
        }
        true
    }

    fn put(&mut self, stack: Stack, depth: usize, page: Page) {
        self.stack(stack)[depth].page = Some(page);
    }

    fn replace(&mut self, stack: Stack, depth: usize, page: Page) {
        self.put(stack, depth, page);
        self.look_anew(stack);
    }

    /// The page has gone, and the one beneath is told.
    fn remove(&mut self, stack: Stack, depth: usize, wish: Option<wish::Wish>) {
        self.stack(stack).remove(depth);
        if let Some(beneath) = depth.checked_sub(1) {
            self.tell(stack, beneath, Input::Returned(wish));
        }
        self.look_anew(stack);
    }

    /// Another page is in front: it is looked at from its start.
    fn look_anew(&mut self, stack: Stack) {
        if stack == Stack::Of(self.here) {
            self.scroll = None;
        }
    }

    fn push_over(&mut self, page: impl Into<Page>) {
        let id = self.world.new_seat();
        self.over.push(Seat { id, page: Some(page.into()) });
    }
}

/// What keys do wherever one is.
impl Wizard {
    fn press(&mut self, press: KeyPress) {
        let bound = bindings(self).into_iter().find_map(|binding| {
            let place = binding.keys.iter().position(|key| *key == press.key)?;
            binding.intents.get(place).copied()
        });
        let bound = bound.map(|intent| self.in_lines(intent));
        // Nobody can read what a key would do here.
        if bound.is_none() && !self.world.drawn().fits {
            return;
        }
        // A key that is held down moves and types, but never decides.
        let decides = !matches!(bound, Some(Intent::Move(_) | Intent::Shift(_) | Intent::Scroll(_) | Intent::Erase(_)));
        if press.repeated && bound.is_some() && decides {
            return;
        }
        self.world.hush();
        if !matches!(bound, Some(Intent::Scroll(_))) {
            self.scroll = None;
        }
        match (bound, press.key) {
            (Some(intent), _) => {
                if !self.tell_front(Input::Do(intent)) {
                    self.anywhere(intent);
                }
            }
            (None, Key::Char(character)) => self.type_in(character),
            (None, Key::Paste(text)) => {
                // It may be one; then it is wiped.
                let text = crate::secret::Secret::new(text);
                text.expose().trim_end_matches(['\r', '\n']).chars().for_each(|character| self.type_in(character));
            }
            (None, _) => {}
        }
    }

    fn type_in(&mut self, character: char) {
        if !character.is_control() {
            self.tell_front(Input::Text(character));
        }
    }

    /// A page is as many lines as were in view.
    fn in_lines(&self, intent: Intent) -> Intent {
        match intent {
            Intent::Page(pages) => Intent::Scroll(pages.saturating_mul(self.world.drawn().page())),
            intent => intent,
        }
    }

    /// What is no page's own business.
    fn anywhere(&mut self, intent: Intent) {
        match intent {
            Intent::Help => self.push_over(Reading::of(Text::Help)),
            Intent::Guide => self.push_over(Reading::of(Text::Guide)),
            Intent::Evidence => self.push_over(Reading::of(Text::Evidence)),
            Intent::Address => self.push_over(pages::Address),
            Intent::Sheet => self.push_over(pages::Sheet::default()),
            Intent::Seed => self.push_over(pages::PastedSeed::default()),
            Intent::Clock => self.push_over(pages::Clock),
            Intent::Users => self.push_over(pages::Users::default()),
            Intent::SecondWay => self.open_second_way(),
            Intent::Advance(seconds) => self.leap(Duration::from_secs(seconds)),
            Intent::Leave => self.leave(),
            Intent::Suspend => {
                self.tell_all(|| Input::Cover);
                self.world.order(Effect::Suspend);
            }
            Intent::Scroll(by) => self.scroll = Some(self.world.drawn().scrolled(by)),
            Intent::GoTo(place) => self.go_to(place),
            Intent::Turn(by) => self.turn(by),
            Intent::ReadAgain => self.read_again(),
            Intent::Reconnect => self.world.reconnect(),
            Intent::Practise => self.world.practise(),
            Intent::SignIn => self.open_sign_in(),
            // What only the page in front could have done.
            _ => {}
        }
    }

    fn open_second_way(&mut self) {
        if self.world.caller().is_none() {
            self.world.say("First somebody has to be signed in.");
            return;
        }
        let page = pages::SecondWay::open(&mut self.world);
        self.push_over(page);
    }

    fn turn(&mut self, by: isize) {
        self.go_to(self.here.index().saturating_add_signed(by).min(Place::ALL.len() - 1));
    }

    /// Shows that place of the checklist. Steps are about an account, so somebody has to be signed in first.
    fn go_to(&mut self, place: usize) {
        match Place::ALL.get(place) {
            Some(place) if *place == Place::SignIn || self.world.caller().is_some() => {
                self.world.went_to(*place);
                self.here = *place;
            }
            Some(_) => self.world.refuse_place(),
            None => {}
        }
    }

    /// Reads again what is here.
    fn read_again(&mut self) {
        if self.world.removal().is_some() && !self.world.can_ask() {
            self.world.say("This session ended with root's key. Ctrl-L: sign in as the administrator.");
        } else {
            match (self.here, self.world.session()) {
                (_, Session::Connecting | Session::Absent(_)) => self.world.reconnect(),
                (Place::Step(id), Session::Established) => self.world.read(id.questions()),
                (Place::SignIn | Place::Summary, Session::Established) => {
                    self.world.read([crate::account::Question::Caller])
                }
            }
        }
        self.world.claim_again();
    }

    /// Moves the practice account's clock and reads again what is here, as it is by then.
    fn leap(&mut self, by: Duration) {
        if self.can_move_clock() && self.world.move_clock(by) {
            let reads = self.here().leap() == Leap::MovesAndReads;
            if reads && *self.world.session() == Session::Established {
                self.read_again();
            }
        }
    }
}

/// Leaving: not before a change on its way has ended, and not without saying what is left undone.
impl Wizard {
    fn leave(&mut self) {
        if self.world.is_changing() {
            self.world.start_quitting();
            self.world.say("Quitting as soon as the call on its way has ended.");
            return;
        }
        let is_asked = matches!(self.over(), Some(Page::Leave(_)));
        if !is_asked && (self.world.is_half_way() || self.world.leaves_root_alone()) {
            self.push_over(pages::Leave);
            return;
        }
        self.quit();
    }

    /// The system wants the program to end: nobody can be asked any more.
    fn interrupted(&mut self) {
        if self.world.is_changing() {
            self.world.start_quitting();
        } else {
            self.quit();
        }
    }

    fn quit(&mut self) {
        self.call_the_roll();
        self.world.quit();
    }

    /// What quitting would mean for every page, and where secrets are that nobody has kept.
    fn call_the_roll(&mut self) {
        let roll = Place::ALL.into_iter().flat_map(|place| {
            let pages = self.places[place.index()].iter().filter_map(|seat| seat.page.as_ref());
            pages.map(move |page| (place, page))
        });
        let roll = roll.map(|(place, page)| (place, page.leaving(&self.world), page.holds_secrets())).collect();
        self.world.note_roll(roll);
    }
}

/// Answers.
impl Wizard {
    fn reply(&mut self, ticket: Ticket, reply: Reply) {
        let Some((kind, seat)) = self.world.land(ticket) else { return };
        self.world.gives_word_to(seat);
        match (kind, reply) {
            (Kind::Read(question), Reply::Learned(fact)) => self.learned(&question, fact),
            (Kind::Connection, Reply::Connected(result)) => self.connected(result),
            (Kind::Claim(account), Reply::Claimed(claim)) => self.world.on_claimed(account, claim),
            (Kind::Journal(account), Reply::Remembered(result)) => self.world.remembered(&account, result),
            (Kind::Machine, Reply::Found(machine)) => {
                let anew = self.world.found(machine);
                self.tell(Stack::Of(Place::SignIn), 0, Input::Ways { anew });
            }
            (Kind::Proof(profile), reply) => {
                if let Some(said) = self.world.take_proof(profile, reply) {
                    self.tell_seat(seat, Input::Said(said));
                }
            }
            (_, Reply::Opened(result)) => self.world.say(match result {
                Ok(()) => "Sent to your browser.".into(),
                Err(said) => {
                    format!("No browser could be opened ({said}). y copies the address, a shows it as a QR code.")
                }
            }),
            (_, reply) => {
                self.world.take_in(&reply);
                self.tell_seat(seat, Input::Reply(ticket, reply));
            }
        }
    }

    fn learned(&mut self, question: &crate::account::Question, fact: crate::account::Fact) {
        self.world.learn(fact);
        if *question == crate::account::Question::Caller {
            self.signed_in();
            return;
        }
        self.tell_all(|| Input::Facts);
        self.world.settle();
    }
}
