//! The lock-out guard: the ways to prove that somebody other than root gets in. Nothing is called finished before.

mod asking;

use super::keys::Intent;
use super::{Effect, Mode, Overlay, Stage, Ticket, Wizard};
use crate::account::facts::User;
use crate::account::second_way::{found, second_way};
use crate::account::source::ProfileKind;
use crate::account::{Caller, Change, Failure, Principal, Question, SecondWay, Shown, Subject, Timestamp};
use crate::journal::Note;

/// Between two looks whether an administrator has signed in.
const PAUSE: time::Duration = time::Duration::seconds(15);

/// A way to prove it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proving {
    /// An administrator signs in at the console, and IAM shows it. With a name in practice, where the console is simulated.
    Console(Option<String>),
    /// That profile answers who it is.
    Profile(String),
    /// `aws login` makes that profile, which then answers who it is.
    Login(String),
    /// Whoever is signed in here is it.
    Session,
    /// A person accepts the risk.
    Accept,
}

/// What the page about the second way in knows.
#[derive(Debug, Default)]
pub struct Guard {
    /// The way under the cursor.
    pub cursor: usize,
    /// The account's number, as far as it was typed, once that was chosen.
    pub typed: Option<String>,
    /// What came of the last try.
    pub said: Option<String>,
    /// Something of root's was changed in this session, so that leaving without proof is asked about.
    pub root_was_touched: bool,
    /// When AWS is asked next whether an administrator has signed in.
    next: Option<Timestamp>,
    /// The profile that is being asked, or that a command on its way signs in.
    asked: Option<(Ticket, Option<String>)>,
}

impl Guard {
    /// At its start; `root_was_touched` as given.
    pub(super) fn anew(root_was_touched: bool) -> Self {
        Self { root_was_touched, ..Self::default() }
    }

    /// One character more of the account's number.
    pub(super) fn type_in(&mut self, character: char) {
        if let Some(typed) = &mut self.typed
            && typed.chars().count() < 40
        {
            typed.push(character);
        }
    }
}

impl Wizard {
    /// The second way in, or that the risk of having none was accepted.
    #[must_use]
    pub fn second_way(&self) -> Option<SecondWay> {
        second_way(&self.facts)
    }

    /// Administrators who have a console password.
    pub(super) fn with_password(&self) -> Vec<&User> {
        let has_password = |user: &&User| {
            user.sign_in.as_ref().is_some_and(|sign_in| matches!(sign_in.password.known(), Some(Some(_))))
        };
        self.facts
            .people
            .known()
            .map(|people| people.administrators().filter(has_password).collect())
            .unwrap_or_default()
    }

    /// The names of the administrators who have a console password.
    #[must_use]
    pub fn sign_in_names(&self) -> Vec<&str> {
        self.with_password().into_iter().map(|user| user.name.as_str()).collect()
    }

    /// The ways to prove a second way in, the best first.
    #[must_use]
    pub fn provings(&self) -> Vec<Proving> {
        let users = self.with_password();
        let is_open = !self.is_proven();
        let mut ways = Vec::new();
        match (&self.mode, &self.sign_in.machine) {
            (Mode::Practice { .. }, _) => {
                let users = users.iter().filter(|_| is_open);
                ways.extend(users.map(|user| Proving::Console(Some(user.name.clone()))));
            }
            (Mode::Live, machine) => {
                ways.extend(is_open.then_some(Proving::Console(None)));
                let profiles = machine.iter().flat_map(|machine| &machine.profiles);
                let usable = profiles.filter(|profile| profile.kind != ProfileKind::Nothing);
                ways.extend(usable.map(|profile| Proving::Profile(profile.name.clone())));
                ways.extend(machine.iter().map(|machine| Proving::Login(machine.free_name_like("admin"))));
            }
        }
        let is_role_or_user = |caller: &Caller| matches!(caller.principal, Principal::User(_) | Principal::Role { .. });
        if is_open && self.caller().is_some_and(is_role_or_user) {
            ways.push(Proving::Session);
        }
        ways.extend(is_open.then_some(Proving::Accept));
        ways
    }

    /// The way under the cursor. What is proven meanwhile makes the list shorter.
    #[must_use]
    pub fn picked_proving(&self) -> usize {
        self.guard.cursor.min(self.provings().len().saturating_sub(1))
    }

    /// Opens the page.
    pub(super) fn open_guard(&mut self) -> Vec<Effect> {
        if self.caller().is_none() {
            self.remark = Some("First somebody has to be signed in.".into());
            return Vec::new();
        }
        self.overlay = Overlay::SecondWay;
        self.guard = Guard { next: Some(self.now), ..Guard::anew(self.guard.root_was_touched) };
        let mut effects = self.look_around(true);
        effects.extend(self.look_for_sign_in());
        effects
    }

