//! Previous alternate contacts: names, mailboxes and phone numbers, never a secret.

use serde_json::{Map, Value};
use time::format_description::well_known::Rfc3339;

use super::JournalEntry;
use crate::account::{AlternateContact, ContactType, PreviousContact, Timestamp};

const KIND: &str = "previous-contact";

/// Number of previous contacts kept per type; nobody needs older ones.
const MAX_KEPT: usize = 5;

pub(super) fn all(entries: &[JournalEntry]) -> impl Iterator<Item = &PreviousContact> {
    entries.iter().filter_map(|entry| match entry {
        JournalEntry::PreviousContact { previous, .. } => Some(previous),
        _ => None,
    })
}

/// Adds `previous`, unless it equals the last one. Drops the oldest of its type beyond the limit.
pub(super) fn take(entries: &mut Vec<JournalEntry>, previous: &PreviousContact) {
    let last = all(entries).filter(|kept| kept.of == previous.of).last();
    if last.is_some_and(|last| last.contact == previous.contact) {
        return;
    }
    entries.push(JournalEntry::PreviousContact { previous: previous.clone(), rest: Map::new() });
    let mut over = all(entries).filter(|kept| kept.of == previous.of).count().saturating_sub(MAX_KEPT);
    entries.retain(|entry| {
        let goes =
            over > 0 && matches!(entry, JournalEntry::PreviousContact { previous: kept, .. } if kept.of == previous.of);
        over -= usize::from(goes);
        !goes
    });
}

pub(super) fn from_json(value: &Value) -> Option<JournalEntry> {
    let mut rest = value.as_object()?.clone();
    if rest.remove("kind")?.as_str()? != KIND {
        return None;
    }
    let mut text = |name: &str| rest.remove(name).and_then(|value| value.as_str().map(str::to_owned));
    let of = ContactType::of_wire(&text("of")?)?;
    let until = Timestamp::parse(&text("until")?, &Rfc3339).ok()?;
    let contact =
        AlternateContact { name: text("name")?, title: text("title")?, email: text("email")?, phone: text("phone")? };
    Some(JournalEntry::PreviousContact { previous: PreviousContact { of, contact, until }, rest })
}

pub(super) fn to_json(previous: &PreviousContact, rest: &Map<String, Value>) -> Value {
    let PreviousContact { of, contact, until } = previous;
    let mut whole = rest.clone();
    // Empty for years beyond 9999.
    let until = until.format(&Rfc3339).unwrap_or_default();
    for (name, text) in [
        ("kind", KIND),
        ("of", of.wire()),
        ("until", &until),
        ("name", &contact.name),
        ("title", &contact.title),
        ("email", &contact.email),
        ("phone", &contact.phone),
    ] {
        whole.insert(name.into(), text.into());
    }
    Value::Object(whole)
}

#[cfg(test)]
mod tests {
    use super::super::{Journal, Note};
    use super::*;

    const NOON: Timestamp = time::macros::datetime!(2026-11-21 12:00 UTC);

    fn previous(of: ContactType, name: &str, days: i64) -> PreviousContact {
        let contact = AlternateContact {
            name: name.into(),
            title: "Team".into(),
            email: "a@example.com".into(),
            phone: "+1 2".into(),
        };
        PreviousContact { of, contact, until: NOON + time::Duration::days(days) }
    }

    #[test]
    fn a_previous_contact_survives_the_journal() {
        let mut journal = Journal::default();
        let kept = [previous(ContactType::Billing, "Ann", 0), previous(ContactType::Security, "Bob", 1)];
        kept.iter().for_each(|previous| journal.take(&Note::PreviousContact(previous.clone())));
        journal.take(&Note::PreviousContact(previous(ContactType::Billing, "Ann", 2)));
        let read = Journal::parse(&journal.text()).expect("its own text");
        assert_eq!(read, journal);
        assert_eq!(read.previous_contacts(), kept, "the same again is kept once");
    }

    #[test]
    fn the_oldest_previous_contacts_of_a_type_are_dropped() {
        let mut journal = Journal::default();
        journal.take(&Note::PreviousContact(previous(ContactType::Security, "Sec", 0)));
        for n in 0..7 {
            journal.take(&Note::PreviousContact(previous(ContactType::Billing, &format!("Ann {n}"), n)));
        }
        let names: Vec<String> = journal.previous_contacts().into_iter().map(|kept| kept.contact.name).collect();
        assert_eq!(names, ["Sec", "Ann 2", "Ann 3", "Ann 4", "Ann 5", "Ann 6"]);
    }

    #[test]
    fn an_entry_that_lacks_a_field_is_left_unchanged() {
        let text =
            r#"{"schema":"lockroot.journal/1","entries":[{"kind":"previous-contact","of":"SECURITY","name":"Ann"}]}"#;
        let journal = Journal::parse(text).expect("a journal");
        assert_eq!(journal.previous_contacts(), []);
        assert!(journal.text().contains("\"name\": \"Ann\""), "{}", journal.text());
    }
}
