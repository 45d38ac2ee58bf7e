//! What goes to the terminal's clipboard. A secret is cleared from it again.

use super::keys::Intent;
use super::stage::Stage;
use super::{Effect, Wizard};
use crate::account::Timestamp;
use crate::secret::Secret;
use crate::steps::root_keys::starting_policy;
use crate::steps::root_mfa::console_address;

/// How long a secret stays on the terminal's clipboard, in seconds.
const ON_CLIPBOARD: i64 = 45;

impl Wizard {
    pub(super) fn copy(&mut self) -> Effect {
        self.remark = Some("Sent to the terminal's clipboard, if it has one.".into());
        let policy = self.here().and_then(|step| match &step.stage {
            Stage::Examining(look) => Some(&look.key),
            _ => None,
        });
        let policy = policy.and_then(|key| self.facts.traces.get(key)).map(|trace| starting_policy(trace).text);
        // What is on the clipboard from now on is no secret, and stays.
        self.clipboard_until = None;
        Effect::Copy(Secret::new(policy.unwrap_or_else(|| console_address(&self.facts))))
    }

    /// What `intent` copies of the secrets in front of the person; `None`: it is about something else.
    pub(super) fn copy_secret(&mut self, intent: Intent) -> Option<Effect> {
        let Stage::Showing(hand_over) = &self.here()?.stage else { return None };
        let secret = hand_over.key.as_ref().map(|(_, secret)| secret);
        let (what, secret) = match (intent, &hand_over.password, secret) {
            (Intent::Copy, Some(password), _) => ("The password", password),
            (Intent::Copy | Intent::CopyKey, _, Some(secret)) => ("The secret access key", secret),
            _ => return None,
        };
        let effect = Effect::Copy(secret.clone());
        self.clipboard_until = Some(self.now + time::Duration::seconds(ON_CLIPBOARD));
        self.remark = Some(format!(
            "{what} was sent to the terminal's clipboard, if it has one; it is cleared again in {ON_CLIPBOARD} s."
        ));
        Some(effect)
    }

    /// Clears the clipboard once its time has come, or at once because the program ends.
    pub(super) fn clear_clipboard(&mut self, by: Timestamp) -> Option<Effect> {
        self.clipboard_until.take_if(|until| *until <= by)?;
        self.remark = Some("The terminal was told to clear its clipboard. A clipboard manager may keep a copy.".into());
        Some(Effect::Copy(Secret::default()))
    }
}
