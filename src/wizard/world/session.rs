//! The session with AWS: connecting, established, ended.

use super::World;
use crate::account::{Caller, CredentialSource, Failure, Fault, Question};
use crate::wizard::Mode;
use crate::wizard::event::Request;
use crate::wizard::requests::RequestKind;

/// Practice scenario offered to a person without credentials.
const FIRST_PRACTICE: &str = "fresh";

/// State of the session with AWS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Session {
    Connecting,
    /// No session, with the reason.
    Absent(Failure),
    /// Established. The facts know the principal.
    Established,
}

impl World {
    #[must_use]
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// Address where the account's users sign in.
    #[must_use]
    pub fn sign_in_address(&self) -> String {
        self.facts.sign_in_address()
    }

    /// Whether there is a session for requests.
    #[must_use]
    pub fn can_ask(&self) -> bool {
        self.session == Session::Established && self.sign_in.over.is_none()
    }

    /// Starts a connection. Pending requests belong to the old one, and their replies will be dropped.
    pub(in crate::wizard) fn connect(&mut self) {
        self.sign_in.known = self.caller().cloned().or_else(|| self.sign_in.known.take());
        self.requests.start_over();
        self.session = Session::Connecting;
        let request = match (&self.mode, &self.sign_in.source, &self.sign_in.as_user) {
            (Mode::Practice { .. }, _, Some(user)) => Request::ConnectAs(user.clone()),
            (Mode::Live, source, _) if *source != CredentialSource::AsStarted => Request::ConnectWith(source.clone()),
            (mode, ..) => Request::Connect(mode.clone()),
        };
        self.ask(RequestKind::Connection, request);
    }

    /// The session signs with other credentials of the same principal, which may allow more or less.
    pub(in crate::wizard) fn session_is_renewed(&mut self) {
        self.sign_in.known = self.caller().cloned().or_else(|| self.sign_in.known.take());
        self.sign_in.over = None;
        self.requests.overtake_reads();
        self.read([Question::Caller]);
    }

    pub(in crate::wizard) fn reconnect(&mut self) {
        if !self.is_occupied() {
            self.connect();
        }
    }

    /// Switches to the practice account.
    pub(in crate::wizard) fn practise(&mut self) {
        if !self.is_occupied() {
            self.mode = Mode::Practice { scenario: FIRST_PRACTICE.into() };
            self.connect();
        }
    }

    /// Connects with credentials from that source.
    pub(in crate::wizard) fn connect_to(&mut self, source: CredentialSource) {
        self.sign_in.source = source;
        self.sign_in.ended = None;
        self.connect();
    }

    /// Notes that there is no session, and why.
    pub(in crate::wizard) fn has_no_session(&mut self, failure: Failure) {
        self.note_end(Some(&failure));
        self.session = Session::Absent(failure);
    }

    /// Notes that a session is established.
    pub(in crate::wizard) fn has_session(&mut self) {
        self.session = Session::Established;
    }

    /// Notes that the session has expired, as AWS or the credentials' source reported.
    pub(in crate::wizard) fn note_end(&mut self, failure: Option<&Failure>) {
        if let Some(failure) = failure.filter(|failure| failure.fault == Fault::ExpiredSession) {
            self.sign_in.over.get_or_insert_with(|| failure.clone());
        }
    }

    /// Notes that the session ended by the person's own change.
    pub(in crate::wizard) fn note_wanted_end(&mut self, failure: Failure) {
        self.sign_in.over = Some(failure);
    }

    /// Another principal than `before` is signed in: facts are dropped. Answers, the second way in and accepted risks of
    /// the same account stay true.
    pub(in crate::wizard) fn forget_all_of(&mut self, before: &Caller, now: &Caller) {
        let same_account = is_same_account(before, now);
        let facts = std::mem::take(&mut *self.facts);
        self.facts.caller = facts.caller;
        if same_account {
            self.facts.answers = facts.answers;
            self.facts.second_way = facts.second_way;
            self.facts.accepted = facts.accepted;
            self.facts.parameters = facts.parameters;
        } else {
            self.done.clear();
            self.root_was_touched &= self.removal.is_some();
        }
    }
}

pub(in crate::wizard) fn is_same_account(one: &Caller, other: &Caller) -> bool {
    one.account == other.account && one.partition() == other.partition()
}
