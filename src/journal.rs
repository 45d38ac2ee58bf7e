//! The journal: lockroot's dated memory of an account between runs. It never contains a secret. This room has types
//! and text only; implementations of [`JournalStore`] do the files.
//!
//! One JSON object per account: `{"schema": "lockroot.journal/1", "entries": [{"kind": …}]}`. Unknown fields and
//! kinds are kept as they are.

mod answer;
mod call_under_way;
mod contacts;
mod primary_contact;
mod run;
mod second_way;
mod store;

use std::collections::BTreeMap;

pub use store::{Claim, InMemory, JournalStore};

use serde_json::{Map, Value};
use time::format_description::well_known::Rfc3339;

use crate::account::facts::Wait;
use crate::account::{
    Answer, CallUnderWay, LastRun, PreviousContact, PreviousPrimary, SecondWay, Subject, Timestamp, Topic,
};

/// A journal with a higher version belongs to a newer lockroot and is not changed.
const SCHEMA: &str = "lockroot.journal/1";

/// The kind of a deactivated root key.
const OF_ROOT: &str = "deactivated-key";
/// The kind of a deactivated user key. Older versions would take the kind above for root's.
const OF_USER: &str = "deactivated-user-key";

/// Recommended time between deactivation and deletion of a key. Jobs that run every week or two have failed by then.
/// Monthly jobs take longer, which the screen says.
pub const RECOMMENDED_WAIT: time::Duration = time::Duration::days(14);

#[derive(Debug, Clone, PartialEq)]
pub enum JournalEntry {
    /// A deactivated key of root or of a user, awaiting deletion.
    DeactivatedKey {
        /// Access key id.
        key: String,
        /// Owner, start and recommended end of the wait.
        wait: Wait,
        /// Fields that this version does not know; kept as they are.
        rest: Map<String, Value>,
    },
    /// A kind that this version does not know.
    Other(Value),
    /// A person's answer to what no API tells.
    Answer {
        topic: Topic,
        answer: Answer,
        /// Fields that this version does not know; kept as they are.
        rest: Map<String, Value>,
    },
    /// A proven sign-in of someone other than root, or the accepted risk of having none.
    SecondWay {
        way: SecondWay,
        /// Fields that this version does not know; kept as they are.
        rest: Map<String, Value>,
    },
    /// An alternate contact before a change or deletion.
    PreviousContact {
        previous: PreviousContact,
        /// Fields that this version does not know; kept as they are.
        rest: Map<String, Value>,
    },
    /// The primary contact before a change.
    PreviousPrimary {
        previous: PreviousPrimary,
        /// Fields that this version does not know; kept as they are.
        rest: Map<String, Value>,
    },
    /// A complete assessment of the account.
    Run {
        run: LastRun,
        /// Fields that this version does not know; kept as they are.
        rest: Map<String, Value>,
    },
    /// A call that was about to be sent.
    CallUnderWay {
        call: CallUnderWay,
        /// Fields that this version does not know; kept as they are.
        rest: Map<String, Value>,
    },
}

/// Everything remembered about one account.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Journal {
    /// Oldest first.
    pub entries: Vec<JournalEntry>,
    rest: Map<String, Value>,
}

/// Something to remember.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// A key was deactivated.
    Deactivated {
        owner: Subject,
        /// Access key id.
        key: String,
        since: Timestamp,
    },
    /// The wait is over: the key was deleted or activated again.
    Settled {
        /// Access key id.
        key: String,
    },
    /// Answers, which replace earlier ones on the same topics.
    Answered(Vec<(Topic, Answer)>),
    /// A proof or accepted risk, which replaces the previous one.
    SecondWay(SecondWay),
    /// An alternate contact that is about to be changed or deleted.
    PreviousContact(PreviousContact),
    /// The primary contact that is about to be changed.
    PreviousPrimary(PreviousPrimary),
    /// The results of a run, which replace the previous ones.
    Run(LastRun),
    /// A call that is about to be sent.
    Sends(CallUnderWay),
    /// The call's outcome is known and recorded.
    CallEnded,
}

