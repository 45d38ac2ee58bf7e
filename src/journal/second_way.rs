//! The proof of a second way in: `{"kind": "second-way", "how": "seen" | "answered" | "accepted", "at": …}` with
//! `"user"`, or `"arn"` and `"profile"`.

use serde_json::{Map, Value};

use super::{Journal, JournalEntry, moment, take_moment, take_text};
use crate::account::{ProofKind, SecondWay};

pub(super) const KIND: &str = "second-way";

pub(super) fn from_json(mut rest: Map<String, Value>) -> Option<JournalEntry> {
    let at = take_moment(&mut rest, "at")?;
    let how = match take_text(&mut rest, "how")?.as_str() {
        "seen" => ProofKind::Seen(take_text(&mut rest, "user")?),
        "answered" => {
            ProofKind::Answered { arn: take_text(&mut rest, "arn")?, profile: take_text(&mut rest, "profile") }
        }
        "accepted" => ProofKind::Accepted,
        _ => return None,
    };
    Some(JournalEntry::SecondWay { way: SecondWay { how, at }, rest })
}

pub(super) fn to_json(way: &SecondWay, rest: &Map<String, Value>) -> Value {
    let mut whole = rest.clone();
    whole.insert("kind".into(), KIND.into());
    whole.insert("at".into(), moment(way.at).into());
    let mut put = |name: &str, text: &str| whole.insert(name.to_owned(), text.into());
    match &way.how {
        ProofKind::Seen(user) => {
            put("how", "seen");
            put("user", user);
        }
        ProofKind::Answered { arn, profile } => {
            put("how", "answered");
            put("arn", arn);
            if let Some(profile) = profile {
                put("profile", profile);
            }
        }
        ProofKind::Accepted => {
            put("how", "accepted");
        }
    }
    Value::Object(whole)
}

impl Journal {
    /// The latest proof or accepted risk.
    #[must_use]
    pub fn second_way(&self) -> Option<SecondWay> {
        self.entries.iter().rev().find_map(|entry| match entry {
            JournalEntry::SecondWay { way, .. } => Some(way.clone()),
            _ => None,
        })
    }

    pub(super) fn take_second_way(&mut self, way: &SecondWay) {
        self.entries.retain(|entry| !matches!(entry, JournalEntry::SecondWay { .. }));
        self.entries.push(JournalEntry::SecondWay { way: way.clone(), rest: Map::new() });
    }
}

#[cfg(test)]
mod tests {
    use super::super::Note;
    use super::*;

    #[test]
    fn every_kind_of_proof_is_written_and_read_back_and_the_last_one_counts() {
        let at = time::macros::datetime!(2026-11-21 12:00 UTC);
        let arn = "arn:aws:iam::123456789012:user/alice".to_owned();
        let mut journal = Journal::default();
        for how in [
            ProofKind::Accepted,
            ProofKind::Answered { arn: arn.clone(), profile: None },
            ProofKind::Answered { arn, profile: Some("alice".into()) },
            ProofKind::Seen("alice".into()),
        ] {
            let way = SecondWay { how, at };
            journal.take(&Note::SecondWay(way.clone()));
            let read = Journal::parse(&journal.text()).expect("its own text");
            assert_eq!((read.second_way(), read.entries.len()), (Some(way), 1));
        }
    }

    #[test]
    fn an_unknown_kind_of_proof_is_kept_and_proves_nothing() {
        let text = r#"{"schema":"lockroot.journal/1","entries":[{"kind":"second-way","how":"dreamt","at":"2026-11-21T12:00:00Z"}]}"#;
        let journal = Journal::parse(text).expect("a journal");
        assert_eq!(journal.second_way(), None);
        assert!(journal.text().contains("dreamt"));
    }
}
