//! What is about to be replaced: it is remembered before the call is sent, so that no crash and no lost answer loses it.

use super::{Effect, Wizard};
use crate::account::{Answer, Change, PreviousContact, Said, Topic};
use crate::journal::Note;

impl Wizard {
    /// Remembers what `change` takes the place of.
    pub(super) fn keep_previous(&mut self, change: &Change) -> Option<Effect> {
        match change {
            Change::PutContact { of, .. } | Change::DeleteContact { of } => {
                let contact = self.facts.contact(*of).known()?.clone()?;
                self.note(Note::PreviousContact(PreviousContact { of: *of, contact, until: self.now }))
            }
            Change::PutContactInformation(contact) => {
                let before = self.facts.contact_information.known()?.as_ref();
                if before.is_none_or(|before| before.phone != contact.phone) {
                    // What was said of the old number says nothing of the new one: nobody knows yet.
                    let unknown = Answer::new(Said::Unsound, self.now);
                    return self.note(Note::Answered(vec![(Topic::RecoveryPhone, unknown)]));
                }
                None
            }
            _ => None,
        }
    }
}
