//! The secret key that the console shows, pasted to be drawn once more. Nothing of it is sent or kept.

use super::keys::Intent;
use super::{Overlay, Wizard};
use crate::secret::Secret;
use crate::totp;

/// Most characters that are taken, blanks included.
const LONGEST: usize = 400;

/// The secret key of root's device, pasted from the console to be drawn as a QR code for a second phone or a password
/// manager. It is sent nowhere.
#[derive(Debug, Default, PartialEq)]
pub struct SeedCopy {
    /// What was typed so far.
    pub typed: Secret,
    /// What was wrong with it.
    pub problem: Option<String>,
    /// The clean seed and what its QR code says, once it is drawn.
    pub drawn: Option<(Secret, Secret)>,
}

impl SeedCopy {
    /// Takes one character more.
    pub(super) fn type_in(&mut self, character: char) {
        self.problem = None;
        if self.typed.chars() < LONGEST {
            self.typed.push(character);
        }
    }
}

impl Wizard {
    /// Whatever lies over the main pane goes, and a pasted key with it. What lay under the help comes back.
    pub(super) fn close_overlay(&mut self) {
        self.overlay = std::mem::replace(&mut self.beneath, Overlay::None);
        if self.overlay != Overlay::Seed {
            self.seed_copy = SeedCopy::default();
        }
    }

    /// A key was pressed while the secret key is typed in or drawn.
    pub(super) fn in_seed(&mut self, intent: Intent) {
        let copy = &mut self.seed_copy;
        match intent {
            Intent::Choose => match totp::seed_from(&copy.typed) {
                Ok(seed) => {
                    let account = self.facts.caller.known().map(|caller| caller.account.as_str()).unwrap_or_default();
                    let uri = totp::uri(&seed, "root", account);
                    *copy = SeedCopy { drawn: Some((seed, uri)), ..SeedCopy::default() };
                }
                Err(problem) => copy.problem = Some(problem),
            },
            Intent::Erase(_) => copy.typed.pop(),
            Intent::Clear => *copy = SeedCopy::default(),
            _ => {}
        }
    }
}
