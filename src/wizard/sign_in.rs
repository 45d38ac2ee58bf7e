//! Signing in: `aws login` run for the person, another profile, and back to where one was when a session has expired in
//! the middle.

use super::keys::Intent;
use super::stage::{Parting, Stage};
use super::ways::{Ended, Way, errand};
use super::{Effect, Event, Guard, Mode, Place, Session, Ticket, Wizard};
use crate::account::{Caller, Failure, Fault, Machine, Source};
use crate::steps::StepId;

/// What the sign-in page knows.
#[derive(Debug, Default)]
pub struct SignIn {
    /// Where the session in use comes from, or the one that is being made.
    pub source: Source,
    /// What there is on the machine, once it has been looked at.
    pub machine: Option<Machine>,
    /// The list of ways is shown although somebody is signed in.
    pub is_open: bool,
    /// The way under the cursor.
    pub cursor: usize,
    /// How the last command ended, in a sentence.
    pub ended: Option<String>,
    /// Who signs in to the practice account, if it is not whom its scenario names.
    pub as_user: Option<String>,
    /// The session is over, as AWS or the credentials' source has said.
    pub over: Option<Failure>,
    /// Where the person was when somebody had to sign in again.
    back: Option<Place>,
    /// The look around whose result counts.
    looking: Option<Ticket>,
    /// The profile that the command on its way signs in.
    signing: Option<(String, String)>,
}

impl SignIn {
    /// The person has gone somewhere else by themselves.
    pub(super) fn forget_way_back(&mut self) {
        self.back = None;
    }
}

impl Wizard {
    /// What else on the machine points at another account than the one that is signed in, each in a sentence.
    #[must_use]
    pub fn contradictions(&self) -> Vec<String> {
        match (&self.mode, &self.sign_in.machine, self.caller()) {
            (Mode::Live, Some(machine), Some(caller)) => machine.contradictions(&self.sign_in.source, caller),
            _ => Vec::new(),
        }
    }

    /// Somebody wants to sign in, differently or again. On the practice account that needs nobody.
    pub(super) fn open_sign_in(&mut self) -> Vec<Effect> {
        if self.is_occupied() {
            self.remark = Some("One thing at a time: something is still on its way.".into());
            return Vec::new();
        }
        if self.mode != Mode::Live {
            if self.parting().is_some() {
                self.sign_in.as_user = self.successor();
            }
            return self.connect();
        }
        (self.overlay, self.beneath) = (super::Overlay::None, super::Overlay::None);
        self.remember_place();
        self.place = Place::SignIn;
        self.sign_in.is_open = true;
        self.sign_in.cursor = 0;
        self.sign_in.ended = None;
        self.prefer_way();
        self.look_around(true)
    }

    /// Where to return to once somebody is signed in again.
    pub(super) fn remember_place(&mut self) {
        if self.place != Place::SignIn {
            self.sign_in.back = Some(self.place);
        }
    }

    /// Has the machine looked at, if there is an account to be signed in to; `cli`: the AWS CLI too.
    pub(super) fn look_around(&mut self, cli: bool) -> Vec<Effect> {
        if self.mode != Mode::Live {
            return Vec::new();
        }
        let ticket = self.ticket();
        self.sign_in.looking = Some(ticket);
        vec![Effect::LookAround(ticket, cli)]
    }

    pub(super) fn found(&mut self, ticket: Ticket, machine: Machine) {
        if self.sign_in.looking == Some(ticket) {
            self.sign_in.looking = None;
            let is_first = self.sign_in.machine.is_none();
            let before = self.sign_in.machine.take().and_then(|before| before.cli);
            self.sign_in.machine = Some(Machine { cli: machine.cli.or(before), ..machine });
            if is_first {
                self.prefer_way();
            }
            self.sign_in.cursor = self.sign_in.cursor.min(self.ways().len().saturating_sub(1));
        }
    }

