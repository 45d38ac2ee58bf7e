//! Keys that work on every page, and quitting.

use std::time::Duration;

use super::input::{ClockMoves, Input};
use super::keys::{Intent, Key, KeyPress, bindings};
use super::pages::text_page::Text;
use super::pages::{self, Page, TextPage};
use super::world::{PageSummary, Session};
use super::{Effect, Place, Wizard};
use crate::account::Question;
use crate::secret::Secret;
use crate::steps::StepId;

/// Remark when a key needs an account.
const SIGN_IN_FIRST: &str = "Sign in first.";

impl Wizard {
    pub(super) fn press(&mut self, press: KeyPress) {
        let bound = bindings(self).into_iter().find_map(|binding| {
            let place = binding.keys.iter().position(|key| *key == press.key)?;
            binding.intents.get(place).copied()
        });
        let bound = bound.map(|intent| self.in_lines(intent));
        // The terminal is too small to show what the key would do.
        if bound.is_none() && !self.world.drawn().fits {
            return;
        }
        // A held key moves and types, but never decides.
        let decides = !matches!(bound, Some(Intent::Move(_) | Intent::Shift(_) | Intent::Scroll(_) | Intent::Erase(_)));
        if press.repeated && bound.is_some() && decides {
            return;
        }
        self.world.clear_remark();
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
                // The text may be a secret; `Secret` wipes it.
                let text = Secret::new(text);
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

    /// Converts pages into lines: one page is as many lines as are visible.
    fn in_lines(&self, intent: Intent) -> Intent {
        match intent {
            Intent::Page(pages) => Intent::Scroll(pages.saturating_mul(self.world.drawn().page())),
            intent => intent,
        }
    }

    /// Handles a key that works on every page.
    fn anywhere(&mut self, intent: Intent) {
        match intent {
            Intent::Help => self.push_over(TextPage::of(Text::Help)),
            Intent::Guide => self.push_over(TextPage::of(Text::Guide(self.here))),
            Intent::Evidence => self.push_over(TextPage::of(Text::Evidence(self.here))),
            Intent::Incident => self.push_over(TextPage::of(Text::Incident)),
            Intent::Lesson => self.push_over(TextPage::of(Text::Lesson)),
            Intent::Address => self.push_over(pages::Address),
            Intent::Sheet => {
                let sheet = pages::Sheet::open(&mut self.world);
                self.push_over(sheet);
            }
            Intent::Seed => self.push_over(pages::PastedSeed::default()),
            Intent::Clock => self.push_over(pages::Clock),
            Intent::Users => self.push_over(pages::Users::default()),
            Intent::SecondWay => self.open_second_way(),
            Intent::Advance(seconds) => self.move_clock(Duration::from_secs(seconds)),
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
            // Intents of the front page only. It did not handle them.
            _ => {}
        }
    }

    fn open_second_way(&mut self) {
        if self.world.caller().is_none() {
            self.world.say(SIGN_IN_FIRST);
            return;
        }
        let page = pages::SecondWay::open(&mut self.world);
        self.push_over(page);
    }

    pub(super) fn turn(&mut self, by: isize) {
        let places = self.turned_through();
        let place_of = |wanted: Place| places.iter().position(|place| *place == wanted);
        let at = place_of(self.here).or_else(|| place_of(self.here.line())).unwrap_or_default();
        self.go_to(places[at.saturating_add_signed(by).min(places.len() - 1)]);
    }

    /// The places in the order in which Tab goes through them. Where one line stands for all steps, it passes them by,
    /// unless a digit has led to one.
    fn turned_through(&self) -> Vec<Place> {
        let is_at_step = matches!(self.here, Place::Step(step) if step.is_listed());
        if self.world.has_own_sign_in_only() && !is_at_step {
            vec![Place::SignIn, Place::Step(StepId::OwnSignIn), Place::Summary]
        } else {
            Place::ALL.into()
        }
    }

    /// Shows a place of the checklist. Steps are about an account, so they need a signed-in principal.
    fn go_to(&mut self, place: Place) {
        if place == Place::SignIn || self.world.caller().is_some() {
            self.world.went_to(place);
            self.here = place;
        } else {
            self.world.say(SIGN_IN_FIRST);
        }
    }

    /// Reads everything on the current page again.
    fn read_again(&mut self) {
        if self.world.removal().is_some() && !self.world.can_ask() {
            self.world.say("This session ended with root's key. Ctrl-L: sign in as the administrator.");
        } else {
            match (self.here, self.world.session()) {
                (_, Session::Connecting | Session::Absent(_)) => self.world.reconnect(),
                (Place::Step(id), Session::Established) => self.world.read_again(id),
                (Place::SignIn | Place::Summary, Session::Established) => self.world.read([Question::Caller]),
            }
        }
        self.world.claim_again();
    }

    /// Moves the practice account's clock, and reads the page again if its facts depend on the time.
    fn move_clock(&mut self, by: Duration) {
        if self.can_move_clock() && self.world.move_clock(by) {
            let reads = self.here().clock_moves() == ClockMoves::MovesAndReads;
            if reads && *self.world.session() == Session::Established {
                self.read_again();
            }
        }
    }
}

/// Quitting: it waits for a running change, and reports unfinished work.
impl Wizard {
    fn leave(&mut self) {
        if self.world.is_changing() {
            self.world.start_quitting();
            self.world.say("Quitting when the current call has ended.");
            return;
        }
        let is_asked = matches!(self.over(), Some(Page::Leave(_)));
        if !is_asked && (self.world.is_half_way() || self.world.leaves_root_alone()) {
            self.push_over(pages::Leave);
            return;
        }
        self.quit();
    }

    /// The system ends the program, so lockroot can't ask the person.
    pub(super) fn interrupted(&mut self) {
        if self.world.is_changing() {
            self.world.start_quitting();
        } else {
            self.quit();
        }
    }

    pub(super) fn quit(&mut self) {
        self.refresh_page_summaries();
        self.world.quit();
    }

    /// Collects each page's summary: what quitting loses, unsaved secrets, skipped steps.
    pub(super) fn refresh_page_summaries(&mut self) {
        let summaries = Place::SLOTS.into_iter().flat_map(|place| {
            let pages = self.places[place.index()].iter().filter_map(|slot| slot.page.as_ref());
            pages.map(move |page| (place, page))
        });
        let summaries = summaries.map(|(place, page)| PageSummary {
            place,
            leaving: page.leaving(&self.world),
            holds_secrets: page.holds_secrets(),
            skip_reason: page.skip_reason().map(str::to_owned),
        });
        let summaries = summaries.collect();
        self.world.note_page_summaries(summaries);
    }
}
