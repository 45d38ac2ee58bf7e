//! Events in, effects out: what every event does to the wizard. Keys are in `press`, the ways between stages in `flow`.

use super::second_way;
use super::stage::{Enrolee, Enrolment, Progress, Refusal, Stage};
use super::{Effect, Event, Mode, Place, Session, Ticket, Wizard};
use crate::account::{Change, Door, Fact, Failure, NewDevice, Outcome, Question, Reading, Source, Timestamp};
use crate::checks;
use crate::secret::Secret;
use crate::steps::StepId;

/// Takes in `event`, which happened at `now`. Total: an event that means nothing here changes nothing.
pub fn update(wizard: &mut Wizard, now: Timestamp, event: Event) -> Vec<Effect> {
    wizard.now = now;
    match event {
        Event::Key(press) => wizard.press(press),
        Event::Connected(ticket, result) => wizard.connected(ticket, result),
        Event::Learned(ticket, question, fact) => wizard.learned(ticket, question, fact),
        Event::Applied(ticket, change, result) => wizard.applied(ticket, change, result),
        Event::ConsoleOffered(ticket, result) => wizard.console_offered(ticket, result),
        Event::ConsoleAssigned(ticket, result) => wizard.console_assigned(ticket, result),
        Event::Generated(password) => wizard.generated(&password),
        Event::Saved(result) => {
            wizard.remark = Some(match result {
                Ok(files) => format!("Written: {}.", files.join(", ")),
                Err(said) => format!("It could not be written: {said}"),
            });
            Vec::new()
        }
        Event::Sealed(result) => wizard.sealed(result),
        Event::Opened(result) => {
            wizard.remark = Some(match result {
                Ok(()) => "Sent to your browser.".into(),
                Err(said) => {
                    format!("No browser could be opened ({said}). y copies the address, a shows it as a QR code.")
                }
            });
            Vec::new()
        }
        Event::Answered(ticket, result) => wizard.answered(ticket, result),
        Event::ConsoleSignedIn(ticket, result) => wizard.console_signed_in(ticket, result),
        event @ (Event::Found(..) | Event::Returned(..)) => super::sign_in::update(wizard, event),
        Event::Remembered(account, result) => wizard.remembered(&account, result),
        Event::Tick => wizard.tick(),
        Event::Interrupted => wizard.interrupted(),
    }
}