    /// Whether the machine is being looked at.
    #[must_use]
    pub fn is_looking_around(&self) -> bool {
        self.sign_in.looking.is_some()
    }

    pub(super) fn on_sign_in(&mut self, intent: Intent) -> Vec<Effect> {
        if !self.offers_ways() {
            return if intent == Intent::Choose && self.session == Session::Established {
                self.turn(1)
            } else {
                Vec::new()
            };
        }
        let last = self.ways().len().saturating_sub(1);
        match intent {
            Intent::Move(by) => self.sign_in.cursor = self.sign_in.cursor.saturating_add_signed(by).min(last),
            Intent::Choose => return self.choose_way(),
            Intent::Back if self.session == Session::Established => self.close_sign_in(),
            _ => {}
        }
        Vec::new()
    }

    /// Back to where the person was, with the session as it is.
    fn close_sign_in(&mut self) {
        self.sign_in.is_open = false;
        self.sign_in.ended = None;
        self.place = self.sign_in.back.take().unwrap_or(Place::SignIn);
    }

    fn choose_way(&mut self) -> Vec<Effect> {
        let Some(offer) = self.ways().into_iter().nth(self.sign_in.cursor) else {
            self.remark = Some("One moment: looking for what there is.".into());
            return Vec::new();
        };
        if let Some(blocked) = offer.blocked {
            self.remark = Some(blocked);
            return Vec::new();
        }
        if self.is_occupied() {
            self.remark = Some("One thing at a time: something is still on its way.".into());
            return Vec::new();
        }
        if let Some(step) = self.steps.iter().find(|step| step.stage.holds_secrets()) {
            let title = step.id.definition().title();
            self.remark = Some(format!("First keep what the step \"{title}\" shows: it can't be shown again."));
            return Vec::new();
        }
        match offer.way {
            Way::Login { profile, .. } => self.run("login", profile),
            Way::Sso(profile) => self.run("sso login", profile),
            Way::Profile(name) => self.connect_to(Source::Profile(name)),
            Way::Environment => self.connect_to(Source::Environment),
            Way::AsStarted => self.connect_to(Source::AsStarted),
            Way::Practise => self.practise(),
        }
    }

    fn connect_to(&mut self, source: Source) -> Vec<Effect> {
        self.sign_in.source = source;
        self.sign_in.ended = None;
        self.connect()
    }

    /// Hands the terminal over to the AWS CLI, once its version is known.
    fn run(&mut self, command: &str, profile: String) -> Vec<Effect> {
        let machine = self.sign_in.machine.as_ref();
        let found = machine.and_then(|machine| Some((machine, machine.cli.as_ref()?)));
        let Some((machine, Ok(program))) = found.map(|(machine, cli)| (machine, cli.for_sso())) else {
            self.remark = Some("One moment: looking for the AWS CLI.".into());
            return if self.is_looking_around() { Vec::new() } else { self.look_around(true) };
        };
        let errand = errand(program, command, &profile, machine);
        let words = format!("`aws {}`", errand.arguments.join(" "));
        self.sign_in.ended = None;
        self.sign_in.signing = Some((profile, words));
        vec![Effect::Run(self.set_pending(), errand)]
    }

    pub(super) fn returned(&mut self, ticket: Ticket, ended: &Ended) -> Vec<Effect> {
        let (true, Some((profile, words))) = (self.pending == Some(ticket), self.sign_in.signing.take()) else {
            return Vec::new();
        };
        self.pending = None;
        let said = format!("{words} {}.", ended.words());
        if *ended == Ended::Code(0) {
            let effects = self.connect_to(Source::Profile(profile));
            self.sign_in.ended = Some(said);
            return effects;
        }
        self.sign_in.ended = Some(said);
        self.look_around(true)
    }

    /// Notes that the session is over, whoever says so.
    pub(super) fn note_end(&mut self, failure: Option<&Failure>) {
        if let Some(failure) = failure.filter(|failure| failure.fault == Fault::ExpiredSession) {
            self.sign_in.over.get_or_insert_with(|| failure.clone());
        }
    }

