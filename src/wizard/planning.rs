//! From a form or a page to a plan: what is wrong is said, what the plan rests on is read afresh.

use super::stage::{Draft, Origin, Stage};
use super::{Effect, Wizard};
use crate::steps::{ActionId, Opening, StepId};

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
        let mut questions = id.questions();
        questions.extend(id.definition().plan_questions(draft.form.as_ref(), &self.facts));
        self.set_stage(id, Stage::Preparing(draft));
        self.read(questions)
    }

    /// All that the plan rests on has been read: shows it, or says why there is none.
    pub(super) fn prepared(&mut self, id: StepId) -> Vec<Effect> {
        let Stage::Preparing(draft) = self.take_stage(id) else { return Vec::new() };
        let item = self.row_of(id, &draft).unwrap_or(draft.item);
        if let (None, Opening::Form(form)) = (&draft.form, id.definition().open(draft.action, item, &self.facts)) {
            return self.open_form(id, draft, form);
        }
        if draft.form.as_ref().is_some_and(|form| !id.definition().problems(form, &self.facts).is_empty()) {
            return self.submit(id, draft);
        }
        let plan = self.row_of(id, &draft).and_then(|item| {
            let form = draft.form.as_ref();
            id.definition().plan(draft.action, item, form, &self.facts)
        });
        match plan {
            Ok(plan) => self.review(id, plan, Origin::Draft(draft)),
            Err(words) => {
                self.remark = Some(words);
                self.return_to(id, Origin::Draft(draft));
                Vec::new()
            }
        }
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