impl Journal {
    /// Parses a journal.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn parse(text: &str) -> Result<Self, String> {
        let value: Value = serde_json::from_str(text).map_err(|error| format!("it is not JSON: {error}"))?;
        let Value::Object(mut rest) = value else { return Err("it is not a JSON object".into()) };
        match rest.remove("schema").as_ref().and_then(Value::as_str) {
            Some(SCHEMA) => {}
            Some(other) => return Err(format!("it is of another version of lockroot ({other})")),
            None => return Err("it has no schema".into()),
        }
        let entries = match rest.remove("entries") {
            Some(Value::Array(entries)) => entries.into_iter().map(JournalEntry::read).collect(),
            None => Vec::new(),
            Some(_) => return Err("its entries are no list".into()),
        };
        Ok(Self { entries, rest })
    }

    /// Whether `text` was written by a newer version, so that it must not be changed.
    #[must_use]
    pub fn is_newer(text: &str) -> bool {
        let value: Option<Value> = serde_json::from_str(text).ok();
        let schema = value.as_ref().and_then(|value| value.get("schema")?.as_str());
        schema.is_some_and(|schema| schema.starts_with("lockroot.journal/") && schema != SCHEMA)
    }

    /// The journal as JSON text with a final line break.
    #[must_use]
    pub fn text(&self) -> String {
        let mut whole = self.rest.clone();
        whole.insert("schema".into(), SCHEMA.into());
        whole.insert("entries".into(), self.entries.iter().map(JournalEntry::to_json).collect());
        format!("{:#}\n", Value::Object(whole))
    }

    /// Adds `note`. A key that already waits keeps its first note.
    pub fn take(&mut self, note: &Note) {
        match note {
            Note::Deactivated { owner, key, since } if !self.waits().contains_key(key) => {
                let wait = Wait { owner: owner.clone(), since: *since, until: *since + RECOMMENDED_WAIT };
                self.entries.push(JournalEntry::DeactivatedKey { key: key.clone(), wait, rest: Map::new() });
            }
            Note::Deactivated { .. } => {}
            Note::Settled { key: settled } => {
                self.entries
                    .retain(|entry| !matches!(entry, JournalEntry::DeactivatedKey { key, .. } if key == settled));
            }
            Note::Answered(answers) => answers.iter().for_each(|(topic, answer)| self.take_answer(*topic, answer)),
            Note::SecondWay(way) => self.take_second_way(way),
            Note::PreviousContact(previous) => contacts::take(&mut self.entries, previous),
            Note::PreviousPrimary(previous) => self.take_primary(previous),
            Note::Run(run) => self.take_run(run),
            Note::Sends(call) => self.take_call(Some(call)),
            Note::CallEnded => self.take_call(None),
        }
    }

    /// Keys awaiting deletion, by key id.
    #[must_use]
    pub fn waits(&self) -> BTreeMap<String, Wait> {
        let wait = |entry: &JournalEntry| match entry {
            JournalEntry::DeactivatedKey { key, wait, .. } => Some((key.clone(), wait.clone())),
            _ => None,
        };
        self.entries.iter().filter_map(wait).collect()
    }

    /// Previous alternate contacts, oldest first.
    #[must_use]
    pub fn previous_contacts(&self) -> Vec<PreviousContact> {
        contacts::all(&self.entries).cloned().collect()
    }
}

impl JournalEntry {
    /// Keeps whatever cannot be parsed.
    fn read(value: Value) -> Self {
        Self::from_json(&value).or_else(|| contacts::from_json(&value)).unwrap_or(Self::Other(value))
    }

    fn from_json(value: &Value) -> Option<Self> {
        let mut rest = value.as_object()?.clone();
        match rest.remove("kind")?.as_str()? {
            OF_ROOT | OF_USER => {}
            answer::KIND => return answer::from_json(rest),
            second_way::KIND => return second_way::from_json(rest),
            primary_contact::KIND => return primary_contact::from_json(rest),
            run::KIND => return run::from_json(rest),
            call_under_way::KIND => return call_under_way::from_json(rest),
            _ => return None,
        }
        let key = take_text(&mut rest, "key").filter(|key| !key.is_empty())?;
        let since = take_moment(&mut rest, "since")?;
        let until = take_moment(&mut rest, "until")?;
        let owner = take_text(&mut rest, "user").map_or(Subject::Root, Subject::User);
        Some(Self::DeactivatedKey { key, wait: Wait { owner, since, until }, rest })
    }

