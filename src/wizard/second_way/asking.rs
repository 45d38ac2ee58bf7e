//! Asking other credentials who they are, beside the session that there is: a profile, or one that `aws login` makes.

use crate::account::{Caller, Failure, Source};
use crate::wizard::ways::{Ended, Errand, errand};
use crate::wizard::{Effect, Ticket, Wizard};

impl Wizard {
    /// Asks a profile who it is, beside the session that there is.
    pub(super) fn ask(&mut self, profile: String) -> Vec<Effect> {
        let ticket = self.set_pending();
        self.guard.asked = Some((ticket, Some(profile.clone())));
        vec![Effect::Ask(ticket, Source::Profile(profile))]
    }

    pub(super) fn run_for_proof(&mut self, profile: String) -> Vec<Effect> {
        let machine = self.sign_in.machine.as_ref();
        let errand: Result<Errand, String> = match machine.and_then(|machine| Some((machine, machine.cli.as_ref()?))) {
            Some((machine, cli)) => cli.for_login().map(|program| errand(program, "login", &profile, machine)),
            None => Err("One moment: looking for the AWS CLI.".into()),
        };
        match errand {
            Ok(errand) => {
                let ticket = self.set_pending();
                self.guard.asked = Some((ticket, Some(profile)));
                vec![Effect::Run(ticket, errand)]
            }
            Err(why) => {
                self.guard.said = Some(why);
                Vec::new()
            }
        }
    }

    /// A command has ended; `None`: it was not one for the proof.
    pub(in crate::wizard) fn returned_for_proof(&mut self, ticket: Ticket, ended: &Ended) -> Option<Vec<Effect>> {
        let (_, profile) = self.guard.asked.take_if(|(asked, _)| *asked == ticket)?;
        if self.pending != Some(ticket) {
            return Some(Vec::new());
        }
        self.pending = None;
        match profile {
            Some(profile) if *ended == Ended::Code(0) => {
                let mut effects = self.look_around(true);
                effects.extend(self.ask(profile));
                Some(effects)
            }
            _ => {
                self.guard.said = Some(format!("`aws login` {}.", ended.words()));
                Some(self.look_around(true))
            }
        }
    }

    /// Somebody has answered who it is, or nobody has.
    pub(in crate::wizard) fn answered(&mut self, ticket: Ticket, result: Result<Caller, Failure>) -> Vec<Effect> {
        if self.pending != Some(ticket) {
            return Vec::new();
        }
        self.pending = None;
        let Some((_, profile)) = self.guard.asked.take_if(|(asked, _)| *asked == ticket) else { return Vec::new() };
        match result {
            Ok(caller) => self.judge_answer(&caller, profile),
            Err(failure) => {
                self.guard.said = Some(format!("It did not answer. {failure}. {}", failure.advice()));
                Vec::new()
            }
        }
    }
}
