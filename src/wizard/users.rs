//! The users: one after the other, and one of them as a whole.

use super::keys::Intent;
use super::{Overlay, Wizard};

impl Wizard {
    pub(super) fn in_users(&mut self, intent: Intent) {
        let last = self.facts.listing().len().saturating_sub(1);
        let from = |picked: usize, by: isize| picked.min(last).saturating_add_signed(by).min(last);
        self.overlay = match (self.overlay, intent) {
            (Overlay::Users(picked), Intent::Move(by)) => Overlay::Users(from(picked, by)),
            (Overlay::Users(_), Intent::Edge(by)) => Overlay::Users(if by < 0 { 0 } else { last }),
            (Overlay::Users(picked), Intent::Choose) => Overlay::User(picked.min(last), 0),
            (Overlay::Users(_), Intent::Back) => return self.close_overlay(),
            (Overlay::User(picked, _), Intent::Shift(by)) => Overlay::User(from(picked, by), 0),
            (Overlay::User(picked, _), Intent::Back) => Overlay::Users(picked),
            (same, _) => same,
        };
    }
}
