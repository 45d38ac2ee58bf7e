//! Sends requests to AWS, the practice console and the machine: one table of pending requests, one change at a
//! time.

use super::World;
use crate::account::{Change, Question};
use crate::steps::StepId;
use crate::wizard::event::{Effect, Request, Ticket};
use crate::wizard::pages::calls::Permit;
use crate::wizard::requests::{RequestKind, SlotId, Wait};

/// Questions about single users that are on their way at once: there may be thousands of users.
const AT_ONCE: usize = 4;

impl World {
    pub(in crate::wizard) fn ask(&mut self, kind: RequestKind, request: Request) -> Ticket {
        let ticket = self.requests.issue(kind);
        self.out.push(Effect::Ask(ticket, request));
        ticket
    }

    /// Sends a request that only the page waits for.
    pub(in crate::wizard) fn ask_for_page(&mut self, request: Request) -> Ticket {
        self.ask(RequestKind::OfPage, request)
    }

    /// Sends a request that must not overlap a change or a connection. The caller has checked that none is pending.
    pub(in crate::wizard) fn ask_exclusively(&mut self, request: Request) -> Ticket {
        self.ask(RequestKind::Exclusive, request)
    }

    /// Requests from now on belong to the page in that slot, which gets their answers.
    pub(in crate::wizard) fn set_requester(&mut self, slot: SlotId) {
        self.requests.asking = slot;
    }

    pub(in crate::wizard) fn resolve(&mut self, ticket: Ticket) -> Option<(RequestKind, SlotId)> {
        self.requests.resolve(ticket)
    }

    /// Asks AWS; an earlier request for the same is overtaken.
    pub(in crate::wizard) fn read(&mut self, questions: impl IntoIterator<Item = Question>) {
        for question in questions {
            self.ask(RequestKind::Read(question.clone()), Request::Read(question));
        }
    }

    /// Asks `questions` about single users that are not on their way, a few at a time: the others have their turn when an answer
    /// has come.
    pub(in crate::wizard) fn ask_in_turn(&mut self, questions: Vec<Question>) {
        if !self.can_ask() || self.is_occupied() {
            return;
        }
        let room = AT_ONCE.saturating_sub(self.requests.reads().filter_map(Question::user).count());
        let unasked = questions.into_iter().filter(|question| !self.is_reading(question));
        let turn: Vec<Question> = unasked.take(room).collect();
        self.read(turn);
    }

    /// Asks again all that `id` rests on, and what it shows of single users.
    pub(in crate::wizard) fn read_again(&mut self, id: StepId) {
        self.read(id.questions(&self.facts));
        self.read(id.definition().questions_again(&self.facts));
    }

    /// Asks `question` anew; what was known of it counts no more.
    pub(in crate::wizard) fn ask_afresh(&mut self, question: Question) {
        self.facts.forget(&question);
        self.read([question]);
    }

    /// Asks `questions` and waits for the answers.
    pub(in crate::wizard) fn wait_for(&mut self, questions: Vec<Question>) -> Wait {
        let wait = self.requests.wait(questions.clone());
        self.read(questions);
        wait
    }

    /// Whether every answer has come; one that was overtaken is asked for again.
    pub(in crate::wizard) fn has_come(&mut self, wait: &Wait) -> bool {
        let has_come = self.requests.has_come(wait);
        if !has_come {
            let lost = self.requests.lost(wait);
            self.read(lost);
        }
        has_come
    }

    /// Asks anew all that `step` rests on, and forgets what was known of it: something may have changed.
    pub(in crate::wizard) fn read_afresh(&mut self, step: StepId, further: Vec<Question>) {
        let mut questions = step.questions(&self.facts);
        questions.extend(further);
        questions.iter().for_each(|question| self.facts.forget(question));
        // A change overtakes reads of other steps too: whatever is unread by now is asked along.
        questions.extend(self.all_questions().into_iter().filter(|question| self.facts.is_unread(question)));
        questions.sort();
        questions.dedup();
        self.read(questions);
    }

    /// Sends a change of the account. Reads on their way are overtaken by it, and what it replaces is remembered first.
    pub(in crate::wizard) fn apply(&mut self, change: Change, _: Permit) -> Ticket {
        debug_assert!(!self.is_occupied(), "one change at a time: {}", change.action());
        self.requests.overtake_reads();
        self.keep_previous(&change);
        self.note_sending(&change);
        self.ask(RequestKind::Change, Request::Apply(change))
    }

    /// Whether anything is on its way, so that motion is honest.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.is_occupied() || self.requests.reads().next().is_some() || self.claimed.is_asking()
    }

    /// Whether a connection, a change or the practice console is on its way: no other may start.
    #[must_use]
    pub fn is_occupied(&self) -> bool {
        self.requests.is_occupied()
    }

    /// The same, and says so.
    pub(in crate::wizard) fn is_occupied_and_says_so(&mut self) -> bool {
        let is_occupied = self.is_occupied();
        if is_occupied {
            self.say("One thing at a time: a call is still in progress.");
        }
        is_occupied
    }

    /// Whether a change is on its way, for whose end the program waits.
    #[must_use]
    pub fn is_changing(&self) -> bool {
        self.requests.is_changing()
    }

    /// Whether the machine is being looked at.
    #[must_use]
    pub fn is_looking_around(&self) -> bool {
        self.requests.is_looking_around()
    }

    /// Whether `question` is on its way.
    #[must_use]
    pub fn is_reading(&self, question: &Question) -> bool {
        self.requests.is_reading(question)
    }

    /// Whether anything that `id` rests on is on its way.
    #[must_use]
    pub fn is_reading_for(&self, id: StepId) -> bool {
        id.questions(&self.facts).iter().any(|question| self.is_reading(question))
            || self.requests.reads().any(|question| id.definition().asks_of_one(question))
    }
}
