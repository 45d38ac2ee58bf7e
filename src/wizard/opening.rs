//! What choosing an action on a page opens: a form, a plan, the console, a password, a watch.

use super::stage::{Draft, Enrolee, HandOver, Origin, Preparation, Record, Sight, Stage};
use super::{Effect, Wizard};
use crate::account::{Answer, Said, Timestamp, Topic};
use crate::journal::Note;
use crate::steps::root_mfa::console_address;
use crate::steps::{ActionId, Form, Opening, StepId};

/// Length of a password that is made for root, in characters. AWS takes up to 128.
const ROOT_PASSWORD_LENGTH: u32 = 32;

/// Shortest generated password, in characters.
const GENERATED_LENGTH: u32 = 24;

impl Wizard {
    /// The action under the cursor of `id`'s page.
    pub(super) fn choose_action(&mut self, id: StepId) -> Vec<Effect> {
        let Stage::Explaining(cursor) = self.step(id).stage else { return Vec::new() };
        let Some(action) = self.page(id).actions.into_iter().nth(cursor.action) else { return Vec::new() };
        if let Some(blocked) = action.blocked {
            self.remark = Some(blocked);
            return Vec::new();
        }
        let subject = self.page(id).table.rows.get(cursor.item).and_then(|row| row.first().cloned());
        let draft = |form| Draft { action: action.id, item: cursor.item, subject: subject.clone(), form };
        match id.definition().open(action.id, cursor.item, &self.facts) {
            Opening::Form(form) => self.open_form(id, draft(None), form),
            Opening::Plan => self.prepare(id, draft(None)),
            Opening::Console => self.watch(id),
            Opening::Password => self.make_password(id),
            Opening::Evidence => subject.map_or_else(Vec::new, |key| self.examine(id, key)),
            Opening::Watch => subject.map_or_else(Vec::new, |key| {
                let since = self.deactivated_at(&key);
                self.watch_key(id, key, since)
            }),
        }
    }

    /// Opens a form, or the one that was left half filled in. It starts from what is set now, so that has to be read first.
    pub(super) fn open_form(&mut self, id: StepId, draft: Draft, form: Form) -> Vec<Effect> {
        let mut unread = id.questions();
        unread.retain(|question| self.facts.is_unread(question));
        if !unread.is_empty() {
            let (wait, effects) = self.wait_for(unread);
            let origin = Origin::Draft(draft);
            self.set_stage(id, Stage::Preparing(Preparation { origin, wait, confirmed: None }));
            return effects;
        }
        let kept = self.steps[id as usize].draft.take().filter(|kept| kept.action == draft.action);
        // A password that was typed for one user is not another's.
        let kept = kept.filter(|kept| {
            !matches!(kept.action, ActionId::ResetPassword | ActionId::ResyncMfa) || kept.subject == draft.subject
        });
        self.set_stage(id, Stage::Filling(kept.unwrap_or(Draft { form: Some(form), ..draft })));
        let length = self.generated_length();
        let Stage::Filling(Draft { form: Some(form), .. }) = &self.step(id).stage else { return Vec::new() };
        (0..form.lacks_passwords()).map(|_| Effect::Generate(length)).collect()
    }

    /// How long a password for an administrator is made.
    pub(super) fn generated_length(&self) -> u32 {
        let policy = self.facts.password_policy.known().and_then(Option::as_ref);
        policy.map_or(0, |policy| policy.minimum_length).max(GENERATED_LENGTH)
    }

    /// A password for root, shown once; the person sets it in the console.
    pub(super) fn make_password(&mut self, id: StepId) -> Vec<Effect> {
        self.set_stage(
            id,
            Stage::Showing(HandOver {
                address: console_address(&self.facts),
                account: self.caller().map(|caller| caller.account.clone()).unwrap_or_default(),
                user: Enrolee::Root,
                password: None,
                key: None,
                sight: Sight::Unseen,
                next: None,
                rest: Vec::new(),
                record: Record::default(),
            }),
        );
        vec![Effect::Generate(ROOT_PASSWORD_LENGTH)]
    }

    /// What a person said is known from now on; there is nothing to ask AWS about it.
    pub(super) fn keep_answers(&mut self, id: StepId, answers: Vec<(Topic, Said)>) -> Vec<Effect> {
        let answers = answers.into_iter().map(|(topic, said)| (topic, Answer::new(said, self.now))).collect();
        self.steps[id as usize].draft = None;
        self.set_stage(id, Stage::default());
        self.note(Note::Answered(answers)).into_iter().collect()
    }

    /// Since when a key is known to be inactive; else, from now on.
    pub(super) fn deactivated_at(&self, key: &str) -> Timestamp {
        self.facts.waits.get(key).map_or(self.now, |wait| wait.since)
    }
}