impl Wizard {
    pub(super) fn ticket(&mut self) -> Ticket {
        self.tickets += 1;
        Ticket(self.tickets)
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

    fn connected(&mut self, ticket: Ticket, result: Result<(), Failure>) -> Vec<Effect> {
        if self.pending != Some(ticket) {
            return Vec::new();
        }
        self.pending = None;
        match result {
            Ok(()) => self.read(vec![Question::Caller]),
            Err(failure) => self.absent(failure),
        }
    }

    fn absent(&mut self, failure: Failure) -> Vec<Effect> {
        self.note_end(Some(&failure));
        self.session = Session::Absent(failure);
        self.remember_place();
        self.place = Place::SignIn;
        self.sign_in.cursor = 0;
        self.prefer_way();
        self.look_around(true)
    }

    /// Asks `questions`; an earlier ask of the same is overtaken.
    pub(super) fn read(&mut self, questions: Vec<Question>) -> Vec<Effect> {
        let mut effects = Vec::new();
        for question in questions {
            let ticket = self.ticket();
            self.reads.insert(question.clone(), ticket);
            effects.push(Effect::Read(ticket, question));
        }
        effects
    }

    /// Asks anew all that `step` rests on, and forgets what was known of it: something may have changed.
    pub(super) fn read_afresh(&mut self, step: StepId, further: Vec<Question>) -> Vec<Effect> {
        let mut questions = step.questions();
        questions.extend(further);
        questions.iter().for_each(|question| self.facts.forget(question));
        // A change overtakes reads of other steps too: whatever is unread by now is asked along.
        questions.extend(all_questions().into_iter().filter(|question| self.facts.is_unread(question)));
        questions.sort();
        questions.dedup();
        self.read(questions)
    }

    fn learned(&mut self, ticket: Ticket, question: Question, fact: Fact) -> Vec<Effect> {
        if self.reads.get(&question) != Some(&ticket) {
            return Vec::new();
        }
        self.reads.remove(&question);
        self.note_end(fact.failure());
        self.heed(&fact);
        self.facts.learn(fact);
        if question == Question::Caller {
            return self.signed_in();
        }
        self.clamp_cursors();
        let mut effects: Vec<Effect> = StepId::ALL.into_iter().flat_map(|id| self.consider(id)).collect();
        effects.extend(self.go_on_examining());
        effects.extend(self.settle_waits());
        effects.extend(self.note_second_way());
        effects
    }

    /// Lets `id` go on if all that it waited for has been read.
    fn consider(&mut self, id: StepId) -> Vec<Effect> {
        if self.is_reading_for(id) {
            return Vec::new();
        }
        match &self.step(id).stage {
            Stage::Preparing(_) => self.prepared(id),
            Stage::Proving(proof) if proof.again_at.is_none() => self.judge_proof(id),
            Stage::HandedOff(_) => self.look_for_device(id),
            Stage::Parting(_) => self.look_for_key(),
            _ => Vec::new(),
        }
    }

    fn signed_in(&mut self) -> Vec<Effect> {
        match &self.facts.caller {
            Reading::Known { value: caller, .. } => {
                let caller = caller.clone();
                self.settle_sign_in(&caller);
                self.session = Session::Established;
                let mut effects = self.read(all_questions());
                effects.push(Effect::Recall(caller.account.clone()));
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

    fn applied(&mut self, ticket: Ticket, change: Change, result: Result<Outcome, Failure>) -> Vec<Effect> {
        if self.pending != Some(ticket) {
            return Vec::new();
        }
        self.pending = None;
        let Some(id) = StepId::ALL.into_iter().find(|id| matches!(self.step(*id).stage, Stage::Changing(_))) else {
            return Vec::new();
        };
        let Stage::Changing(mut progress) = self.take_stage(id) else { return Vec::new() };
        self.guard.root_was_touched |= second_way::touches_root(&change) && result.is_ok();
        if self.leaving {
            return self.leave_after(progress, change, result);
        }
        if let Some(effects) = self.part(&change, &result) {
            return effects;
        }
        match result {
            Ok(Outcome::Door(Door::Open)) => self.door_is_open(id, progress),
            Ok(Outcome::Door(Door::Closed(failure))) => self.door_is_closed(id, progress, failure),
            Ok(outcome) => {
                progress.kept.keep(&change, outcome);
                progress.done.push(change);
                if progress.waiting.is_empty() { self.prove(id, progress) } else { self.next_call(id, progress) }
            }
            Err(failure) => {
                self.note_end(Some(&failure));
                self.refuse(id, progress, change, failure)
            }
        }
    }

    fn refuse(&mut self, id: StepId, progress: Progress, change: Change, failure: Failure) -> Vec<Effect> {
        self.scroll = 0;
        let further = sign_in_questions(progress.done.iter().chain([&change]));
        let left = progress.waiting.iter().rev().map(Change::words).collect();
        self.set_stage(
            id,
            Stage::Refused(Refusal {
                tried: change.words(),
                failure,
                change: Some(change),
                done: progress.done,
                left,
                kept: progress.kept,
                origin: progress.origin,
            }),
        );
        self.read_afresh(id, further)
    }

    fn console_offered(&mut self, ticket: Ticket, result: Result<NewDevice, Failure>) -> Vec<Effect> {
        if self.pending != Some(ticket) {
            return Vec::new();
        }
        self.pending = None;
        match result {
            Ok(device) => {
                let account = self.caller().map(|caller| caller.account.clone()).unwrap_or_default();
                let mut enrolment = Enrolment::new(Enrolee::Root, device, &account);
                if let Stage::HandedOff(watch) = self.step(StepId::RootMfa).stage {
                    enrolment.watch = Some(watch);
                    self.set_stage(StepId::RootMfa, Stage::Enrolling(enrolment));
                }
            }
            Err(failure) => self.remark = Some(failure.to_string()),
        }
        Vec::new()
    }

    fn console_assigned(&mut self, ticket: Ticket, result: Result<(), Failure>) -> Vec<Effect> {
        if self.pending != Some(ticket) {
            return Vec::new();
        }
        self.pending = None;
        let Stage::Enrolling(enrolment) = &mut self.steps[StepId::RootMfa as usize].stage else { return Vec::new() };
        match (result, enrolment.watch) {
            (Ok(()), Some(watch)) => {
                self.guard.root_was_touched = true;
                self.set_stage(StepId::RootMfa, Stage::HandedOff(watch));
                self.read(StepId::RootMfa.watched())
            }
            (Err(failure), Some(_)) => {
                enrolment.problem = Some(format!("{} {}", failure.said, failure.advice()));
                Vec::new()
            }
            (_, None) => Vec::new(),
        }
    }

    fn generated(&mut self, password: &Secret) -> Vec<Effect> {
        if let Stage::Showing(hand_over) = &mut self.steps[StepId::RootSignIn as usize].stage {
            hand_over.password = Some(password.clone());
            return Vec::new();
        }
        if let Stage::Filling(draft) | Stage::Preparing(draft) = &mut self.steps[StepId::Administrator as usize].stage
            && let Some(form) = &mut draft.form
        {
            form.keep_made(password.clone());
        }
        Vec::new()
    }

    fn tick(&mut self) -> Vec<Effect> {
        let mut effects = Vec::new();
        let can_ask = self.can_ask();
        for id in StepId::ALL {
            let now = self.now;
            match &mut self.steps[id as usize].stage {
                Stage::Proving(proof) if proof.again_at.is_some_and(|at| at <= now) => {
                    proof.again_at = None;
                    let further = sign_in_questions(proof.applied.iter());
                    effects.extend(self.read_afresh(id, further));
                }
                Stage::HandedOff(watch) if watch.next <= now && can_ask => {
                    watch.polls += 1;
                    watch.next = now + poll_pause(watch.polls);
                    effects.extend(self.read(id.watched()));
                }
                _ => {}
            }
        }
        effects.extend(self.go_on_examining());
        effects.extend(self.look_at_key());
        effects.extend(self.look_again_for_key());
        effects.extend(self.look_for_sign_in());
        effects.extend(self.clear_clipboard(self.now));
        effects
    }

    pub(super) fn take_stage(&mut self, id: StepId) -> Stage {
        std::mem::take(&mut self.steps[id as usize].stage)
    }

    pub(super) fn set_stage(&mut self, id: StepId, stage: Stage) {
        self.steps[id as usize].stage = stage;
    }

    pub(super) fn set_pending(&mut self) -> Ticket {
        let ticket = self.ticket();
        self.pending = Some(ticket);
        ticket
    }

    fn clamp_cursors(&mut self) {
        for id in StepId::ALL {
            let page = self.page(id);
            if let Stage::Explaining(cursor) = &mut self.steps[id as usize].stage {
                cursor.item = cursor.item.min(page.table.rows.len().saturating_sub(1));
                cursor.action = cursor.action.min(page.actions.len().saturating_sub(1));
            }
        }
    }
}

/// Everything that any control or any step rests on, but who is signed in.
fn all_questions() -> Vec<Question> {
    let mut questions = checks::questions();
    questions.extend(StepId::ALL.into_iter().flat_map(StepId::questions));
    questions.retain(|question| *question != Question::Caller);
    questions.sort();
    questions.dedup();
    questions
}

/// The users whose ways to sign in `changes` touch.
pub(super) fn sign_in_questions<'a>(changes: impl Iterator<Item = &'a Change>) -> Vec<Question> {
    let users = changes.filter_map(|change| match change {
        Change::CreateLoginProfile { user, .. }
        | Change::SetPassword { user, .. }
        | Change::EnableDevice { user, .. } => Some(user.clone()),
        _ => None,
    });
    users.map(Question::SignIn).collect()
}

/// Pauses between two looks at AWS while a person is at the console: short at first, then gentle.
fn poll_pause(polls: u32) -> time::Duration {
    time::Duration::seconds(match polls {
        0..=20 => 3,
        21..=50 => 10,
        _ => 30,
    })
}
