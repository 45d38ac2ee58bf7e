//! Access to the world's state for tests and benchmarks. The program does not use it.

use super::{Removal, Session, Signing, World};
use crate::account::Facts;
use crate::account::Timestamp;

#[doc(hidden)]
impl World {
    pub fn facts_mut(&mut self) -> &mut Facts {
        &mut self.facts
    }

    pub fn sign_in_mut(&mut self) -> &mut Signing {
        &mut self.sign_in
    }

    pub fn set_session(&mut self, session: Session) {
        self.session = session;
    }

    pub fn set_removal(&mut self, removal: Removal) {
        self.removal = Some(removal);
    }

    pub fn set_remark(&mut self, remark: Option<String>) {
        self.remark = remark;
    }

    pub fn set_clock_ahead(&mut self, ahead: std::time::Duration) {
        self.clock_ahead = ahead;
    }

    /// Marks root as changed.
    pub fn set_root_touched(&mut self) {
        self.root_was_touched = true;
    }

    pub fn set_mode(&mut self, mode: super::Mode) {
        self.mode = mode;
    }

    pub fn set_now(&mut self, now: Timestamp) {
        self.now = now;
    }

    /// Lets the program end as soon as it can.
    pub fn set_quitting(&mut self) {
        self.quitting = true;
    }
}
