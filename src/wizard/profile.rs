//! An access key as a profile in the AWS credentials file, if the person wants that: the one place on the disk where a secret
//! of lockroot is in plain text, because AWS's own tools read it there.

use super::stage::{HandOver, Sealing, Sight, Stage};
use super::{Effect, Wizard};
use crate::account::new_profile::NewProfile;
use crate::steps::{FieldId, StepId, profile};

impl Wizard {
    /// Asks for the profile's name.
    pub(super) fn ask_for_profile(&mut self, id: StepId, mut hand_over: HandOver) {
        if hand_over.sight == Sight::Open {
            hand_over.sight = Sight::Covered;
        }
        let form = profile::form(hand_over.user.name());
        self.set_stage(id, Stage::Sealing(Sealing { form, hand_over, busy: false }));
    }

    /// It is written, or not. Either way the key is still there to be shown.
    pub(super) fn profile_kept(&mut self, result: Result<String, String>) -> Vec<Effect> {
        let Some(id) = StepId::ALL.into_iter().find(|id| matches!(self.step(*id).stage, Stage::Sealing(_))) else {
            return Vec::new();
        };
        let Stage::Sealing(mut sealing) = self.take_stage(id) else { return Vec::new() };
        let stage = match result {
            Ok(words) => {
                self.remark = Some(words);
                let hand_over = &mut sealing.hand_over;
                // A password that nobody has seen is not kept by that.
                if hand_over.password.is_none() {
                    hand_over.sight = Sight::Covered;
                }
                Stage::Showing(sealing.hand_over)
            }
            Err(said) => {
                self.remark = Some(format!("Nothing was written: {said}"));
                sealing.busy = false;
                Stage::Sealing(sealing)
            }
        };
        self.set_stage(id, stage);
        Vec::new()
    }
}

/// What the form asks for, if it is about a profile.
pub(super) fn wanted(sealing: &mut Sealing) -> Option<Effect> {
    let name = sealing.form.field(FieldId::ProfileName).map(|_| sealing.form.text(FieldId::ProfileName).to_owned())?;
    let (key_id, secret) = sealing.hand_over.key.clone()?;
    sealing.busy = true;
    Some(Effect::KeepProfile(NewProfile { name, key_id, secret }))
}
