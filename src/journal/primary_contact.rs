//! Previous primary contacts. Only the latest few are kept, because they contain a postal address.

use serde_json::{Map, Value};

use super::{Journal, JournalEntry, moment, take_moment, take_text};
use crate::account::{ContactField, ContactInformation, PreviousPrimary};

pub(super) const KIND: &str = "previous-primary-contact";

/// Number of contacts kept: enough to undo a mistake found after another one.
const MAX_KEPT: usize = 2;

pub(super) fn from_json(mut rest: Map<String, Value>) -> Option<JournalEntry> {
    let until = take_moment(&mut rest, "until")?;
    let mut contact = ContactInformation::default();
    for field in ContactField::ALL {
        match rest.contains_key(field.wire()) {
            true => contact.put(field, take_text(&mut rest, field.wire())?),
            // Unset fields are not written.
            false if field.is_needed() => return None,
            false => {}
        }
    }
    Some(JournalEntry::PreviousPrimary { previous: PreviousPrimary { contact: Box::new(contact), until }, rest })
}

pub(super) fn to_json(previous: &PreviousPrimary, rest: &Map<String, Value>) -> Value {
    let mut whole = rest.clone();
    whole.insert("kind".into(), KIND.into());
    whole.insert("until".into(), moment(previous.until).into());
    for (field, text) in previous.contact.filled() {
        whole.insert(field.wire().into(), text.into());
    }
    Value::Object(whole)
}

fn all(entries: &[JournalEntry]) -> impl Iterator<Item = &PreviousPrimary> {
    entries.iter().filter_map(|entry| match entry {
        JournalEntry::PreviousPrimary { previous, .. } => Some(previous),
        _ => None,
    })
}

impl Journal {
    /// Previous primary contacts, oldest first.
    #[must_use]
    pub fn previous_primaries(&self) -> Vec<PreviousPrimary> {
        all(&self.entries).cloned().collect()
    }

    /// Adds `previous`, unless it equals the last one. Drops the oldest beyond the limit.
    pub(super) fn take_primary(&mut self, previous: &PreviousPrimary) {
        if all(&self.entries).last().is_some_and(|last| last.contact.says_the_same_as(&previous.contact)) {
            return;
        }
        self.entries.push(JournalEntry::PreviousPrimary { previous: previous.clone(), rest: Map::new() });
        let mut over = all(&self.entries).count().saturating_sub(MAX_KEPT);
        self.entries.retain(|entry| {
            let goes = over > 0 && matches!(entry, JournalEntry::PreviousPrimary { .. });
            over -= usize::from(goes);
            !goes
        });
    }
}

#[cfg(test)]
mod tests {
    use super::super::Note;
    use super::*;

    const NOON: crate::account::Timestamp = time::macros::datetime!(2026-11-21 12:00 UTC);

    fn previous(name: &str, days: i64) -> PreviousPrimary {
        let mut contact = ContactInformation::default();
        for field in ContactField::ALL.into_iter().filter(|field| field.is_needed()) {
            contact.put(field, field.word());
        }
        contact.full_name = name.into();
        PreviousPrimary { contact: Box::new(contact), until: NOON + time::Duration::days(days) }
    }

    #[test]
    fn a_previous_primary_contact_survives_the_journal() {
        let mut journal = Journal::default();
        let mut first = previous("Ann \"A\"", 0);
        first.contact.company_name = "Example".into();
        for kept in [&first, &PreviousPrimary { until: NOON + time::Duration::days(1), ..first.clone() }] {
            journal.take(&Note::PreviousPrimary(kept.clone()));
        }
        let read = Journal::parse(&journal.text()).expect("its own text");
        assert_eq!(read, journal);
        assert_eq!(read.previous_primaries(), [first], "the same again is kept once");
        assert!(!journal.text().contains("WebsiteUrl"), "what was not set is not written: {}", journal.text());
    }

    #[test]
    fn only_the_last_two_previous_primary_contacts_are_kept() {
        let mut journal = Journal::default();
        for n in 0..5 {
            journal.take(&Note::PreviousPrimary(previous(&format!("Ann {n}"), n)));
        }
        let names: Vec<String> = journal.previous_primaries().into_iter().map(|kept| kept.contact.full_name).collect();
        assert_eq!(names, ["Ann 3", "Ann 4"]);
    }

    #[test]
    fn an_entry_that_lacks_a_field_is_left_unchanged() {
        let text = r#"{"schema":"lockroot.journal/1","entries":[
            {"kind":"previous-primary-contact","until":"2026-11-21T12:00:00Z","FullName":"Ann"},
            {"kind":"previous-primary-contact","until":"2026-11-21T12:00:00Z","FullName":7}]}"#;
        let journal = Journal::parse(text).expect("a journal");
        assert_eq!(journal.previous_primaries(), []);
        let (before, after): (Value, Value) =
            (serde_json::from_str(text).unwrap(), serde_json::from_str(&journal.text()).unwrap());
        assert_eq!(before, after);
    }
}
