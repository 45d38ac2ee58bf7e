//! Sends requests to AWS, the practice console and the machine: one table of pending requests, one change at a time.

use super::World;
use crate::account::{Change, Question};
use crate::steps::StepId;
use crate::wizard::event::{Effect, Request, Ticket};
use crate::wizard::pages::calls::Permit;
use crate::wizard::requests::{RequestKind, SlotId, Wait};

/// Pending questions about single users, because there may be thousands of users.
const AT_ONCE: usize = 4;

impl World {
    pub(in crate::wizard) fn ask(&mut self, kind: RequestKind, request: Request) -> Ticket {
        let ticket = self.requests.issue(kind);
        self.out.push(Effect::Ask(ticket, request));
        ticket
    }

    /// Sends a request whose reply only the page needs.
    pub(in crate::wizard) fn ask_for_page(&mut self, request: Request) -> Ticket {
        self.ask(RequestKind::OfPage, request)
    }

    /// Sends a request that must not overlap a change or a connection. The caller has checked that none is pending.
    pub(in crate::wizard) fn ask_exclusively(&mut self, request: Request) -> Ticket {
        self.ask(RequestKind::Exclusive, request)
    }

    /// New requests belong to the page in that slot, which gets the replies.
    pub(in crate::wizard) fn set_requester(&mut self, slot: SlotId) {
        self.requests.asking = slot;
    }

    pub(in crate::wizard) fn resolve(&mut self, ticket: Ticket) -> Option<(RequestKind, SlotId)> {
        self.requests.resolve(ticket)
    }

    /// Asks AWS. A pending request for the same question is dropped.
    pub(in crate::wizard) fn read(&mut self, questions: impl IntoIterator<Item = Question>) {
        for question in questions {
            self.ask(RequestKind::Read(question.clone()), Request::Read(question));
        }
    }

    /// Asks questions about single users, a few at a time. Each answer makes room for the next.
    pub(in crate::wizard) fn ask_in_turn(&mut self, questions: Vec<Question>) {
        if !self.can_ask() || self.is_occupied() {
            return;
        }
        let room = AT_ONCE.saturating_sub(self.requests.reads().filter_map(Question::user).count());
        let unasked = questions.into_iter().filter(|question| !self.is_reading(question));
        let turn: Vec<Question> = unasked.take(room).collect();
        self.read(turn);
    }

    /// Reads everything again that `id` needs, and its details of single users.
    pub(in crate::wizard) fn read_again(&mut self, id: StepId) {
        self.read(id.questions(&self.facts));
        self.read(id.definition().questions_again(&self.facts));
    }

    /// Forgets the answer to `question` and asks again.
    pub(in crate::wizard) fn ask_afresh(&mut self, question: Question) {
        self.facts.forget(&question);
        self.read([question]);
    }

    /// Asks `questions` and returns a wait for the answers.
    pub(in crate::wizard) fn wait_for(&mut self, questions: Vec<Question>) -> Wait {
        let wait = self.requests.wait(questions.clone());
        self.read(questions);
        wait
    }

    /// Whether every answer has arrived. Dropped questions are asked again.
    pub(in crate::wizard) fn has_come(&mut self, wait: &Wait) -> bool {
        let has_come = self.requests.has_come(wait);
        if !has_come {
            let lost = self.requests.lost(wait);
            self.read(lost);
        }
        has_come
    }

    /// Forgets and reads everything that `step` needs, because something may have changed.
    pub(in crate::wizard) fn read_afresh(&mut self, step: StepId, further: Vec<Question>) {
        let mut questions = step.questions(&self.facts);
        questions.extend(further);
        questions.iter().for_each(|question| self.facts.forget(question));
        // A change drops reads of other steps too, so every unread question is asked as well.
        questions.extend(self.all_questions().into_iter().filter(|question| self.facts.is_unread(question)));
        questions.sort();
        questions.dedup();
        self.read(questions);
    }

    /// Sends a change of the account. Pending reads become outdated, and what it replaces is written to the journal
    /// first.
    pub(in crate::wizard) fn apply(&mut self, change: Change, _: Permit) -> Ticket {
        debug_assert!(!self.is_occupied(), "one change at a time: {}", change.action());
        self.requests.overtake_reads();
        self.keep_previous(&change);
        self.note_sending(&change);
        self.ask(RequestKind::Change, Request::Apply(change))
    }

    /// Whether any request is pending. Only then the spinner moves.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.is_occupied() || self.requests.reads().next().is_some() || self.claimed.is_asking()
    }

    /// Whether a request is pending that no other may overlap.
    #[must_use]
    pub fn is_occupied(&self) -> bool {
        self.requests.is_occupied()
    }

    /// Same as [`Self::is_occupied`], and shows a remark.
    pub(in crate::wizard) fn is_occupied_and_says_so(&mut self) -> bool {
        let is_occupied = self.is_occupied();
        if is_occupied {
            self.say("One thing at a time: a call is still in progress.");
        }
        is_occupied
    }

    /// Whether a change is pending. The program waits for it before it ends.
    #[must_use]
    pub fn is_changing(&self) -> bool {
        self.requests.is_changing()
    }

    /// Whether an inspection of the machine is pending.
    #[must_use]
    pub fn is_looking_around(&self) -> bool {
        self.requests.is_looking_around()
    }

    /// Whether a read of `question` is pending.
    #[must_use]
    pub fn is_reading(&self, question: &Question) -> bool {
        self.requests.is_reading(question)
    }

    /// Whether any read that `id` needs is pending.
    #[must_use]
    pub fn is_reading_for(&self, id: StepId) -> bool {
        id.questions(&self.facts).iter().any(|question| self.is_reading(question))
            || self.requests.reads().any(|question| id.definition().asks_of_one(question))
    }
}
