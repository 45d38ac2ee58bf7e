//! Handing secrets over: shown, or sent to the terminal's clipboard for a while. An access key as a profile is `profile`'s.

use super::keys::Intent;
use super::stage::{HandOver, Sight, Stage};
use super::{Effect, Wizard};
use crate::steps::StepId;

impl Wizard {
    pub(super) fn in_hand_over(&mut self, id: StepId, mut hand_over: HandOver, intent: Intent) -> Vec<Effect> {
        match intent {
            Intent::Choose => {
                self.handed_over(id, hand_over);
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
}
