//! The call in progress: `{"kind": "call-under-way", "action": …, "words": …, "at": …}`, with `"key"` if it
//! deactivates a key, and `"user"` if that is a user's. It is written before the call and removed when its result
//! is known: an entry at start means that the call was cut off.

use serde_json::{Map, Value};

use super::{Journal, JournalEntry, moment, take_moment, take_text};
use crate::account::{CallUnderWay, Subject};

pub(super) const KIND: &str = "call-under-way";

pub(super) fn from_json(mut rest: Map<String, Value>) -> Option<JournalEntry> {
    let at = take_moment(&mut rest, "at")?;
    let (action, words) = (take_text(&mut rest, "action")?, take_text(&mut rest, "words")?);
    let owner = take_text(&mut rest, "user").map_or(Subject::Root, Subject::User);
    let deactivates = take_text(&mut rest, "key").map(|key| (owner, key));
    Some(JournalEntry::CallUnderWay { call: CallUnderWay { action, words, deactivates, at }, rest })
}

pub(super) fn to_json(call: &CallUnderWay, rest: &Map<String, Value>) -> Value {
    let mut whole = rest.clone();
    let mut put = |name: &str, text: &str| whole.insert(name.to_owned(), text.into());
    put("kind", KIND);
    put("action", &call.action);
    put("words", &call.words);
    put("at", &moment(call.at));
    if let Some((owner, key)) = &call.deactivates {
        put("key", key);
        if let Some(user) = owner.user_name() {
            put("user", user);
        }
    }
    Value::Object(whole)
}

impl Journal {
    /// The call whose outcome was not recorded.
    #[must_use]
    pub fn call_under_way(&self) -> Option<&CallUnderWay> {
        self.entries.iter().rev().find_map(|entry| match entry {
            JournalEntry::CallUnderWay { call, .. } => Some(call),
            _ => None,
        })
    }

    pub(super) fn take_call(&mut self, call: Option<&CallUnderWay>) {
        self.entries.retain(|entry| !matches!(entry, JournalEntry::CallUnderWay { .. }));
        let entry = |call: &CallUnderWay| JournalEntry::CallUnderWay { call: call.clone(), rest: Map::new() };
        self.entries.extend(call.map(entry));
    }
}

#[cfg(test)]
mod tests {
    use super::super::Note;
    use super::*;

    #[test]
    fn a_call_is_under_way_until_its_end_is_recorded() {
        let call = CallUnderWay {
            action: "iam:UpdateAccessKey".into(),
            words: "Deactivate root's key".into(),
            deactivates: Some((Subject::User("ada".into()), "AKIA1".into())),
            at: time::macros::datetime!(2026-11-21 12:00 UTC),
        };
        let mut journal = Journal::default();
        journal.take(&Note::Sends(call.clone()));
        assert_eq!(Journal::parse(&journal.text()).expect("its own text").call_under_way(), Some(&call));
        journal.take(&Note::CallEnded);
        assert_eq!(journal, Journal::default());
    }
}
