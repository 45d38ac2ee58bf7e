//! A form, or a reason for skipping, being filled in: keys and characters go to what has the focus.

use super::enrol::type_digit;
use super::keys::Intent;
use super::stage::{Draft, Origin, Preparation, Stage};
use super::{Effect, Overlay, Place, Wizard};
use crate::secret::Secret;
use crate::steps::{Consent, StepId, Value};

impl Wizard {
    pub(super) fn in_form(&mut self, id: StepId, mut draft: Draft, intent: Intent) -> Vec<Effect> {
        let Some(form) = &mut draft.form else { return Vec::new() };
        match intent {
            Intent::Back => {
                self.steps[id as usize].draft = Some(draft);
                return Vec::new();
            }
            Intent::Turn(_) => return self.submit(id, draft),
            Intent::Choose if form.focused().is_none() => return self.submit(id, draft),
            Intent::Choose => form.step_focus(1),
            Intent::Move(by) => form.step_focus(by),
            Intent::Shift(by) => edit(id, &mut draft, |value| value.shift(by), &self.facts),
            Intent::Edge(to) => {
                edit(id, &mut draft, |value| value.shift(to.saturating_mul(isize::MAX / 2)), &self.facts)
            }
            Intent::Erase(by) if by < 0 => edit(id, &mut draft, Value::erase, &self.facts),
            Intent::Erase(_) => edit(id, &mut draft, Value::erase_ahead, &self.facts),
            Intent::Clear => edit(id, &mut draft, Value::clear, &self.facts),
            _ => {}
        }
        self.set_stage(id, Stage::Filling(draft));
        Vec::new()
    }

    pub(super) fn in_reason(&mut self, id: StepId, mut reason: String, intent: Intent) -> Vec<Effect> {
        match intent {
            Intent::Back => return Vec::new(),
            Intent::Choose if reason.trim().is_empty() => {
                self.remark = Some("A few words, so that whoever comes next knows why.".into());
            }
            Intent::Choose => {
                self.set_stage(id, Stage::Skipped(reason.trim().to_owned()));
                return Vec::new();
            }
            Intent::Erase(_) => {
                reason.pop();
            }
            Intent::Clear => reason.clear(),
            _ => {}
        }
        self.set_stage(id, Stage::Skipping(reason));
        Vec::new()
    }

    /// A character goes to whatever takes text now.
    pub(super) fn type_in(&mut self, character: char) -> Vec<Effect> {
        if self.overlay == Overlay::SecondWay && !character.is_control() {
            self.guard.type_in(character);
            return Vec::new();
        }
        let Place::Step(id) = self.place else { return Vec::new() };
        if self.overlay == Overlay::Seed && self.seed_copy.drawn.is_none() && !character.is_control() {
            self.seed_copy.type_in(character);
            return Vec::new();
        }
        if self.overlay != Overlay::None || character.is_control() {
            return Vec::new();
        }
        let facts = &self.facts;
        match &mut self.steps[id as usize].stage {
            Stage::Filling(draft) => edit(id, draft, |value| value.insert(character), facts),
            Stage::NamingProfile(naming) if !naming.busy => {
                if let Some(field) = naming.form.focused_mut() {
                    field.value.insert(character);
                }
            }
            Stage::Skipping(reason) if reason.chars().count() < 200 => reason.push(character),
            Stage::Confirming(review)
                if matches!(review.plan.consent, Consent::Typed { .. }) && review.typed.chars().count() < 40 =>
            {
                review.typed.push(character);
            }
            Stage::Enrolling(enrolment) if character.is_ascii_digit() => type_digit(enrolment, character),
            _ => {}
        }
        Vec::new()
    }

    pub(super) fn generated(&mut self, password: &Secret) -> Vec<Effect> {
        if let Stage::Showing(hand_over) = &mut self.steps[StepId::RootSignIn as usize].stage {
            hand_over.password = Some(password.clone());
            return Vec::new();
        }
        let draft = match &mut self.steps[StepId::Administrator as usize].stage {
            Stage::Filling(draft) | Stage::Preparing(Preparation { origin: Origin::Draft(draft), .. }) => draft,
            _ => return Vec::new(),
        };
        if let Some(form) = &mut draft.form {
            form.keep_made(password.clone());
        }
        Vec::new()
    }
}

/// Changes the value that has the focus, and lets the step react.
fn edit(id: StepId, draft: &mut Draft, change: impl FnOnce(&mut Value), facts: &crate::account::Facts) {
    let Some(form) = &mut draft.form else { return };
    let Some(field) = form.focused_mut() else { return };
    let (before, changed) = (field.value.clone(), field.id);
    change(&mut field.value);
    let moved_only = match (&before, &field.value) {
        (Value::Text { text: before, .. }, Value::Text { text: after, .. }) => before == after,
        (before, after) => before == after,
    };
    if !moved_only {
        id.definition().settle(form, changed, facts);
    }
}
