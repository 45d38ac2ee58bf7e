//! The journal: what lockroot remembers of an account between runs, each entry with its date. Never a secret. Types
//! and text only; implementations of [`JournalStore`] do the files.
//!
//! One JSON object for an account: `{"schema": "lockroot.journal/1", "entries": [{"kind": …}]}`. Fields and kinds that
//! this version does not know are kept as they are.

mod answer;
mod call_under_way;
mod contacts;
mod primary_contact;
mod run;
mod second_way;

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use serde_json::{Map, Value};
use time::format_description::well_known::Rfc3339;

use crate::account::facts::Wait;
use crate::account::{
    Acceptances, Answer, CallUnderWay, LastRun, PreviousContact, PreviousPrimary, SecondWay, Subject, Suppression,
    Timestamp, Topic,
};

/// The format. A higher number is somebody newer's, and is left alone.
const SCHEMA: &str = "lockroot.journal/1";

/// A deactivated key of root.
const OF_ROOT: &str = "deactivated-key";
/// The same of a user, which an older lockroot would take for root's.
const OF_USER: &str = "deactivated-user-key";

/// How long it is wise to wait before a deactivated key is deleted: whatever runs every week or two has missed it by then.
/// What runs once a month takes longer, which the screen says.
pub const RECOMMENDED_WAIT: time::Duration = time::Duration::days(14);

/// One thing that is remembered.
#[derive(Debug, Clone, PartialEq)]
pub enum JournalEntry {
    /// A key of root or of a user was deactivated, and waits to be deleted.
    DeactivatedKey {
        /// The key's id.
        key: String,
        /// Whose it is, since when, and until when it is wise to wait.
        wait: Wait,
        /// Fields that this version does not know.
        rest: Map<String, Value>,
    },
    /// Something that this version does not know.
    Other(Value),
    /// What a person said that no API tells.
    Answer {
        /// To what.
        topic: Topic,
        /// What, and when.
        answer: Answer,
        /// Fields that this version does not know.
        rest: Map<String, Value>,
    },
    /// A way in that is not root was proven, or the risk of having none was accepted.
    SecondWay {
        /// Which, and when.
        way: SecondWay,
        /// Fields that this version does not know.
        rest: Map<String, Value>,
    },
    /// An alternate contact was changed or deleted.
    PreviousContact {
        /// What it was.
        previous: PreviousContact,
        /// Fields that this version does not know.
        rest: Map<String, Value>,
    },
    /// The primary contact was changed.
    PreviousPrimary {
        /// What it was.
        previous: PreviousPrimary,
        /// Fields that this version does not know.
        rest: Map<String, Value>,
    },
    /// Everything was looked at.
    Run {
        /// When, and what was found.
        run: LastRun,
        /// Fields that this version does not know.
        rest: Map<String, Value>,
    },
    /// A change was being made.
    CallUnderWay {
        /// Which.
        call: CallUnderWay,
        /// Fields that this version does not know.
        rest: Map<String, Value>,
    },
}

/// Everything that is remembered of one account.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Journal {
    /// The entries, the oldest first.
    pub entries: Vec<JournalEntry>,
    rest: Map<String, Value>,
}

/// Something new to be remembered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// That key is deactivated since then.
    Deactivated {
        /// Whose key.
        owner: Subject,
        /// The key's id.
        key: String,
        /// When.
        since: Timestamp,
    },
    /// That key waits no longer: it is deleted or active again.
    Settled {
        /// The key's id.
        key: String,
    },
    /// That was said by a person, in place of what was said before.
    Answered(Vec<(Topic, Answer)>),
    /// That way in was proven or the risk accepted, in place of what was before.
    SecondWay(SecondWay),
    /// That alternate contact is about to be changed or deleted.
    PreviousContact(PreviousContact),
    /// The primary contact is about to be changed.
    PreviousPrimary(PreviousPrimary),
    /// That was found when everything was looked at, in place of what was found before.
    Run(LastRun),
    /// That call is about to be sent.
    Sends(CallUnderWay),
    /// The outcome of the call is known, and noted where it has to be.
    CallEnded,
}

/// Whose an account's journal is, and with it the account: two programs that change one account at a time would each rest on
/// what the other has just made untrue.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Claim {
    /// This program's.
    #[default]
    Ours,
    /// Another lockroot's.
    Theirs {
        /// The number of its process, if that is known.
        pid: Option<u32>,
    },
    /// That can't be known here, and why: there is no folder, or its file system knows no locks.
    Unknown(String),
}

/// Where journals are kept, one for each account.
pub trait JournalStore: Send + Sync {
    /// Makes the account this program's own until it claims another one or ends. Never waits for another program.
    fn claim(&self, account: &str) -> Claim {
        let _ = account;
        Claim::Ours
    }