    /// Somebody is signed in: as before, or somebody else. Whoever was in the middle of something goes on there.
    pub(super) fn settle_sign_in(&mut self, now: &Caller) {
        let before = self.known.replace(now.clone());
        let was_over = self.sign_in.over.take().is_some();
        let (back, was_open) = (self.sign_in.back.take(), std::mem::take(&mut self.sign_in.is_open));
        let ended = self.sign_in.ended.take();
        match before {
            Some(before) if !before.is_same_as(now) => self.start_over(&before, now),
            Some(_) => {
                self.place = back.unwrap_or(self.place);
                if was_over || was_open || back.is_some() {
                    self.remark = Some("Signed in as before. Everything is as you left it, and is read again.".into());
                }
            }
            None => {}
        }
        if let Some(ended) = ended {
            let remark = self.remark.take().map_or_else(String::new, |remark| format!(" {remark}"));
            self.remark = Some(format!("{ended}{remark}"));
        }
    }

    /// Somebody else is signed in than before: nothing that was known or filled in may be carried over. Only secrets that
    /// nobody has kept yet stay on their page, where nothing can be sent from.
    fn start_over(&mut self, before: &Caller, now: &Caller) {
        let same_account = before.account == now.account && before.partition() == now.partition();
        let facts = std::mem::take(&mut *self.facts);
        self.facts.caller = facts.caller;
        if same_account {
            // What was said and shown of the account stays true of it, whoever looks.
            self.facts.answers = facts.answers;
            self.facts.second_way = facts.second_way;
        }
        for step in &mut self.steps {
            step.draft = None;
            match &mut step.stage {
                Stage::Showing(hand_over) => {
                    hand_over.next = None;
                    hand_over.rest.iter_mut().for_each(|kept| kept.device = None);
                    hand_over.record.lines.clear();
                }
                // This is whom it waited for.
                Stage::Parting(_) if same_account => {}
                Stage::Parting(parting) => {
                    self.farewell.push(parting_words(&before.account, parting));
                    step.stage = Stage::default();
                }
                Stage::Refused(refusal) => {
                    self.farewell.extend(super::leave::unshown(&refusal.kept));
                    step.stage = Stage::default();
                }
                Stage::Enrolling(enrolment) => {
                    self.farewell.extend(super::leave::unshown_of(&enrolment.rest));
                    step.stage = Stage::default();
                }
                stage => *stage = Stage::default(),
            }
        }
        self.place = Place::SignIn;
        if self.parting().is_some() {
            self.place = Place::Step(StepId::RootKeys);
            self.remark = Some(format!("Signed in as {}.", now.principal.words()));
            return;
        }
        let touched = same_account && self.guard.root_was_touched;
        self.guard = Guard::anew(touched);
        let words = if before.account == now.account {
            let (before, now) = (before.principal.words(), now.principal.words());
            format!("Somebody else is signed in now: {now}, not {before}. Everything starts anew.")
        } else {
            format!("Another account is signed in now: {}. Everything starts anew.", now.account)
        };
        self.remark = Some(words);
    }
}

/// That a key was deleted which nobody has seen gone.
pub(super) fn parting_words(account: &str, parting: &Parting) -> String {
    let last_four = parting.last_four();
    format!(
        "Root key …{last_four} of account {account}: nobody else has seen yet that it is gone. Sign in as the administrator and run `lockroot check`."
    )
}

/// Takes in what concerns signing in only.
pub(super) fn update(wizard: &mut Wizard, event: Event) -> Vec<Effect> {
    match event {
        Event::Found(ticket, machine) => {
            wizard.found(ticket, machine);
            Vec::new()
        }
        Event::Returned(ticket, ended) => match wizard.returned_for_proof(ticket, &ended) {
            Some(effects) => effects,
            None => wizard.returned(ticket, &ended),
        },
        _ => Vec::new(),
    }
}
