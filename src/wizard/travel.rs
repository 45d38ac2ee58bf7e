//! From one place of the checklist to another.

use super::keys::Intent;
use super::stage::Stage;
use super::{Effect, Place, Wizard};

impl Wizard {
    pub(super) fn turn(&mut self, by: isize) -> Vec<Effect> {
        if let Place::Step(id) = self.place
            && matches!(self.step(id).stage, Stage::Filling(_) | Stage::NamingProfile(_))
        {
            return self.intend_in(id, Intent::Turn(by));
        }
        let here = Place::ALL.iter().position(|place| *place == self.place).unwrap_or(0);
        self.go_to(here.saturating_add_signed(by).min(Place::ALL.len() - 1));
        Vec::new()
    }

    /// Shows that place of the checklist. Steps are about an account, so somebody has to be signed in first.
    pub(super) fn go_to(&mut self, place: usize) {
        self.sign_in.is_open = false;
        match Place::ALL.get(place) {
            Some(Place::SignIn) => self.place = Place::SignIn,
            Some(place) if self.caller().is_some() => {
                self.sign_in.forget_way_back();
                self.place = *place;
            }
            Some(_) => self.remark = Some("First somebody has to be signed in.".into()),
            None => {}
        }
    }
}
