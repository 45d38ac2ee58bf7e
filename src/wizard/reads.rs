//! Questions on their way to AWS, and what their answers let go on. An answer that was overtaken is dropped.

use super::stage::{Preparation, Stage};
use super::{Effect, Place, Session, Ticket, Wizard};
use crate::account::{Change, Fact, Question};
use crate::checks;
use crate::steps::StepId;

/// Answers that something waits for. Only those count that were asked for after it began to wait: an answer that was on its
/// way, or is known from before, says nothing of now.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Awaited {
    questions: Vec<Question>,
    after: u64,
}

impl Awaited {
    /// The same, with the answers to `further` questions.
    fn with(&self, further: Vec<Question>) -> Self {
        let mut questions = self.questions.clone();
        questions.extend(further);
        questions.sort();
        questions.dedup();
        Self { questions, after: self.after }
    }
}

impl Wizard {
    /// Asks `questions` and waits for the answers.
    pub(super) fn wait_for(&mut self, questions: Vec<Question>) -> (Awaited, Vec<Effect>) {
        let wait = Awaited { questions: questions.clone(), after: self.tickets };
        (wait, self.read(questions))
    }

    /// Whether every answer has come.
    fn has_come(&self, wait: &Awaited) -> bool {
        wait.questions.iter().all(|question| self.answered.get(question).is_some_and(|ticket| ticket.0 > wait.after))
    }

    /// Asks again what was asked for `wait` and overtaken since: by a new connection, or by another step's change.
    fn ask_again(&mut self, id: StepId) -> Vec<Effect> {
        let Stage::Preparing(Preparation { wait, .. }) = &self.step(id).stage else { return Vec::new() };
        let lost = |question: &&Question| {
            let has_come = self.answered.get(question).is_some_and(|ticket| ticket.0 > wait.after);
            !has_come && !self.reads.contains_key(question)
        };
        let lost = wait.questions.iter().filter(lost).cloned().collect();
        self.read(lost)
    }

    /// Whether anything that `id` rests on is on its way.
    #[must_use]
    pub fn is_reading_for(&self, id: StepId) -> bool {
        id.questions().iter().any(|question| self.reads.contains_key(question))
            || self.reads.keys().any(|question| matches!(question, Question::SignIn(_)) && id == StepId::Administrator)
    }

    /// Whether `question` is on its way.
    #[must_use]
    pub fn is_reading(&self, question: &Question) -> bool {
        self.reads.contains_key(question)
    }

    /// A change is about to be sent: whatever is still being read belongs to the time before it.
    pub(super) fn drop_reads(&mut self) {
        self.reads.clear();
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

    pub(super) fn read_again(&mut self) -> Vec<Effect> {
        let mut effects = self.read_place_again();
        effects.extend(self.claim_again());
        effects
    }

    fn read_place_again(&mut self) -> Vec<Effect> {
        if self.parting().is_some() && !self.can_ask() {
            self.remark = Some("This session ended with root's key. Ctrl-L: sign in as the administrator.".into());
            return Vec::new();
        }
        match (self.place, &self.session) {
            (_, Session::Connecting | Session::Absent(_)) => self.reconnect(),
            (Place::Step(id), Session::Established) => match &self.step(id).stage {
                Stage::Examining(look) => self.examine_anew(id, look.key.clone()),
                _ => self.read(id.questions()),
            },
            (Place::SignIn | Place::Summary, Session::Established) => self.read(vec![Question::Caller]),
        }
    }

    pub(super) fn learned(&mut self, ticket: Ticket, question: Question, fact: Fact) -> Vec<Effect> {
        if self.reads.get(&question) != Some(&ticket) {
            return Vec::new();
        }
        self.reads.remove(&question);
        self.answered.insert(question.clone(), ticket);
        self.note_end(fact.failure());
        self.heed(&fact);
        self.facts.learn(fact);
        if question == Question::Caller {
            return self.signed_in();
        }
        self.clamp_cursors();
        let mut effects: Vec<Effect> = StepId::ALL.into_iter().flat_map(|id| self.consider(id)).collect();
        effects.extend(self.go_on_examining());
        effects.extend(self.settle_cut_off());
        effects.extend(self.settle_waits());
        effects.extend(self.note_second_way());
        effects.extend(self.note_run());
        effects
    }

    /// Lets `id` go on if all that it waited for has been read.
    pub(super) fn consider(&mut self, id: StepId) -> Vec<Effect> {
        if let Stage::Preparing(Preparation { wait, .. }) = &self.step(id).stage {
            let whole = wait.with(self.further_questions(id));
            let has_come = self.has_come(&whole);
            if let Stage::Preparing(preparation) = &mut self.steps[id as usize].stage {
                preparation.wait = whole;
            }
            return if has_come { self.prepared(id) } else { self.ask_again(id) };
        }
        if self.is_reading_for(id) {
            return Vec::new();
        }
        match &self.step(id).stage {
            Stage::Proving(proof) if proof.again_at.is_none() => self.judge_proof(id),
            Stage::HandedOff(_) => self.look_for_device(id),
            Stage::Parting(_) => self.look_for_key(),
            _ => Vec::new(),
        }
    }

    pub(super) fn clamp_cursors(&mut self) {
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
pub(super) fn all_questions() -> Vec<Question> {
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