    /// When AWS wants to be asked whether an administrator has signed in.
    pub(super) fn guards_at(&self) -> Option<Timestamp> {
        let waits = self.overlay == Overlay::SecondWay && self.mode == Mode::Live && self.can_ask();
        self.guard.next.filter(|_| waits && !self.is_proven() && !self.is_reading(&Question::People))
    }

    fn is_proven(&self) -> bool {
        self.second_way().is_some_and(|way| way.is_proof())
    }

    /// Asks who has signed in, if its time has come.
    pub(super) fn look_for_sign_in(&mut self) -> Vec<Effect> {
        if self.guards_at().is_none_or(|at| at > self.now) {
            return Vec::new();
        }
        self.guard.next = Some(self.now + PAUSE);
        self.read(vec![Question::People])
    }

    /// A key on the page.
    pub(super) fn in_guard(&mut self, intent: Intent) -> Vec<Effect> {
        let last = self.provings().len().saturating_sub(1);
        match (intent, &mut self.guard.typed) {
            (Intent::Back, typed @ Some(_)) => *typed = None,
            (Intent::Back, None) => self.close_overlay(),
            (Intent::Choose, Some(_)) => return self.accept(),
            (Intent::Erase(_), Some(typed)) => {
                typed.pop();
            }
            (Intent::Clear, Some(typed)) => typed.clear(),
            (Intent::Move(by), None) => {
                self.guard.cursor = self.guard.cursor.min(last).saturating_add_signed(by).min(last);
            }
            (Intent::Choose, None) => return self.choose_proving(),
            _ => {}
        }
        Vec::new()
    }

    fn choose_proving(&mut self) -> Vec<Effect> {
        let Some(way) = self.provings().into_iter().nth(self.picked_proving()) else { return Vec::new() };
        if way == Proving::Accept {
            self.guard.typed = Some(String::new());
            self.guard.said = None;
            return Vec::new();
        }
        if self.is_occupied() {
            self.remark = Some("One thing at a time: something is still on its way.".into());
            return Vec::new();
        }
        self.guard.said = None;
        match way {
            Proving::Console(Some(user)) => vec![Effect::ConsoleSignIn(self.set_pending(), user)],
            Proving::Console(None) => {
                self.guard.next = Some(self.now);
                self.look_for_sign_in()
            }
            Proving::Profile(name) => self.ask(name),
            Proving::Login(profile) => self.run_for_proof(profile),
            Proving::Session => {
                let caller = self.caller().cloned();
                caller.map_or_else(Vec::new, |caller| self.judge_answer(&caller, None))
            }
            Proving::Accept => Vec::new(),
        }
    }

    fn judge_answer(&mut self, caller: &Caller, profile: Option<String>) -> Vec<Effect> {
        match SecondWay::by(caller, profile, &self.facts, self.now) {
            Ok(way) => {
                self.guard.said = None;
                self.note(Note::SecondWay(way)).into_iter().collect()
            }
            Err(why) => {
                self.guard.said = Some(why);
                Vec::new()
            }
        }
    }

    /// The practice console has signed an administrator in, or not.
    pub(super) fn console_signed_in(&mut self, ticket: Ticket, result: Result<(), Failure>) -> Vec<Effect> {
        if self.pending != Some(ticket) {
            return Vec::new();
        }
        self.pending = None;
        match result {
            Ok(()) => self.read(vec![Question::People]),
            Err(failure) => {
                self.guard.said = Some(failure.to_string());
                Vec::new()
            }
        }
    }

    /// The account's number was typed, or something else.
    fn accept(&mut self) -> Vec<Effect> {
        let account = self.caller().map(|caller| caller.account.clone()).unwrap_or_default();
        let typed = self.guard.typed.take().unwrap_or_default();
        if account.is_empty() || typed.trim() != account {
            self.remark = Some("That is not this account's number. Nothing was accepted.".into());
            self.guard.typed = Some(typed);
            return Vec::new();
        }
        if self.is_proven() || found(&self.facts).is_some() {
            return Vec::new();
        }
        let way = SecondWay { how: Shown::Accepted, at: self.now };
        self.note(Note::SecondWay(way)).into_iter().collect()
    }

    /// Whether the person is asked before the program ends: root was changed, and nobody else is known to get in.
    #[must_use]
    pub fn leaves_root_alone(&self) -> bool {
        self.guard.root_was_touched && self.second_way().is_none()
            || self.steps.iter().any(|step| matches!(step.stage, Stage::Parting(_)))
    }
}

/// Whether `change` is about root itself.
pub(super) fn touches_root(change: &Change) -> bool {
    matches!(
        change,
        Change::SetKeyStatus { owner: Subject::Root, .. }
            | Change::DeleteKey { owner: Subject::Root, .. }
            | Change::SetCertificateStatus { owner: Subject::Root, .. }
            | Change::DeleteCertificate { owner: Subject::Root, .. }
            | Change::EnableRootDevice { .. }
    )
}
