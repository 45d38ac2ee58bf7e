//! The table of pending requests, each with the page that waits. A reply whose ticket is not in it is outdated and
//! dropped.

use std::collections::BTreeMap;

use super::event::Ticket;
use crate::account::{Change, Question};

/// Identifies a slot in a stack. A page that replaces another keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct SlotId(pub(super) u64);

/// The kind of a request decides which others may be pending at the same time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum RequestKind {
    /// A question to AWS. A newer read of the same question, a change or a connection cancels it.
    Read(Question),
    /// Changes the account. Nothing else that changes anything may start until it ends.
    Change,
    Connection,
    /// Asks AWS who signs with that profile, as proof of a second way in; or runs the command that creates it.
    Proof(String),
    /// Any other request that nothing may overlap: a command that has the terminal, the practice console, another
    /// profile.
    Exclusive,
    /// An inspection of the machine. A newer one cancels it.
    Machine,
    /// Claims that account, so that only one lockroot changes it.
    Claim(String),
    /// Loads the journal of that account.
    Journal(String),
    /// A file, a password or a browser, for the page alone.
    OfPage,
}

#[derive(Debug, Default)]
pub(super) struct Requests {
    last: u64,
    slots: u64,
    open: BTreeMap<Ticket, (RequestKind, SlotId)>,
    /// The ticket of each question's newest answer.
    answered: BTreeMap<Question, Ticket>,
    /// The page that handles the current input. New requests belong to it.
    pub(super) asking: SlotId,
}

impl Requests {
    pub(super) fn new_slot(&mut self) -> SlotId {
        self.slots += 1;
        SlotId(self.slots)
    }

    /// Issues a ticket for a request of the current page.
    pub(super) fn issue(&mut self, kind: RequestKind) -> Ticket {
        if matches!(kind, RequestKind::Read(_) | RequestKind::Machine) {
            self.open.retain(|_, (other, _)| *other != kind);
        }
        self.last += 1;
        let ticket = Ticket(self.last);
        self.open.insert(ticket, (kind, self.asking));
        ticket
    }

    /// The request that this reply answers. `None`: it is outdated.
    pub(super) fn resolve(&mut self, ticket: Ticket) -> Option<(RequestKind, SlotId)> {
        let open = self.open.remove(&ticket)?;
        if let RequestKind::Read(question) = &open.0 {
            self.answered.insert(question.clone(), ticket);
        }
        Some(open)
    }

    /// Drops all pending reads: their answers may be older than a change or a connection.
    pub(super) fn overtake_reads(&mut self) {
        self.drop_reads(|_| true);
    }

    /// Drops the pending reads of `those` questions.
    pub(super) fn drop_reads(&mut self, those: impl Fn(&Question) -> bool) {
        self.open.retain(|_, (kind, _)| !matches!(kind, RequestKind::Read(question) if those(question)));
    }

    /// A connection begins. Pending reads and exclusive requests belong to the old one and are dropped.
    pub(super) fn start_over(&mut self) {
        self.open.retain(|_, (kind, _)| {
            !matches!(
                kind,
                RequestKind::Read(_) | RequestKind::Connection | RequestKind::Proof(_) | RequestKind::Exclusive
            )
        });
    }

    pub(super) fn reads(&self) -> impl Iterator<Item = &Question> {
        self.open.values().filter_map(|(kind, _)| match kind {
            RequestKind::Read(question) => Some(question),
            _ => None,
        })
    }

    pub(super) fn is_reading(&self, question: &Question) -> bool {
        self.reads().any(|read| read == question)
    }

    /// Whether a request is pending that no other may overlap.
    pub(super) fn is_occupied(&self) -> bool {
        self.has(|kind| {
            matches!(
                kind,
                RequestKind::Change | RequestKind::Connection | RequestKind::Proof(_) | RequestKind::Exclusive
            )
        })
    }

    pub(super) fn is_changing(&self) -> bool {
        self.has(|kind| *kind == RequestKind::Change)
    }

    pub(super) fn is_looking_around(&self) -> bool {
        self.has(|kind| *kind == RequestKind::Machine)
    }

    fn has(&self, those: impl Fn(&RequestKind) -> bool) -> bool {
        self.open.values().any(|(kind, _)| those(kind))
    }

    /// A wait for the answers to `questions`, which the caller asks next.
    pub(super) fn wait(&self, questions: Vec<Question>) -> Wait {
        Wait { questions, after: self.last }
    }

    fn has_answered(&self, question: &Question, after: u64) -> bool {
        self.answered.get(question).is_some_and(|ticket| ticket.0 > after)
    }

    /// Whether every answer has arrived.
    pub(super) fn has_come(&self, wait: &Wait) -> bool {
        wait.questions.iter().all(|question| self.has_answered(question, wait.after))
    }

    /// Questions of `wait` whose reads were dropped, because of a new connection or a change.
    pub(super) fn lost(&self, wait: &Wait) -> Vec<Question> {
        let lost = |question: &&Question| !self.has_answered(question, wait.after) && !self.is_reading(question);
        wait.questions.iter().filter(lost).cloned().collect()
    }
}

/// Answers that a page waits for. Only reads that started after the wait count: an older answer says nothing about the
/// current state.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wait {
    questions: Vec<Question>,
    after: u64,
}

impl Wait {
    /// The same wait, extended by `further` questions.
    pub(super) fn with(&self, further: Vec<Question>) -> Self {
        let mut questions = self.questions.clone();
        questions.extend(further);
        questions.sort();
        questions.dedup();
        Self { questions, after: self.after }
    }
}

/// Questions about single users that show whether `changes` took effect.
pub(super) fn shown_by<'a>(changes: impl Iterator<Item = &'a Change>) -> Vec<Question> {
    changes.filter_map(|change| change.declares().shown_by()).collect()
}
