//! What is about to be replaced: it is remembered before the call is sent, so that no crash and no lost answer loses it.

use super::{Effect, Wizard};
use crate::account::{Answer, Change, PreviousContact, PreviousPrimary, Said, Topic};
use crate::journal::Note;

impl Wizard {
    /// Remembers what `change` takes the place of.
    pub(super) fn keep_previous(&mut self, change: &Change) -> Vec<Effect> {
        let notes = self.about_to_go(change);
        notes.into_iter().filter_map(|note| self.note(note)).collect()
    }

    fn about_to_go(&self, change: &Change) -> Vec<Note> {
        match change {
            Change::PutContact { of, .. } | Change::DeleteContact { of } => {
                let before = self.facts.contact(*of).known().cloned().flatten();
                let note = |contact| Note::PreviousContact(PreviousContact { of: *of, contact, until: self.now });
                before.map(note).into_iter().collect()
            }
            Change::PutContactInformation(contact) => {
                let Some(before) = self.facts.contact_information.known() else { return Vec::new() };
                let note =
                    |contact| Note::PreviousPrimary(PreviousPrimary { contact: Box::new(contact), until: self.now });
                let mut notes: Vec<Note> = before.clone().map(note).into_iter().collect();
                if before.as_ref().is_none_or(|before| before.phone != contact.phone) {
                    // What was said of the old number says nothing of the new one: nobody knows yet.
                    let unknown = Answer::new(Said::Unsound, self.now);
                    notes.push(Note::Answered(vec![(Topic::RecoveryPhone, unknown)]));
                }
                notes
            }
            _ => Vec::new(),
        }
    }
}
