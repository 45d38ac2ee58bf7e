//! update
use super::{Effect, Event, Ticket, Wizard};
use crate::account::Timestamp;

/// Takes in `event`.
pub fn update(_wizard: &mut Wizard, _now: Timestamp, _event: Event) -> Vec<Effect> {
    Vec::new()
}

impl Wizard {
    pub(super) fn connect(&mut self) -> Vec<Effect> {
        vec![Effect::Connect(Ticket(0), self.mode.clone())]
    }
}
