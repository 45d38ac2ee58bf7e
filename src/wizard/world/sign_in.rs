//! The ways to sign in, best first, and the commands for them.

use super::{Session, World};
use crate::account::source::{Profile, ProfileKind};
use crate::account::{Caller, CredentialSource, Failure, Machine, ProofKind};
use crate::wizard::event::Request;
use crate::wizard::requests::RequestKind;
use crate::wizard::{Mode, Place};

/// What is known of signing in.
#[derive(Debug, Default)]
pub struct Signing {
    /// Where the session in use comes from, or the one that is being made.
    pub source: CredentialSource,
    /// What there is on the machine, once it has been looked at.
    pub machine: Option<Machine>,
    /// The list of ways is shown although somebody is signed in.
    pub is_open: bool,
    /// How the last command ended, in a sentence.
    pub ended: Option<String>,
    /// Who signs in to the practice account, if it is not whom its scenario names.
    pub as_user: Option<String>,
    /// The session is over, as AWS or the credentials' source has said.
    pub over: Option<Failure>,
    /// Who was signed in before the last connection was made.
    pub(super) known: Option<Caller>,
    /// Where the person was when somebody had to sign in again.
    back: Option<Place>,
}

/// A way to sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignInMethod {
    /// `aws login` with that profile; `anew`: one that does not exist yet.
    Login {
        /// The profile's name.
        profile: String,
        /// Whether it is new.
        is_new: bool,
    },
    /// `aws sso login` with that profile.
    Sso(String),
    /// The credentials of that profile, as they are.
    Profile(String),
    /// The keys in the environment.
    Environment,
    /// What lockroot was started with.
    AsStarted,
    /// The practice account.
    Practise,
}

/// A way, and why it can't be gone, if so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignInOption {
    /// The way.
    pub method: SignInMethod,
    /// Why it can't be gone now, and what to do.
    pub blocked: Option<String>,
}

/// A command that needs the terminal for itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TerminalCommand {
    /// The program's path.
    pub program: String,
    /// Its arguments, none of which any shell sees.
    pub arguments: Vec<String>,
}

/// How a command ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ended {
    /// With that exit code.
    Code(i32),
    /// By that signal.
    Signal(i32),
    /// It never started; why.
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
    /// What is known of signing in.
    #[must_use]
    pub fn sign_in(&self) -> &Signing {
        &self.sign_in
    }

    /// What else on the machine points at another account than the one that is signed in, each in a sentence.
    #[must_use]
    pub fn contradictions(&self) -> Vec<String> {
        match (&self.mode, &self.sign_in.machine, self.caller()) {
            (Mode::Live, Some(machine), Some(caller)) => machine.contradictions(&self.sign_in.source, caller),
            _ => Vec::new(),
        }
    }

    /// What on this machine holds the key called `id`, in a sentence. `None`: the machine has not been looked at, or it is
    /// practice.
    #[must_use]
    pub fn holders_of(&self, id: &str) -> Option<String> {
        let machine = self.sign_in.machine.as_ref().filter(|_| self.mode == Mode::Live)?;
        Some(match machine.places_of(id).as_slice() {
            [] => "This machine: no profile and not the environment holds it.".into(),
            [place] => format!("This machine: {place} holds it."),
            places => format!("This machine: {} hold it.", places.join(" and ")),
        })
    }

    /// Has the machine looked at, if there is an account to be signed in to; `cli`: the AWS CLI too.
    pub(in crate::wizard) fn look_around(&mut self, cli: bool) {
        if self.mode == Mode::Live {
            self.ask(RequestKind::Machine, Request::InspectMachine(cli));
        }
    }

    /// The machine has been looked at; whether that was the first time.
    pub(in crate::wizard) fn found(&mut self, machine: Machine) -> bool {
        let is_first = self.sign_in.machine.is_none();
        let before = self.sign_in.machine.take().and_then(|before| before.cli);
        self.sign_in.machine = Some(Machine { cli: machine.cli.or(before), ..machine });
        is_first
    }

    /// The list of ways is opened by the person, who was at `place`.
    pub(in crate::wizard) fn open_ways(&mut self, place: Place) {
        self.remember_place(place);
        self.sign_in.is_open = true;
        self.sign_in.ended = None;
    }

    /// The list is closed again, with the session as it is: where the person was.
    pub(in crate::wizard) fn close_ways(&mut self) -> Place {
        self.sign_in.is_open = false;
        self.sign_in.ended = None;
        self.sign_in.back.take().unwrap_or(Place::SignIn)
    }

    /// The person has gone to `place` by themselves.
    pub(in crate::wizard) fn went_to(&mut self, place: Place) {
        self.sign_in.is_open = false;
        if place != Place::SignIn {
            self.sign_in.back = None;
        }
    }

    /// Where to return to once somebody is signed in again.
    pub(in crate::wizard) fn remember_place(&mut self, place: Place) {
        if place != Place::SignIn {
            self.sign_in.back = Some(place);
        }
    }

    /// A command has ended, in a sentence.
    pub(in crate::wizard) fn note_command(&mut self, ended: Option<String>) {
        self.sign_in.ended = ended;
    }

    /// Somebody is signed in: who it was before, and where the person is to return to if something was cut short.
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

    /// In practice: the administrator signs in after root's key is gone.
    pub(in crate::wizard) fn sign_in_as_successor(&mut self) {
        if self.removal.is_some() {
            self.sign_in.as_user = self.successor();
        }
        self.connect();
    }

    /// The way by which the second way in was proven, or else `aws login`, after root's own key is gone.
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

    /// Whether the list of ways is shown.
    #[must_use]
    pub fn offers_ways(&self) -> bool {
        let shown = match self.session {
            Session::Absent(_) => true,
            Session::Established => self.sign_in.is_open,
            Session::Connecting => false,
        };
        shown && self.mode == Mode::Live
    }

    /// The ways there are, the best first; none before the machine has been looked at.
    #[must_use]
    pub fn ways(&self) -> Vec<SignInOption> {
        let Some(machine) = &self.sign_in.machine else { return Vec::new() };
        // Before the AWS CLI has been asked for its version nothing is known to speak against it.
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
        // After root's own key it is somebody else who signs in.
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

/// Somebody is signed in, perhaps again.
pub(in crate::wizard) struct SignedInAgain {
    /// Who was signed in before.
    pub before: Option<Caller>,
    /// Where the person was.
    pub back: Option<Place>,
    /// Something was cut short by it.
    pub was_cut_short: bool,
    /// How the command ended that did it.
    pub ended: Option<String>,
}

/// `aws login` or `aws sso login` with that profile.
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
