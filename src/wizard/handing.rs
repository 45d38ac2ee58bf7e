//! Handing secrets over: shown, sent to the terminal's clipboard for a while, or saved encrypted. Never in plain text.

use super::keys::Intent;
use super::stage::{HandOver, Sealing, Sight, Stage};
use super::{Effect, Wizard};
use crate::secret::Secret;
use crate::steps::{StepId, sealing};

impl HandOver {
    /// All of it as text, to be saved encrypted.
    fn letter(&self) -> Secret {
        let mut letter = Secret::default();
        let mut line = |name: &str, value: &str| {
            [name, ": ", value, "\n"].concat().chars().for_each(|character| letter.push(character));
        };
        line("Sign-in address", &self.address);
        line("Account", &self.account);
        line("User", self.user.name());
        if let Some(password) = &self.password {
            line("Password", password.expose());
        }
        if let Some((id, secret)) = &self.key {
            line("Access key", id);
            line("Secret access key", secret.expose());
        }
        letter
    }
}

impl Wizard {
    pub(super) fn in_hand_over(&mut self, id: StepId, mut hand_over: HandOver, intent: Intent) -> Vec<Effect> {
        match intent {
            Intent::Choose => {
                self.handed_over(id, hand_over);
                return Vec::new();
            }
            Intent::Save => {
                if hand_over.sight == Sight::Open {
                    hand_over.sight = Sight::Covered;
                }
                self.set_stage(id, Stage::Sealing(Sealing { form: sealing::form(), hand_over, busy: false }));
                return Vec::new();
            }
            Intent::Profile if hand_over.key.is_some() => {
                self.ask_for_profile(id, hand_over);
                return Vec::new();
            }
            Intent::Reveal => {
                hand_over.sight = match hand_over.sight {
                    Sight::Unseen | Sight::Covered => Sight::Open,
                    Sight::Open => Sight::Covered,
                };
            }
            _ => {}
        }
        self.set_stage(id, Stage::Showing(hand_over));
        Vec::new()
    }

    pub(super) fn in_sealing(&mut self, id: StepId, mut sealing: Sealing, intent: Intent) -> Vec<Effect> {
        let form = &mut sealing.form;
        let mut effects = Vec::new();
        match intent {
            _ if sealing.busy => {}
            Intent::Back => {
                self.set_stage(id, Stage::Showing(sealing.hand_over));
                return effects;
            }
            Intent::Turn(_) => effects = self.seal(&mut sealing),
            Intent::Choose if form.focused().is_none() => effects = self.seal(&mut sealing),
            Intent::Choose => form.step_focus(1),
            Intent::Move(by) => form.step_focus(by),
            Intent::Shift(by) => change(form, |value| value.shift(by)),
            Intent::Edge(to) => change(form, |value| value.shift(to.saturating_mul(isize::MAX / 2))),
            Intent::Erase(by) if by < 0 => change(form, crate::steps::Value::erase),
            Intent::Erase(_) => change(form, crate::steps::Value::erase_ahead),
            Intent::Clear => change(form, crate::steps::Value::clear),
            _ => {}
        }
        self.set_stage(id, Stage::Sealing(sealing));
        effects
    }

    fn seal(&mut self, sealing: &mut Sealing) -> Vec<Effect> {
        let form = &mut sealing.form;
        if let Some(first) = sealing::problems(form).first() {
            form.tried = true;
            form.focus_on(first.field);
            return Vec::new();
        }
        if let Some(effect) = super::profile::wanted(sealing) {
            return vec![effect];
        }
        sealing.busy = true;
        let form = &sealing.form;
        let name = format!("lockroot-{}-{}.age", sealing.hand_over.account, sealing.hand_over.user.name());
        vec![Effect::Seal(name, sealing.hand_over.letter(), sealing::lock(form))]
    }

    /// The file is written, or not.
    pub(super) fn sealed(&mut self, result: Result<String, String>) -> Vec<Effect> {
        let Some(id) = StepId::ALL.into_iter().find(|id| matches!(self.step(*id).stage, Stage::Sealing(_))) else {
            return Vec::new();
        };
        let Stage::Sealing(mut sealing) = self.take_stage(id) else { return Vec::new() };
        let stage = match result {
            Ok(file) => {
                self.remark = Some(format!("Written, encrypted: {file}. Try to open it before you go on."));
                sealing.hand_over.sight = Sight::Covered;
                Stage::Showing(sealing.hand_over)
            }
            Err(said) => {
                self.remark = Some(format!("It could not be written: {said}"));
                sealing.busy = false;
                Stage::Sealing(sealing)
            }
        };
        self.set_stage(id, stage);
        Vec::new()
    }
}

fn change(form: &mut crate::steps::Form, change: impl FnOnce(&mut crate::steps::Value)) {
    if let Some(field) = form.focused_mut() {
        change(&mut field.value);
    }
}
