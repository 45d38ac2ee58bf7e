//! What happens to pages when a principal signs in, signs out or changes.

use super::input::Input;
use super::pages::{Changeover, Home};
use super::world::session::is_same_account;
use super::{Mode, Place, Slot, Stack, Wizard};
use crate::account::{Caller, Failure, Reading};

impl Wizard {
    pub(super) fn connected(&mut self, result: Result<(), Failure>) {
        match result {
            Ok(()) => self.world.read([crate::account::Question::Caller]),
            Err(failure) => self.absent(failure),
        }
    }

    fn absent(&mut self, failure: Failure) {
        self.world.has_no_session(failure);
        self.world.remember_place(self.here);
        self.here = Place::SignIn;
        self.tell(Stack::Of(Place::SignIn), 0, Input::SignInMethods { reselect: true });
        self.world.look_around(true);
    }

    /// AWS has said who is signed in, or the read failed.
    pub(super) fn signed_in(&mut self) {
        match self.world.facts().caller.clone() {
            Reading::Known { value: caller, .. } => {
                self.settle_sign_in(&caller);
                self.world.has_session();
                self.world.claim(caller.account);
                self.world.look_around(false);
            }
            Reading::Failed(failure) => self.absent(failure),
            Reading::Unread | Reading::Closed(_) => {}
        }
    }

    /// Opens the list of ways to sign in. On the practice account lockroot signs in by itself.
    pub(super) fn open_sign_in(&mut self) {
        if self.world.is_occupied_and_says_so() {
            return;
        }
        if *self.world.mode() != Mode::Live {
            self.world.sign_in_as_successor();
            return;
        }
        self.over.clear();
        self.world.open_ways(self.here);
        self.here = Place::SignIn;
        self.tell(Stack::Of(Place::SignIn), 0, Input::SignInMethods { reselect: true });
        self.world.look_around(true);
    }

    /// Somebody has signed in. The same principal resumes where the session ended.
    fn settle_sign_in(&mut self, now: &Caller) {
        let again = self.world.settle_sign_in(now);
        match again.before {
            Some(before) if !before.is_same_as(now) => self.start_over(&before, now),
            Some(_) => {
                self.here = again.back.unwrap_or(self.here);
                if again.was_cut_short {
                    self.world.say("Signed in as before. lockroot reads everything again.");
                }
            }
            None => {}
        }
        if let Some(ended) = again.ended {
            self.world.say_first(&ended);
        }
    }

    /// Another principal is signed in: known facts and forms are dropped. Only secrets that nobody has saved stay on
    /// their page, which can't send anything.
    fn start_over(&mut self, before: &Caller, now: &Caller) {
        let change = Changeover { before, same_account: is_same_account(before, now) };
        self.world.forget_all_of(before, now);
        for place in Place::SLOTS {
            for Slot { id, page } in std::mem::take(&mut self.places[place.index()]) {
                let page = page.and_then(|page| page.survives(&change, &mut self.world));
                let stack = &mut self.places[place.index()];
                stack.extend(page.map(|page| Slot { id, page: Some(page) }));
            }
            if let (true, Place::Step(step)) = (self.places[place.index()].is_empty(), place) {
                let id = self.world.new_slot();
                self.places[place.index()].push(Slot { id, page: Some(Home::new(step).into()) });
            }
        }
        for Slot { id, page } in std::mem::take(&mut self.over) {
            let page = page.and_then(|page| page.survives(&change, &mut self.world));
            self.over.extend(page.map(|page| Slot { id, page: Some(page) }));
        }
        self.here = Place::SignIn;
        if let Some(step) = self.world.removal().map(|removal| removal.step) {
            self.here = Place::Step(step);
            self.world.say(format!("Signed in as {}.", now.principal.words()));
            return;
        }
        self.world.say(if before.account == now.account {
            let (before, now) = (before.principal.words(), now.principal.words());
            format!("You are now signed in as {now}, not {before}. Everything starts over.")
        } else {
            format!("You are now signed in to another account: {}. Everything starts over.", now.account)
        });
    }
}
