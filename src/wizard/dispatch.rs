//! Routes an input to a page and applies what the page returns. Also routes replies.

use super::chosen_action::ChosenAction;
use super::event::{Reply, Ticket};
use super::input::{Input, Next};
use super::pages::{Page, ways};
use super::requests::{RequestKind, SlotId};
use super::{Place, Slot, Stack, Wizard};
use crate::account::{Fact, Question};

impl Wizard {
    pub(super) fn stack(&mut self, stack: Stack) -> &mut Vec<Slot> {
        match stack {
            Stack::Of(place) => &mut self.places[place.index()],
            Stack::Over => &mut self.over,
        }
    }

    pub(super) fn front_stack(&self) -> (Stack, usize) {
        match self.over.len() {
            0 => (Stack::Of(self.here), self.places[self.here.index()].len() - 1),
            over => (Stack::Over, over - 1),
        }
    }

    /// Gives an input to the front page. Returns whether the page handled it.
    pub(super) fn tell_front(&mut self, input: Input) -> bool {
        let (stack, depth) = self.front_stack();
        self.tell(stack, depth, input)
    }

    /// Gives an input to every page. It starts at the top of each stack, so a page that closes shifts no page that
    /// still waits.
    pub(super) fn tell_all(&mut self, input: impl Fn() -> Input) {
        for stack in Place::SLOTS.map(Stack::Of).into_iter().chain([Stack::Over]) {
            for depth in (0..self.stack(stack).len()).rev() {
                self.tell(stack, depth, input());
            }
        }
    }

    pub(super) fn tell_slot(&mut self, id: SlotId, input: Input) {
        for stack in Place::SLOTS.map(Stack::Of).into_iter().chain([Stack::Over]) {
            if let Some(depth) = self.stack(stack).iter().position(|slot| slot.id == id) {
                self.tell(stack, depth, input);
                return;
            }
        }
    }

    /// Gives an input to a page and follows what it returns. Only here a page leaves its slot. Returns whether the page
    /// handled it.
    pub(super) fn tell(&mut self, stack: Stack, depth: usize, input: Input) -> bool {
        let Some(slot) = self.stack(stack).get_mut(depth) else { return true };
        let (id, Some(page)) = (slot.id, slot.page.take()) else { return true };
        let kind = page.kind();
        self.world.set_requester(id);
        let next = page.on(input, &mut self.world);
        debug_assert!(
            ways::is_listed(kind, &next),
            "no way leads there from {kind:?}: add it to WAYS, or don't go: {next:?}"
        );
        self.follow(stack, depth, next)
    }

    fn follow(&mut self, stack: Stack, depth: usize, next: Next) -> bool {
        match next {
            Next::Stay(page) => self.put(stack, depth, page),
            Next::Unhandled(page) => {
                self.put(stack, depth, page);
                return false;
            }
            Next::Go(page) => self.replace(stack, depth, page),
            Next::GoKeeping(page, chosen) => {
                self.replace(stack, depth, page);
                self.tell(stack, depth.saturating_sub(1), Input::Returned(Some(chosen)));
            }
            Next::Over(page, over) => {
                self.put(stack, depth, page);
                let id = self.world.take_reserved_slot();
                self.stack(stack).insert(depth + 1, Slot { id, page: Some(over) });
                self.reset_scroll(stack);
            }
            Next::Back => self.remove(stack, depth, None),
            Next::BackWith(chosen) => self.remove(stack, depth, Some(chosen)),
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
            Next::Away(place) => {
                self.remove(stack, depth, None);
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
        self.reset_scroll(stack);
    }

    /// Closes a page and tells the page beneath.
    fn remove(&mut self, stack: Stack, depth: usize, chosen: Option<ChosenAction>) {
        self.stack(stack).remove(depth);
        if let Some(beneath) = depth.checked_sub(1) {
            self.tell(stack, beneath, Input::Returned(chosen));
        }
        self.reset_scroll(stack);
    }

    /// Scrolls to the start, because another page is in front.
    fn reset_scroll(&mut self, stack: Stack) {
        if stack == Stack::Of(self.here) {
            self.scroll = None;
        }
    }

    pub(super) fn push_over(&mut self, page: impl Into<Page>) {
        let id = self.world.new_slot();
        self.over.push(Slot { id, page: Some(page.into()) });
    }
}

/// Replies.
impl Wizard {
    pub(super) fn reply(&mut self, ticket: Ticket, reply: Reply) {
        let Some((kind, slot)) = self.world.resolve(ticket) else { return };
        self.world.set_requester(slot);
        match (kind, reply) {
            (RequestKind::Read(question), Reply::Learned(fact)) => self.learned(&question, fact),
            (RequestKind::Connection, Reply::Connected(result)) => self.connected(result),
            (RequestKind::Claim(account), Reply::Claimed(claim)) => self.world.on_claimed(account, claim),
            (RequestKind::Journal(account), Reply::Remembered(result)) => self.world.remembered(&account, result),
            (RequestKind::Machine, Reply::Found(machine)) => {
                let reselect = self.world.found(machine);
                self.tell(Stack::Of(Place::SignIn), 0, Input::SignInMethods { reselect });
            }
            (RequestKind::Proof(profile), reply) => {
                if let Some(said) = self.world.take_proof(profile, reply) {
                    self.tell_slot(slot, Input::ProofAnswer(said));
                }
            }
            (
                RequestKind::Change
                | RequestKind::Exclusive
                | RequestKind::OfPage
                | RequestKind::Read(_)
                | RequestKind::Connection
                | RequestKind::Claim(_)
                | RequestKind::Journal(_)
                | RequestKind::Machine,
                reply,
            ) => {
                self.world.take_in(&reply);
                self.tell_slot(slot, Input::Reply(ticket, reply));
            }
        }
    }

    fn learned(&mut self, question: &Question, fact: Fact) {
        self.world.learn(fact);
        if *question == Question::Caller {
            self.signed_in();
            return;
        }
        self.tell_all(|| Input::Facts);
        self.world.settle();
    }
}
