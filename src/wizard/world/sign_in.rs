//! The ways to sign in, best first, and the commands for them.

use super::{Session, World};
use crate::account::source::{Profile, ProfileKind};
use crate::account::{Caller, CredentialSource, Failure, Machine, ProofKind};
use crate::wizard::event::Request;
use crate::wizard::requests::RequestKind;
use crate::wizard::{Mode, Place};

/// State of signing in.
#[derive(Debug, Default)]
pub struct Signing {
    /// Source of the current session, or of the one that is being made.
    pub source: CredentialSource,
    /// Credentials found on the machine, once it has been inspected.
    pub machine: Option<Machine>,
    /// Whether the list of ways is open although a principal is signed in.
    pub is_open: bool,
    /// How the last command ended, in a sentence.
    pub ended: Option<String>,
    /// User for the practice account, if not the one of its scenario.
    pub as_user: Option<String>,
    /// Why the session has expired, as AWS or the credentials' source reported.
    pub over: Option<Failure>,
    /// The principal before the last connection.
    pub(super) known: Option<Caller>,
    /// The place to return to after signing in again.
    back: Option<Place>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignInMethod {
    /// `aws login` with that profile.
    Login {
        profile: String,
        /// Whether the profile does not exist yet.
        is_new: bool,
    },
    /// `aws sso login` with that profile.
    Sso(String),
    /// That profile's credentials.
    Profile(String),
    /// The keys in the environment.
    Environment,
    /// The credentials that lockroot was started with.
    AsStarted,
    Practise,
}

/// A way to sign in, and whether it is available.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignInOption {
    pub method: SignInMethod,
    /// Why it is not available, and what to do.
    pub blocked: Option<String>,
}

/// A command that needs the terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TerminalCommand {
    /// Path of the program.
    pub program: String,
    /// Arguments, passed without a shell.
    pub arguments: Vec<String>,
}

/// How a command ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ended {
    /// It exited with that code.
    Code(i32),
    /// A signal ended it.
    Signal(i32),
    /// It did not start, for that reason.
    NotStarted(String),
}

impl Ended {
    pub(in crate::wizard) fn words(&self) -> String {
        match self {
            Self::Code(0) => "ended well (exit code 0)".into(),
            Self::Code(code) => format!("ended with exit code {code}"),
            Self::Signal(signal) => format!("was ended by signal {signal}"),
            Self::NotStarted(why) => format!("could not be started: {why}"),
        }
    }
}

impl World {
    #[must_use]
    pub fn sign_in(&self) -> &Signing {
        &self.sign_in
    }

    /// Other sources on the machine that belong to another account, each in a sentence.
    #[must_use]
    pub fn contradictions(&self) -> Vec<String> {
        match (&self.mode, &self.sign_in.machine, self.caller()) {
            (Mode::Live, Some(machine), Some(caller)) => machine.contradictions(&self.sign_in.source, caller),
            _ => Vec::new(),
        }
    }

    /// Where this machine stores the key `id`, in a sentence. `None`: not inspected yet, or practice.
    #[must_use]
    pub fn holders_of(&self, id: &str) -> Option<String> {
        let machine = self.sign_in.machine.as_ref().filter(|_| self.mode == Mode::Live)?;
        Some(match machine.places_of(id).as_slice() {
            [] => "This machine: no profile and not the environment holds it.".into(),
            [place] => format!("This machine: {place} holds it."),
            places => format!("This machine: {} hold it.", places.join(" and ")),
        })
    }

    /// Inspects the machine in LIVE mode. `cli`: asks the AWS CLI for its version too.
    pub(in crate::wizard) fn look_around(&mut self, cli: bool) {
        if self.mode == Mode::Live {
            self.ask(RequestKind::Machine, Request::InspectMachine(cli));
        }
    }

    /// Takes the result of an inspection. Returns whether it was the first.
    pub(in crate::wizard) fn found(&mut self, machine: Machine) -> bool {
        let is_first = self.sign_in.machine.is_none();
        let before = self.sign_in.machine.take().and_then(|before| before.cli);
        self.sign_in.machine = Some(Machine { cli: machine.cli.or(before), ..machine });
        is_first
    }

    /// Opens the list of ways. The person was at `place`.
    pub(in crate::wizard) fn open_ways(&mut self, place: Place) {
        self.remember_place(place);
        self.sign_in.is_open = true;
        self.sign_in.ended = None;
    }

    /// Closes the list. Returns the place where the person was.
    pub(in crate::wizard) fn close_ways(&mut self) -> Place {
        self.sign_in.is_open = false;
        self.sign_in.ended = None;
        self.sign_in.back.take().unwrap_or(Place::SignIn)
    }

    /// The person has gone to `place`, so lockroot does not return them elsewhere.
    pub(in crate::wizard) fn went_to(&mut self, place: Place) {
        self.sign_in.is_open = false;
        if place != Place::SignIn {
            self.sign_in.back = None;
        }
    }

    /// Remembers where to return after signing in again.
    pub(in crate::wizard) fn remember_place(&mut self, place: Place) {
        if place != Place::SignIn {
            self.sign_in.back = Some(place);
        }
    }