    /// The account's journal; an empty one if nothing was ever remembered.
    ///
    /// # Errors
    /// In words, why it can't be read, and where it is.
    fn read(&self, account: &str) -> Result<Journal, String>;

    /// Adds `note` to the account's journal as it is now, and returns what it has become.
    ///
    /// # Errors
    /// In words, why it can't be kept: for instance because the journal is another program's just now.
    fn note(&self, account: &str, note: &Note) -> Result<Journal, String>;

    /// The risks that somebody accepts for the account.
    ///
    /// # Errors
    /// In words, why they can't be read, and where they are.
    fn accepted(&self, account: &str) -> Result<Acceptances, String> {
        Ok(Acceptances { account: account.to_owned(), ..Acceptances::default() })
    }

    /// Adds one, and returns all that there are then.
    ///
    /// # Errors
    /// In words, why nothing was written.
    fn accept(&self, _account: &str, _risk: &Suppression) -> Result<Acceptances, String> {
        Err("there is no file for it here".into())
    }

    /// The last check on the account that was kept, if there is one that can be compared with.
    fn last_check(&self, account: &str) -> Option<LastRun> {
        let _ = account;
        None
    }
}

/// A store that forgets everything when the program ends: practice's.
#[derive(Debug, Default)]
pub struct InMemory {
    journals: Mutex<BTreeMap<String, Journal>>,
    accepted: Mutex<BTreeMap<String, Acceptances>>,
}

impl JournalStore for InMemory {
    fn read(&self, account: &str) -> Result<Journal, String> {
        let kept = self.journals.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(kept.get(account).cloned().unwrap_or_default())
    }

    fn note(&self, account: &str, note: &Note) -> Result<Journal, String> {
        let mut kept = self.journals.lock().unwrap_or_else(PoisonError::into_inner);
        let journal = kept.entry(account.to_owned()).or_default();
        journal.take(note);
        Ok(journal.clone())
    }

    fn accepted(&self, account: &str) -> Result<Acceptances, String> {
        let kept = self.accepted.lock().unwrap_or_else(PoisonError::into_inner);
        let none = || Acceptances { account: account.to_owned(), ..Acceptances::default() };
        Ok(kept.get(account).cloned().unwrap_or_else(none))
    }

    fn accept(&self, account: &str, risk: &Suppression) -> Result<Acceptances, String> {
        let mut all = self.accepted(account)?;
        all.all.push(risk.clone());
        self.accepted.lock().unwrap_or_else(PoisonError::into_inner).insert(account.to_owned(), all.clone());
        Ok(all)
    }
}

impl Journal {
    /// Reads a journal's text.
    ///
    /// # Errors
    /// In words, what is wrong with it.
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

    /// Whether `text` is of a newer version, which must be left as it is.
    #[must_use]
    pub fn is_newer(text: &str) -> bool {
        let value: Option<Value> = serde_json::from_str(text).ok();
        let schema = value.as_ref().and_then(|value| value.get("schema")?.as_str());
        schema.is_some_and(|schema| schema.starts_with("lockroot.journal/") && schema != SCHEMA)
    }

    /// Its text, with a line break at the end.
    #[must_use]
    pub fn text(&self) -> String {
        let mut whole = self.rest.clone();
        whole.insert("schema".into(), SCHEMA.into());
        whole.insert("entries".into(), self.entries.iter().map(JournalEntry::to_json).collect());
        format!("{:#}\n", Value::Object(whole))
    }

    /// Takes in `note`. What is noted twice is kept once, as it was first.
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

    /// The keys that wait.
    #[must_use]
    pub fn waits(&self) -> BTreeMap<String, Wait> {
        let wait = |entry: &JournalEntry| match entry {
            JournalEntry::DeactivatedKey { key, wait, .. } => Some((key.clone(), wait.clone())),
            _ => None,
        };
        self.entries.iter().filter_map(wait).collect()
    }

    /// The alternate contacts that were changed or deleted, the oldest first.
    #[must_use]
    pub fn previous_contacts(&self) -> Vec<PreviousContact> {
        contacts::all(&self.entries).cloned().collect()
    }
}

impl JournalEntry {
    /// Anything that can't be understood is kept as it is.
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

/// Years beyond 9999 alone can't be written.
fn moment(moment: Timestamp) -> String {
    moment.format(&Rfc3339).unwrap_or_default()
}

/// Takes a text out of `fields`.
fn take_text(fields: &mut Map<String, Value>, name: &str) -> Option<String> {
    fields.remove(name).and_then(|value| value.as_str().map(str::to_owned))
}

/// Takes a moment out of `fields`.
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
    fn a_written_journal_reads_back_the_same() {
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
