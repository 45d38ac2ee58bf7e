//! The ways to sign in that there are, the best first, and the commands that lead there.

use super::{Mode, Session, Wizard};
use crate::account::source::{Profile, ProfileKind};
use crate::account::{Machine, Source};

/// A way to sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way {
    /// `aws login` with that profile; `anew`: one that does not exist yet.
    Login {
        /// The profile's name.
        profile: String,
        /// Whether it is new.
        anew: bool,
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
pub struct Offer {
    /// The way.
    pub way: Way,
    /// Why it can't be gone now, and what to do.
    pub blocked: Option<String>,
}

/// A command that needs the terminal for itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Errand {
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
    pub(super) fn words(&self) -> String {
        match self {
            Self::Code(0) => "ended well (exit code 0)".into(),
            Self::Code(code) => format!("ended with exit code {code}"),
            Self::Signal(signal) => format!("was ended by signal {signal}"),
            Self::NotStarted(why) => format!("could not be started: {why}"),
        }
    }
}

impl Wizard {
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
    pub fn ways(&self) -> Vec<Offer> {
        let Some(machine) = &self.sign_in.machine else { return Vec::new() };
        // Before the AWS CLI has been asked for its version nothing is known to speak against it.
        let cli = machine.cli.as_ref();
        let login = cli.and_then(|cli| cli.for_login().err());
        let sso = cli.and_then(|cli| cli.for_sso().err());
        let mut ways = Vec::new();
        let selected = machine.profile(machine.selected(&self.sign_in.source).0);
        match selected.filter(|_| !machine.uses_key(&self.sign_in.source)) {
            Some(Profile { name, kind: ProfileKind::Login, .. }) => {
                ways.push(Offer { way: Way::Login { profile: name.clone(), anew: false }, blocked: login.clone() });
            }
            Some(Profile { name, kind: ProfileKind::Sso, .. }) => {
                ways.push(Offer { way: Way::Sso(name.clone()), blocked: sso });
            }
            _ => {}
        }
        // After root's own key it is somebody else who signs in.
        let profile = if self.parting().is_some() { machine.free_name_like("admin") } else { machine.free_name() };
        ways.push(Offer { way: Way::Login { profile, anew: true }, blocked: login });
        let open = |way| Offer { way, blocked: None };
        let usable = machine.profiles.iter().filter(|profile| profile.kind != ProfileKind::Nothing);
        ways.extend(usable.map(|profile| open(Way::Profile(profile.name.clone()))));
        ways.extend(machine.key.iter().map(|_| open(Way::Environment)));
        if self.sign_in.source != Source::AsStarted {
            ways.push(open(Way::AsStarted));
        }
        ways.push(open(Way::Practise));
        ways
    }
}

/// `aws login` or `aws sso login` with that profile.
pub(super) fn errand(program: &str, command: &str, profile: &str, machine: &Machine) -> Errand {
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
    Errand { program: program.to_owned(), arguments }
}
