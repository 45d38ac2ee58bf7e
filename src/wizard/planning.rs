//! From a form or a page to a plan: what is wrong is said, what the plan rests on is read afresh.

use super::stage::{Confirmed, Draft, Origin, Preparation, Stage};
use super::{Effect, Wizard};
use crate::account::{Question, Timestamp};
use crate::steps::{ActionId, Opening, Plan, StepId};

impl Wizard {
    /// Sends the form off, unless something in it is wrong.
    pub(super) fn submit(&mut self, id: StepId, mut draft: Draft) -> Vec<Effect> {
        let problems = draft.form.as_ref().map(|form| id.definition().problems(form, &self.facts)).unwrap_or_default();
        match (problems.first(), &mut draft.form) {
            (Some(first), Some(form)) => {
                form.tried = true;
                form.focus_on(first.field);
                self.remark = Some(match problems.len() {
                    1 => "One thing is to be corrected first.".into(),
                    count => format!("{count} things are to be corrected first."),
                });
                self.set_stage(id, Stage::Filling(draft));
                Vec::new()
            }
            (None, Some(form)) if draft.action == ActionId::Answer => {
                let answers = id.definition().answers(form);
                self.keep_answers(id, answers)
            }
            _ => self.prepare(id, draft),
        }
    }

    /// Reads afresh what the plan will rest on.
    pub(super) fn prepare(&mut self, id: StepId, draft: Draft) -> Vec<Effect> {
        self.prepare_for(id, Origin::Draft(draft), None)
    }

    /// Reads afresh what a plan rests on: before its review, and again when it was `confirmed`.
    pub(super) fn prepare_for(&mut self, id: StepId, origin: Origin, confirmed: Option<Confirmed>) -> Vec<Effect> {
        let mut questions = id.questions();
        if let Origin::Draft(draft) = &origin {
            questions.extend(id.definition().plan_questions(draft.form.as_ref(), &self.facts));
        }
        // AWS itself keeps the credential report for four hours: asked again, it tells nothing new.
        questions.retain(|question| confirmed.is_none() || *question != Question::CredentialReport);
        questions.sort();
        questions.dedup();
        let (wait, effects) = self.wait_for(questions);
        self.set_stage(id, Stage::Preparing(Preparation { origin, wait, confirmed }));
        effects
    }

    /// What the plan turned out to rest on besides, by the answers that have come: how a user signs in whom somebody has just
    /// made, for instance.
    pub(super) fn further_questions(&self, id: StepId) -> Vec<Question> {
        match &self.step(id).stage {
            Stage::Preparing(Preparation { origin: Origin::Draft(draft), .. }) => {
                let mut questions = id.definition().plan_questions(draft.form.as_ref(), &self.facts);
                questions.retain(|question| *question != Question::CredentialReport);
                questions
            }
            _ => Vec::new(),
        }
    }

    /// All that the plan rests on has been read: shows it, sends it if it was confirmed and is still the same, or says why
    /// there is none.
    pub(super) fn prepared(&mut self, id: StepId) -> Vec<Effect> {
        let Stage::Preparing(Preparation { origin, confirmed, .. }) = self.take_stage(id) else { return Vec::new() };
        let origin = match origin {
            Origin::Draft(draft) => match self.unfinished(id, draft) {
                Ok(draft) => Origin::Draft(draft),
                Err(effects) => {
                    if let (Some(_), Some(remark)) = (&confirmed, &mut self.remark) {
                        remark.insert_str(0, "Nothing was sent: the account changed after you read the review. ");
                    }
                    return effects;
                }
            },
            origin @ Origin::Enrolment(_) => origin,
        };
        let as_of = confirmed.as_ref().map_or(self.now, |confirmed| confirmed.as_of);
        match (self.plan_of(id, &origin, as_of), confirmed) {
            (Ok(plan), None) => self.review(id, plan, origin),
            (Ok(plan), Some(confirmed)) if plan == confirmed.plan => self.send(id, confirmed, origin),
            (Ok(plan), Some(confirmed)) => {
                let moved = plan.differences(&confirmed.plan);
                let plan = self.plan_of(id, &origin, self.now).unwrap_or(plan);
                self.review_again(id, plan, origin, moved)
            }
            (Err(words), confirmed) => {
                let lead = if confirmed.is_some() { "Nothing was sent. " } else { "" };
                self.remark = Some(format!("{lead}{words}"));
                self.return_to(id, origin);
                Vec::new()
            }
        }
    }

    /// What can't be planned yet goes back to its form, or opens it.
    fn unfinished(&mut self, id: StepId, draft: Draft) -> Result<Draft, Vec<Effect>> {
        let item = self.row_of(id, &draft).unwrap_or(draft.item);
        if let (None, Opening::Form(form)) = (&draft.form, id.definition().open(draft.action, item, &self.facts)) {
            return Err(self.open_form(id, draft, form));
        }
        if draft.form.as_ref().is_some_and(|form| !id.definition().problems(form, &self.facts).is_empty()) {
            return Err(self.submit(id, draft));
        }
        Ok(draft)
    }

    /// The plan that the facts lead to now, unless something forbids it.
    fn plan_of(&self, id: StepId, origin: &Origin, as_of: Timestamp) -> Result<Plan, String> {
        let draft = match origin {
            Origin::Draft(draft) => draft,
            Origin::Enrolment(enrolment) => return enrolment.plan_to_leave(&self.facts),
        };
        let item = self.row_of(id, draft)?;
        let page = id.definition().page(&self.facts, item, as_of);
        let chosen = page.actions.into_iter().find(|action| action.id == draft.action);
        if let Some(blocked) = chosen.and_then(|action| action.blocked) {
            return Err(blocked);
        }
        id.definition().plan(draft.action, item, draft.form.as_ref(), &self.facts, as_of)
    }

    /// Where in the table, as it is now, the row is that was picked. A form is about no row.
    pub(super) fn row_of(&self, id: StepId, draft: &Draft) -> Result<usize, String> {
        let is_of_row = draft.form.is_none() || matches!(draft.action, ActionId::ResetPassword | ActionId::ResyncMfa);
        let (true, Some(subject)) = (is_of_row, &draft.subject) else { return Ok(draft.item) };
        let rows = id.definition().page(&self.facts, 0, self.now).table.rows;
        rows.iter()
            .position(|row| row.first() == Some(subject))
            .ok_or_else(|| format!("What was read just now shows no {subject} any more. Look again at what is there."))
    }
}
