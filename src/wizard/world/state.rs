//! Access to the world's state for tests and benchmarks. The program does not use it.

use super::{Removal, Session, Signing, World};
use crate::account::Facts;
use crate::account::Timestamp;

#[doc(hidden)]
impl World {
    /// What is known, to be changed.
    pub fn facts_mut(&mut self) -> &mut Facts {
        &mut self.facts
    }

    /// What is known of signing in, to be changed.
    pub fn sign_in_mut(&mut self) -> &mut Signing {
        &mut self.sign_in
    }

    /// Where the session stands from now on.
    pub fn set_session(&mut self, session: Session) {
        self.session = session;
    }

    /// A key that waits to be seen gone.
    pub fn set_removal(&mut self, removal: Removal) {
        self.removal = Some(removal);
    }

    /// What was said in passing.
    pub fn set_remark(&mut self, remark: Option<String>) {
        self.remark = remark;
    }

    /// How far the practice account's clock was moved ahead.
    pub fn set_clock_ahead(&mut self, ahead: std::time::Duration) {
        self.clock_ahead = ahead;
    }

    /// Root was changed.
    pub fn set_root_touched(&mut self) {
        self.root_was_touched = true;
    }

    /// Practice or live.
    pub fn set_mode(&mut self, mode: super::Mode) {
        self.mode = mode;
    }

    /// The time.
    pub fn set_now(&mut self, now: Timestamp) {
        self.now = now;
    }

    /// The program ends as soon as it can.
    pub fn set_quitting(&mut self) {
        self.quitting = true;
    }
}