    /// Notes how a command ended, in a sentence.
    pub(in crate::wizard) fn note_command(&mut self, ended: Option<String>) {
        self.sign_in.ended = ended;
    }

    /// A principal is signed in. Returns the previous one, and the place to return to if the session had been
    /// interrupted.
    pub(in crate::wizard) fn settle_sign_in(&mut self, now: &Caller) -> SignedInAgain {
        let before = self.sign_in.known.replace(now.clone());
        let was_over = self.sign_in.over.take().is_some();
        let (back, was_open) = (self.sign_in.back.take(), std::mem::take(&mut self.sign_in.is_open));
        SignedInAgain {
            before,
            back,
            was_cut_short: was_over || was_open || back.is_some(),
            ended: self.sign_in.ended.take(),
        }
    }

    /// In practice: the administrator signs in after root's key is deleted.
    pub(in crate::wizard) fn sign_in_as_successor(&mut self) {
        if self.removal.is_some() {
            self.sign_in.as_user = self.successor();
        }
        self.connect();
    }

    /// Index of the way to preselect. After root's key is deleted: the one that proved the second way in, or a new
    /// `aws login`.
    pub(in crate::wizard) fn best_way(&self) -> usize {
        if self.removal.is_none() {
            return 0;
        }
        let profile = match self.second_way().map(|way| way.how) {
            Some(ProofKind::Answered { profile, .. }) => profile,
            _ => None,
        };
        let ways = self.ways();
        let proven =
            profile.and_then(|name| ways.iter().position(|offer| offer.method == SignInMethod::Profile(name.clone())));
        let login = || ways.iter().position(|offer| matches!(offer.method, SignInMethod::Login { is_new: true, .. }));
        proven.or_else(login).unwrap_or(0)
    }

    /// Whether to show the list of ways.
    #[must_use]
    pub fn offers_ways(&self) -> bool {
        let shown = match self.session {
            Session::Absent(_) => true,
            Session::Established => self.sign_in.is_open,
            Session::Connecting => false,
        };
        shown && self.mode == Mode::Live
    }

    /// The ways to sign in, best first. Empty until the machine has been inspected.
    #[must_use]
    pub fn ways(&self) -> Vec<SignInOption> {
        let Some(machine) = &self.sign_in.machine else { return Vec::new() };
        // Until the AWS CLI's version is known, nothing is blocked.
        let cli = machine.cli.as_ref();
        let login = cli.and_then(|cli| cli.for_login().err());
        let sso = cli.and_then(|cli| cli.for_sso().err());
        let mut ways = Vec::new();
        let selected = machine.profile(machine.selected(&self.sign_in.source).0);
        match selected.filter(|_| !machine.uses_key(&self.sign_in.source)) {
            Some(Profile { name, kind: ProfileKind::Login, .. }) => {
                ways.push(SignInOption {
                    method: SignInMethod::Login { profile: name.clone(), is_new: false },
                    blocked: login.clone(),
                });
            }
            Some(Profile { name, kind: ProfileKind::Sso, .. }) => {
                ways.push(SignInOption { method: SignInMethod::Sso(name.clone()), blocked: sso });
            }
            _ => {}
        }
        // After root's key is deleted, another principal signs in.
        let profile = if self.removal.is_some() { machine.free_name_like("admin") } else { machine.free_name() };
        ways.push(SignInOption { method: SignInMethod::Login { profile, is_new: true }, blocked: login });
        let open = |method| SignInOption { method, blocked: None };
        let usable = machine.profiles.iter().filter(|profile| profile.kind != ProfileKind::Nothing);
        ways.extend(usable.map(|profile| open(SignInMethod::Profile(profile.name.clone()))));
        ways.extend(machine.key.iter().map(|_| open(SignInMethod::Environment)));
        if self.sign_in.source != CredentialSource::AsStarted {
            ways.push(open(SignInMethod::AsStarted));
        }
        ways.push(open(SignInMethod::Practise));
        ways
    }
}

/// Result of a sign-in.
pub(in crate::wizard) struct SignedInAgain {
    /// The previous principal.
    pub before: Option<Caller>,
    /// The place to return to.
    pub back: Option<Place>,
    /// Whether it interrupted the person's work.
    pub was_cut_short: bool,
    /// How the command that signed in ended.
    pub ended: Option<String>,
}

pub(in crate::wizard) fn aws_command(
    program: &str,
    command: &str,
    profile: &str,
    machine: &Machine,
) -> TerminalCommand {
    let mut arguments: Vec<String> = command.split(' ').map(str::to_owned).collect();
    arguments.extend(["--profile".to_owned(), profile.to_owned()]);
    if command == "login" {
        if let Some(region) = &machine.region {
            arguments.extend(["--region".to_owned(), region.clone()]);
        }
        if machine.is_remote {
            arguments.push("--remote".into());
        }
    } else if machine.is_remote {
        arguments.push("--use-device-code".into());
    }
    TerminalCommand { program: program.to_owned(), arguments }
}
