//! Records the proof that somebody other than root can sign in, whatever page is in front.

use super::World;
use crate::account::facts::User;
use crate::account::second_way::{found, second_way};
use crate::account::source::ProfileKind;
use crate::account::{Caller, CredentialSource, Principal, ProofKind, Question, SecondWay};
use crate::journal::Note;
use crate::wizard::Mode;
use crate::wizard::event::{Reply, Request};
use crate::wizard::requests::RequestKind;
use crate::wizard::world::sign_in::{Ended, aws_command};

/// A method to prove a second way in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProofMethod {
    /// An administrator signs in at the console, and IAM shows it. In practice: the user that the simulated console
    /// signs in.
    Console(Option<String>),
    /// That profile's credentials are an administrator's.
    Profile(String),
    /// `aws login` makes that profile.
    Login(String),
    /// The current session is of a role that may be an administrator. A user who is one has proven it already.
    Session,
    /// A person accepts the risk.
    Accept,
}

impl World {
    /// The proven second way in, or the accepted risk.
    #[must_use]
    pub fn second_way(&self) -> Option<SecondWay> {
        second_way(&self.facts)
    }

    /// Administrators who have a console password.
    pub(in crate::wizard) fn with_password(&self) -> Vec<&User> {
        let has_password = |user: &&User| {
            user.sign_in.as_ref().is_some_and(|sign_in| matches!(sign_in.password.known(), Some(Some(_))))
        };
        self.facts
            .people
            .known()
            .map(|people| people.administrators().filter(has_password).collect())
            .unwrap_or_default()
    }

    /// User names of the administrators with a console password.
    #[must_use]
    pub fn sign_in_names(&self) -> Vec<&str> {
        self.with_password().into_iter().map(|user| user.name.as_str()).collect()
    }

    /// The methods to prove a second way in, best first.
    #[must_use]
    pub fn proof_methods(&self) -> Vec<ProofMethod> {
        let users = self.with_password();
        let is_open = !self.is_proven();
        let mut ways = Vec::new();
        match (&self.mode, &self.sign_in.machine) {
            (Mode::Practice { .. }, _) => {
                let users = users.iter().filter(|_| is_open);
                ways.extend(users.map(|user| ProofMethod::Console(Some(user.name.clone()))));
            }
            (Mode::Live, machine) => {
                ways.extend(is_open.then_some(ProofMethod::Console(None)));
                let profiles = machine.iter().flat_map(|machine| &machine.profiles);
                let usable = profiles.filter(|profile| profile.kind != ProfileKind::Nothing);
                ways.extend(usable.map(|profile| ProofMethod::Profile(profile.name.clone())));
                ways.extend(machine.iter().map(|machine| ProofMethod::Login(machine.free_name_like("admin"))));
            }
        }
        let proves = |caller: &Caller| SecondWay::by(caller, None, &self.facts, self.now).is_ok();
        if is_open && self.caller().is_some_and(proves) {
            ways.push(ProofMethod::Session);
        }
        ways.extend(is_open.then_some(ProofMethod::Accept));
        ways
    }

    /// In practice: the administrator who signs in after root's key is deleted.
    #[must_use]
    pub fn successor(&self) -> Option<String> {
        let proven = match self.second_way()?.how {
            ProofKind::Seen(user) => Some(user),
            ProofKind::Answered { arn, .. } => match Principal::of_arn(&arn) {
                Principal::User(user) => Some(user),
                _ => None,
            },
            ProofKind::Accepted => None,
        };
        proven.or_else(|| self.with_password().first().map(|user| user.name.clone()))
    }

    #[must_use]
    pub fn is_proven(&self) -> bool {
        self.second_way().is_some_and(|way| way.is_proof())
    }

    /// Whether to ask before quitting: root was changed and no second way in is known, or the deleted key is
    /// unconfirmed.
    #[must_use]
    pub fn leaves_root_alone(&self) -> bool {
        self.root_was_touched && self.second_way().is_none() || self.removal.is_some()
    }

    /// Asks AWS who signs with a profile's credentials. The current session stays.
    pub(in crate::wizard) fn identify(&mut self, profile: String) {
        self.ask(RequestKind::Proof(profile.clone()), Request::Identify(CredentialSource::Profile(profile)));
    }

    /// Runs `aws login` for a profile, and then identifies it. Returns why that is impossible.
    pub(in crate::wizard) fn log_in_for_proof(&mut self, profile: String) -> Result<(), String> {
        let machine = self.sign_in.machine.as_ref();
        let found = machine.and_then(|machine| Some((machine, machine.cli.as_ref()?)));
        let (machine, cli) = found.ok_or("Wait a moment: looking for the AWS CLI.")?;
        let command = aws_command(cli.for_login()?, "login", &profile, machine);
        self.ask(RequestKind::Proof(profile), Request::Run(command));
        Ok(())
    }

    /// Notes `caller` as the second way in, or returns why they are none.
    pub(in crate::wizard) fn take_for_second_way(
        &mut self,
        caller: &Caller,
        profile: Option<String>,
    ) -> Result<(), String> {
        let way = SecondWay::by(caller, profile, &self.facts, self.now)?;
        self.note(Note::SecondWay(way));
        Ok(())
    }

    /// Notes that the person accepts the risk.
    pub(in crate::wizard) fn accept_no_second_way(&mut self) {
        if !self.is_proven() && found(&self.facts).is_none() {
            let way = SecondWay { how: ProofKind::Accepted, at: self.now };
            self.note(Note::SecondWay(way));
        }
    }

    /// Handles the reply of a proof. Returns a sentence for the page.
    pub(in crate::wizard) fn take_proof(&mut self, profile: String, reply: Reply) -> Option<String> {
        match reply {
            Reply::Identified(Ok(caller)) => self.take_for_second_way(&caller, Some(profile)).err(),
            Reply::Identified(Err(failure)) => Some(format!("AWS did not answer. {failure}. {}", failure.advice())),
            Reply::Returned(ended) => {
                self.look_around(true);
                if ended == Ended::Code(0) {
                    self.identify(profile);
                    return None;
                }
                Some(format!("`aws login` {}.", ended.words()))
            }
            _ => None,
        }
    }

    /// Reads whether an administrator has signed in.
    pub(in crate::wizard) fn look_for_sign_in(&mut self) {
        self.read([Question::People]);
    }
}
