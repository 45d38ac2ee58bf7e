//! An access key as a profile in the AWS credentials file, if the person wants that: the one place on the disk where a secret
//! of lockroot is, and in plain text, because AWS's own tools read it there.

use super::keys::Intent;
use super::stage::{HandOver, NamingProfile, Sight, Stage};
use super::{Effect, Wizard};
use crate::account::new_profile::NewProfile;
use crate::steps::{FieldId, Form, StepId, Value, profile};

impl Wizard {
    /// Asks for the profile's name.
    pub(super) fn ask_for_profile(&mut self, id: StepId, mut hand_over: HandOver) {
        if hand_over.sight == Sight::Open {
            hand_over.sight = Sight::Covered;
        }
        let form = profile::form(hand_over.user.name());
        self.set_stage(id, Stage::NamingProfile(NamingProfile { form, hand_over, busy: false }));
    }

    pub(super) fn in_profile_name(&mut self, id: StepId, mut naming: NamingProfile, intent: Intent) -> Vec<Effect> {
        let form = &mut naming.form;
        let mut effects = Vec::new();
        match intent {
            _ if naming.busy => {}
            Intent::Back => {
                self.set_stage(id, Stage::Showing(naming.hand_over));
                return effects;
            }
            Intent::Turn(_) => effects = wanted(&mut naming),
            Intent::Choose if form.focused().is_none() => effects = wanted(&mut naming),
            Intent::Choose => form.step_focus(1),
            Intent::Move(by) => form.step_focus(by),
            Intent::Shift(by) => change(form, |value| value.shift(by)),
            Intent::Edge(to) => change(form, |value| value.shift(to.saturating_mul(isize::MAX / 2))),
            Intent::Erase(by) if by < 0 => change(form, Value::erase),
            Intent::Erase(_) => change(form, Value::erase_ahead),
            Intent::Clear => change(form, Value::clear),
            _ => {}
        }
        self.set_stage(id, Stage::NamingProfile(naming));
        effects
    }

    /// It is written, or not. Either way the key is still there to be shown.
    pub(super) fn profile_kept(&mut self, result: Result<String, String>) -> Vec<Effect> {
        let is_naming = |id: &StepId| matches!(self.step(*id).stage, Stage::NamingProfile(_));
        let Some(id) = StepId::ALL.into_iter().find(is_naming) else { return Vec::new() };
        let Stage::NamingProfile(mut naming) = self.take_stage(id) else { return Vec::new() };
        let stage = match result {
            Ok(words) => {
                self.remark = Some(words);
                let hand_over = &mut naming.hand_over;
                // A password that nobody has seen is not kept by that.
                if hand_over.password.is_none() {
                    hand_over.sight = Sight::Covered;
                }
                Stage::Showing(naming.hand_over)
            }
            Err(said) => {
                self.remark = Some(format!("Nothing was written: {said}"));
                naming.busy = false;
                Stage::NamingProfile(naming)
            }
        };
        self.set_stage(id, stage);
        Vec::new()
    }
}

/// What the form asks for, once nothing is wrong with it.
fn wanted(naming: &mut NamingProfile) -> Vec<Effect> {
    let form = &mut naming.form;
    if let Some(first) = profile::problems(form).first() {
        form.tried = true;
        form.focus_on(first.field);
        return Vec::new();
    }
    let Some((key_id, secret)) = naming.hand_over.key.clone() else { return Vec::new() };
    naming.busy = true;
    let name = naming.form.text(FieldId::ProfileName).to_owned();
    vec![Effect::KeepProfile(NewProfile { name, key_id, secret })]
}

fn change(form: &mut Form, change: impl FnOnce(&mut Value)) {
    if let Some(field) = form.focused_mut() {
        change(&mut field.value);
    }
}
