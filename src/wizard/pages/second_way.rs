//! The lock-out guard: the methods to prove that somebody other than root can sign in.

pub(super) mod content;

use super::super::keys::common::{closing, enter, erasing, esc, rows};
use super::super::keys::{Binding, Intent, Key};
use super::{Changeover, Content, Input, Leaving, Next, Page, PageBehaviour, World};
use crate::account::{Question, Timestamp};
use crate::wizard::Mode;
use crate::wizard::event::{Reply, Request};
use crate::wizard::world::ProofMethod;

/// Interval between reads for an administrator's sign-in.
const PROBE_INTERVAL: time::Duration = time::Duration::seconds(15);

/// Longest input for the account number, in characters.
const MAX_LEN: usize = 40;

/// The page that proves a second way in.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct SecondWay {
    /// Index of the selected method.
    cursor: usize,
    /// The typed account number, while the person accepts the risk.
    pub(in crate::wizard) typed: Option<String>,
    /// Result of the last try.
    pub(in crate::wizard) said: Option<String>,
    /// Next read for an administrator's sign-in.
    next: Option<Timestamp>,
}

impl SecondWay {
    #[must_use]
    pub fn at(cursor: usize) -> Self {
        Self { cursor, ..Self::default() }
    }

    pub(in crate::wizard) fn open(world: &mut World) -> Self {
        let mut page = Self { next: Some(world.now()), ..Self::default() };
        world.look_around(true);
        page.look(world);
        page
    }

    /// Index of the selected method. The list gets shorter as proofs arrive.
    #[must_use]
    pub fn picked(&self, world: &World) -> usize {
        self.cursor.min(world.proof_methods().len().saturating_sub(1))
    }

    /// When to read next for an administrator's sign-in.
    fn looks_at(&self, world: &World) -> Option<Timestamp> {
        let waits = *world.mode() == Mode::Live && world.can_ask();
        self.next.filter(|_| waits && !world.is_proven() && !world.is_reading(&Question::People))
    }

    /// Reads who has signed in, if it is time.
    fn look(&mut self, world: &mut World) {
        if self.looks_at(world).is_some_and(|at| at <= world.now()) {
            self.next = Some(world.now() + PROBE_INTERVAL);
            world.look_for_sign_in();
        }
    }

    fn choose(&mut self, world: &mut World) {
        let Some(way) = world.proof_methods().into_iter().nth(self.picked(world)) else { return };
        if way == ProofMethod::Accept {
            self.typed = Some(String::new());
            self.said = None;
            return;
        }
        if world.is_occupied_and_says_so() {
            return;
        }
        self.said = None;
        match way {
            ProofMethod::Console(Some(user)) => {
                world.ask_exclusively(Request::ConsoleSignIn(user));
            }
            ProofMethod::Console(None) => {
                self.next = Some(world.now());
                self.look(world);
            }
            ProofMethod::Profile(name) => world.identify(name),
            ProofMethod::Login(profile) => self.said = world.log_in_for_proof(profile).err(),
            ProofMethod::Session => {
                let caller = world.caller().cloned();
                self.said = caller.and_then(|caller| world.take_for_second_way(&caller, None).err());
            }
            ProofMethod::Accept => {}
        }
    }

    /// Handles the typed account number.
    fn accept(&mut self, world: &mut World) {
        let account = world.account();
        let typed = self.typed.take().unwrap_or_default();
        if account.is_empty() || typed.trim() != account {
            world.say("That is not this account's number. Nothing was accepted.");
            self.typed = Some(typed);
            return;
        }
        world.accept_no_second_way();
    }
}

impl PageBehaviour for SecondWay {
    fn content<'p>(&'p self, world: &'p World) -> Content<'p> {
        content::of(world, self)
    }

    fn keys(&self, _: &World) -> Vec<Binding> {
        if self.typed.is_some() {
            return vec![enter("confirm what you typed"), esc("back"), erasing()];
        }
        vec![rows("pick"), enter("choose"), closing(&[Key::Char('i'), Key::Char('q')])]
    }

    fn on(mut self, input: Input, world: &mut World) -> Next {
        let last = world.proof_methods().len().saturating_sub(1);
        match (input, &mut self.typed) {
            (Input::Do(Intent::Back), typed @ Some(_)) => *typed = None,
            (Input::Do(Intent::Back), None) => return Next::Back,
            (Input::Do(Intent::Choose), Some(_)) => self.accept(world),
            (Input::Do(Intent::Choose), None) => self.choose(world),
            (Input::Do(Intent::Erase(_)), Some(typed)) => {
                typed.pop();
            }
            (Input::Do(Intent::Clear), Some(typed)) => typed.clear(),
            (Input::Text(character), Some(typed)) if typed.chars().count() < MAX_LEN => typed.push(character),
            (Input::Do(Intent::Move(by)), None) => {
                self.cursor = self.cursor.min(last).saturating_add_signed(by).min(last)
            }
            (Input::Tick, _) => self.look(world),
            (Input::ProofAnswer(words), _) => self.said = Some(words),
            (Input::Reply(_, Reply::ConsoleSignedIn(Err(failure))), _) => self.said = Some(failure.to_string()),
            _ => return self.unhandled(),
        }
        self.stay()
    }

    fn leaving(&self, _: &World) -> Leaving {
        Leaving::Free
    }

    fn types(&self) -> bool {
        self.typed.is_some()
    }

    fn wakes_at(&self, world: &World, is_shown: bool) -> Option<Timestamp> {
        self.looks_at(world).filter(|_| is_shown)
    }

    fn survives(self, _: &Changeover<'_>, _: &mut World) -> Option<Page> {
        Some(Self::default().into())
    }
}
