//! The last run: `{"kind": "run", "at": …, "verdicts": {"root-mfa": "pass", …}}`.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{Journal, JournalEntry, moment, take_moment};
use crate::account::LastRun;

pub(super) const KIND: &str = "run";

pub(super) fn from_json(mut rest: Map<String, Value>) -> Option<JournalEntry> {
    let at = take_moment(&mut rest, "at")?;
    let Value::Object(verdicts) = rest.remove("verdicts")? else { return None };
    let word = |(id, word): (String, Value)| Some((id, word.as_str()?.to_owned()));
    let verdicts = verdicts.into_iter().map(word).collect::<Option<BTreeMap<_, _>>>()?;
    let principal = rest.remove("principal").and_then(|arn| arn.as_str().map(str::to_owned));
    Some(JournalEntry::Run { run: LastRun { at, principal, verdicts }, rest })
}

pub(super) fn to_json(run: &LastRun, rest: &Map<String, Value>) -> Value {
    let mut whole = rest.clone();
    whole.insert("kind".into(), KIND.into());
    whole.insert("at".into(), moment(run.at).into());
    if let Some(arn) = &run.principal {
        whole.insert("principal".into(), arn.as_str().into());
    }
    let verdicts = run.verdicts.iter().map(|(id, word)| (id.clone(), Value::from(word.as_str())));
    whole.insert("verdicts".into(), verdicts.collect::<Map<_, _>>().into());
    Value::Object(whole)
}

impl Journal {
    /// The wizard's last run.
    #[must_use]
    pub fn last_run(&self) -> Option<&LastRun> {
        self.entries.iter().rev().find_map(|entry| match entry {
            JournalEntry::Run { run, .. } => Some(run),
            _ => None,
        })
    }

    /// Replaces the last run by `check`, if that is newer.
    #[must_use]
    pub fn or_newer(mut self, check: Option<LastRun>) -> Self {
        if let Some(check) = check.filter(|check| self.last_run().is_none_or(|run| run.at < check.at)) {
            self.take_run(&check);
        }
        self
    }

    pub(super) fn take_run(&mut self, run: &LastRun) {
        self.entries.retain(|entry| !matches!(entry, JournalEntry::Run { .. }));
        self.entries.push(JournalEntry::Run { run: run.clone(), rest: Map::new() });
    }
}

#[cfg(test)]
mod tests {
    use super::super::Note;
    use super::*;

    #[test]
    fn only_the_last_run_is_kept_and_it_is_read_back_unchanged() {
        let run = |minute, word: &str| LastRun {
            at: time::macros::datetime!(2026-11-21 12:00 UTC) + time::Duration::minutes(minute),
            principal: Some("arn:aws:iam::123456789012:root".into()),
            verdicts: [("root-mfa".to_owned(), word.to_owned())].into(),
        };
        let mut journal = Journal::default();
        journal.take(&Note::Run(run(0, "fail")));
        journal.take(&Note::Run(run(5, "pass")));
        let read = Journal::parse(&journal.text()).expect("its own text");
        assert_eq!((read.last_run(), read.entries.len()), (Some(&run(5, "pass")), 1));
    }

    #[test]
    fn an_unknown_run_is_kept_and_not_compared() {
        let text = r#"{"schema":"lockroot.journal/1","entries":[{"kind":"run","at":"2026-11-21T12:00:00Z","verdicts":{"root-mfa":7}}]}"#;
        let journal = Journal::parse(text).expect("a journal");
        assert_eq!(journal.last_run(), None);
        assert!(journal.text().contains("root-mfa"));
    }
}
