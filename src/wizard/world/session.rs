//! The session with AWS: connecting, established, ended.

use super::World;
use crate::account::{Caller, CredentialSource, Failure, Fault, Question};
use crate::wizard::Mode;
use crate::wizard::event::Request;
use crate::wizard::requests::RequestKind;

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

impl World {
    /// Where the session with AWS stands.
    #[must_use]
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// Where the account's users sign in.
    #[must_use]
    pub fn sign_in_address(&self) -> String {
        self.facts.sign_in_address()
    }

    /// Whether there is a session to ask with.
    #[must_use]
    pub fn can_ask(&self) -> bool {
        self.session == Session::Established && self.sign_in.over.is_none()
    }

    /// Starts a connection. Whatever is on its way belongs to the old one, and its reply will be dropped.
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

    /// Whoever is signed in signs otherwise from now on: what they may see can be more, or less.
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

    /// Goes over to the practice account.
    pub(in crate::wizard) fn practise(&mut self) {
        if !self.is_occupied() {
            self.mode = Mode::Practice { scenario: FIRST_PRACTICE.into() };
            self.connect();
        }
    }

    /// With the credentials of that source.
    pub(in crate::wizard) fn connect_to(&mut self, source: CredentialSource) {
        self.sign_in.source = source;
        self.sign_in.ended = None;
        self.connect();
    }

    /// There is no session, and why.
    pub(in crate::wizard) fn has_no_session(&mut self, failure: Failure) {
        self.note_end(Some(&failure));
        self.session = Session::Absent(failure);
    }

    /// Somebody is signed in; the facts say who.
    pub(in crate::wizard) fn has_session(&mut self) {
        self.session = Session::Established;
    }

    /// Notes that the session is over, whoever says so.
    pub(in crate::wizard) fn note_end(&mut self, failure: Option<&Failure>) {
        if let Some(failure) = failure.filter(|failure| failure.fault == Fault::ExpiredSession) {
            self.sign_in.over.get_or_insert_with(|| failure.clone());
        }
    }

    /// The session ended with something that the person wanted.
    pub(in crate::wizard) fn note_wanted_end(&mut self, failure: Failure) {
        self.sign_in.over = Some(failure);
    }

    /// Somebody else is signed in than `before`: nothing that was known may be carried over, but what was said and shown of
    /// the same account, which stays true of it, whoever looks.
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

/// Whether both are of the same account.
pub(in crate::wizard) fn is_same_account(one: &Caller, other: &Caller) -> bool {
    one.account == other.account && one.partition() == other.partition()
}
