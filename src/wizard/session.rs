//! The session with AWS: made, made again, lost.

use super::{Effect, Mode, Place, Ticket, Wizard};
use crate::account::{Failure, Question, Reading, Source};

/// The practice scenario that somebody without credentials is offered.
const FIRST_PRACTICE: &str = "fresh";

/// Where the session with AWS stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Session {
    /// On its way.
    Connecting,
    /// There is none, and why.
    Absent(Failure),
    /// Established; the facts say who is signed in.
    Established,
}

impl Wizard {
    /// Where the account's users sign in.
    #[must_use]
    pub fn sign_in_address(&self) -> String {
        let Some(caller) = self.caller() else { return String::new() };
        let alias = self.facts.alias.known().and_then(Option::as_deref);
        caller.partition().user_sign_in(alias.unwrap_or(&caller.account))
    }

    /// Whether there is a session to ask with.
    pub(super) fn can_ask(&self) -> bool {
        self.session == Session::Established && self.sign_in.over.is_none()
    }

    /// Whether a connection, a change or the practice console is on its way: no other may start.
    pub(super) fn is_occupied(&self) -> bool {
        self.pending.is_some()
    }

    /// Starts a connection. Whatever is on its way belongs to the old one, and its reply will be dropped.
    pub(super) fn connect(&mut self) -> Vec<Effect> {
        let ticket = self.ticket();
        self.known = self.caller().cloned().or_else(|| self.known.take());
        self.reads.clear();
        self.pending = Some(ticket);
        self.session = Session::Connecting;
        vec![match (&self.mode, &self.sign_in.source) {
            (Mode::Practice { .. }, _) if self.sign_in.as_user.is_some() => {
                Effect::ConnectAs(ticket, self.sign_in.as_user.clone().unwrap_or_default())
            }
            (Mode::Live, source) if *source != Source::AsStarted => Effect::ConnectWith(ticket, source.clone()),
            (mode, _) => Effect::Connect(ticket, mode.clone()),
        }]
    }

    pub(super) fn connected(&mut self, ticket: Ticket, result: Result<(), Failure>) -> Vec<Effect> {
        if self.pending != Some(ticket) {
            return Vec::new();
        }
        self.pending = None;
        match result {
            Ok(()) => self.read(vec![Question::Caller]),
            Err(failure) => self.absent(failure),
        }
    }

    pub(super) fn absent(&mut self, failure: Failure) -> Vec<Effect> {
        self.note_end(Some(&failure));
        self.session = Session::Absent(failure);
        self.remember_place();
        self.place = Place::SignIn;
        self.sign_in.cursor = 0;
        self.prefer_way();
        self.look_around(true)
    }

    pub(super) fn signed_in(&mut self) -> Vec<Effect> {
        match &self.facts.caller {
            Reading::Known { value: caller, .. } => {
                let caller = caller.clone();
                self.settle_sign_in(&caller);
                self.session = Session::Established;
                let mut effects = self.claim(caller.account);
                effects.extend(self.look_around(false));
                effects
            }
            Reading::Failed(failure) => {
                let failure = failure.clone();
                self.absent(failure)
            }
            Reading::Unread | Reading::Closed(_) => Vec::new(),
        }
    }

    pub(super) fn reconnect(&mut self) -> Vec<Effect> {
        if self.is_occupied() { Vec::new() } else { self.connect() }
    }

    pub(super) fn practise(&mut self) -> Vec<Effect> {
        if self.is_occupied() {
            return Vec::new();
        }
        self.mode = Mode::Practice { scenario: FIRST_PRACTICE.into() };
        self.connect()
    }
}
