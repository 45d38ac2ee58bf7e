//! The terminal's clipboard. Secrets are cleared from it.

use super::World;
use crate::account::Timestamp;
use crate::secret::Secret;
use crate::wizard::Effect;

/// Seconds until a secret is cleared from the terminal's clipboard.
const ON_CLIPBOARD: i64 = 45;

impl World {
    /// Copies text that is not secret. It is not cleared.
    pub(in crate::wizard) fn copy(&mut self, text: String) {
        self.say("Copied to the terminal's clipboard, if it has one.");
        self.clipboard_until = None;
        self.order(Effect::Copy(Secret::new(text)));
    }

    /// Copies a secret for a while. `what` names it at the start of the remark.
    pub(in crate::wizard) fn copy_secret(&mut self, what: &str, secret: &Secret) {
        self.order(Effect::Copy(secret.clone()));
        self.clipboard_until = Some(self.now + time::Duration::seconds(ON_CLIPBOARD));
        self.say(format!(
            "{what} was copied to the terminal's clipboard, if it has one. It is cleared in {ON_CLIPBOARD} s."
        ));
    }

    /// When the secret is cleared.
    pub(in crate::wizard) fn clipboard_until(&self) -> Option<Timestamp> {
        self.clipboard_until
    }

    /// Clears the clipboard if it is time.
    pub(in crate::wizard) fn clear_clipboard(&mut self, by: Timestamp) {
        if self.clipboard_until.take_if(|until| *until <= by).is_some() {
            self.say("The terminal was told to clear its clipboard. A clipboard manager may keep a copy.");
            self.order(Effect::Copy(Secret::default()));
        }
    }
}