    fn to_json(&self) -> Value {
        match self {
            Self::Other(value) => value.clone(),
            Self::Answer { topic, answer, rest } => answer::to_json(*topic, answer, rest),
            Self::SecondWay { way, rest } => second_way::to_json(way, rest),
            Self::PreviousContact { previous, rest } => contacts::to_json(previous, rest),
            Self::PreviousPrimary { previous, rest } => primary_contact::to_json(previous, rest),
            Self::Run { run, rest } => run::to_json(run, rest),
            Self::CallUnderWay { call, rest } => call_under_way::to_json(call, rest),
            Self::DeactivatedKey { key, wait, rest } => {
                let mut whole = rest.clone();
                let kind = if wait.owner == Subject::Root { OF_ROOT } else { OF_USER };
                whole.insert("kind".into(), kind.into());
                whole.insert("key".into(), key.as_str().into());
                if let Some(user) = wait.owner.user_name() {
                    whole.insert("user".into(), user.into());
                }
                whole.insert("since".into(), moment(wait.since).into());
                whole.insert("until".into(), moment(wait.until).into());
                Value::Object(whole)
            }
        }
    }
}

/// Empty for years beyond 9999.
fn moment(moment: Timestamp) -> String {
    moment.format(&Rfc3339).unwrap_or_default()
}

/// Removes a text from `fields`.
fn take_text(fields: &mut Map<String, Value>, name: &str) -> Option<String> {
    fields.remove(name).and_then(|value| value.as_str().map(str::to_owned))
}

/// Removes a timestamp from `fields`.
fn take_moment(fields: &mut Map<String, Value>, name: &str) -> Option<Timestamp> {
    Timestamp::parse(&take_text(fields, name)?, &Rfc3339).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Timestamp = time::macros::datetime!(2026-11-21 12:00 UTC);

    fn deactivated(key: &str, since: Timestamp) -> Note {
        Note::Deactivated { owner: Subject::Root, key: key.into(), since }
    }

    #[test]
    fn a_written_journal_is_read_back_unchanged() {
        let mut journal = Journal::default();
        journal.take(&deactivated("AKIA1", NOON));
        journal.take(&deactivated("AKIA2", NOON));
        journal.take(&deactivated("AKIA1", NOON + time::Duration::days(3)));
        let read = Journal::parse(&journal.text()).expect("its own text");
        assert_eq!(read, journal);
        assert_eq!(
            read.waits()["AKIA1"],
            Wait { owner: Subject::Root, since: NOON, until: NOON + RECOMMENDED_WAIT },
            "the first time counts"
        );
        let owner = Subject::User("ann".into());
        journal.take(&Note::Deactivated { owner: owner.clone(), key: "AKIA3".into(), since: NOON });
        assert!(
            journal.text().contains("\"deactivated-user-key\""),
            "an older lockroot takes it for nothing of root's"
        );
        assert_eq!(Journal::parse(&journal.text()).expect("its own text").waits()["AKIA3"].owner, owner);
        for key in ["AKIA1", "AKIA3"] {
            journal.take(&Note::Settled { key: key.into() });
        }
        assert_eq!(journal.waits().into_keys().collect::<Vec<_>>(), ["AKIA2"]);
    }

    #[test]
    fn unknown_entries_of_a_journal_are_kept() {
        let text = r#"{"schema":"lockroot.journal/1","since":1,"entries":[{"kind":"answer","to":"mailbox"},
            {"kind":"deactivated-key","key":"AKIA1","since":"2026-11-21T12:00:00Z","until":"2026-12-05T12:00:00Z","by":"x"},
            {"kind":"deactivated-key","key":"AKIA2","since":"yesterday"}, 7]}"#;
        let mut journal = Journal::parse(text).expect("a journal");
        assert_eq!(journal.waits().into_keys().collect::<Vec<_>>(), ["AKIA1"]);
        journal.take(&deactivated("AKIA3", NOON));
        let written: Value = serde_json::from_str(&journal.text()).expect("JSON");
        assert_eq!((&written["since"], &written["entries"][0]["to"]), (&1.into(), &"mailbox".into()));
        assert_eq!((&written["entries"][1]["by"], &written["entries"][3]), (&"x".into(), &7.into()));
        assert_eq!(written["entries"].as_array().map(Vec::len), Some(5));
    }

    #[test]
    fn a_broken_journal_is_an_error() {
        for (text, said) in [("", "not JSON"), ("[]", "not a JSON object"), ("{}", "no schema")] {
            assert!(Journal::parse(text).is_err_and(|error| error.contains(said)), "{text}");
        }
        let newer = r#"{"schema":"lockroot.journal/2"}"#;
        assert!(Journal::is_newer(newer) && Journal::parse(newer).is_err());
        assert!(!Journal::is_newer("{") && !Journal::is_newer(&Journal::default().text()));
    }
}
