//! Answers in the journal: `{"kind": "answer", "topic": …, "said": "yes" | "no", "at": …}`, or `"text"` instead of
//! `"said"`.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{Journal, JournalEntry, moment, take_moment, take_text};
use crate::account::{Answer, AnswerValue, Topic};

pub(super) const KIND: &str = "answer";

pub(super) fn from_json(mut rest: Map<String, Value>) -> Option<JournalEntry> {
    let topic = Topic::of_id(&take_text(&mut rest, "topic")?)?;
    let at = take_moment(&mut rest, "at")?;
    let said = match (take_text(&mut rest, "said").as_deref(), topic.is_text()) {
        (Some("yes"), false) => AnswerValue::Yes,
        (Some("no"), false) => AnswerValue::No,
        (None, true) => AnswerValue::Text(take_text(&mut rest, "text")?),
        _ => return None,
    };
    Some(JournalEntry::Answer { topic, answer: Answer::new(said, at), rest })
}

pub(super) fn to_json(topic: Topic, answer: &Answer, rest: &Map<String, Value>) -> Value {
    let mut whole = rest.clone();
    whole.insert("kind".into(), KIND.into());
    whole.insert("topic".into(), topic.id().into());
    whole.insert("at".into(), moment(answer.at).into());
    let (name, text) = match &answer.said {
        AnswerValue::Yes => ("said", "yes"),
        AnswerValue::No => ("said", "no"),
        AnswerValue::Text(text) => ("text", text.as_str()),
    };
    whole.insert(name.into(), text.into());
    Value::Object(whole)
}

impl Journal {
    /// The latest answer to each topic.
    #[must_use]
    pub fn answers(&self) -> BTreeMap<Topic, Answer> {
        let mut answers: BTreeMap<Topic, Answer> = BTreeMap::new();
        for entry in &self.entries {
            if let JournalEntry::Answer { topic, answer, .. } = entry
                && answers.get(topic).is_none_or(|known| known.at <= answer.at)
            {
                answers.insert(*topic, answer.clone());
            }
        }
        answers
    }

    pub(super) fn take_answer(&mut self, to: Topic, said: &Answer) {
        self.entries.retain(|entry| !matches!(entry, JournalEntry::Answer { topic, .. } if *topic == to));
        self.entries.push(JournalEntry::Answer { topic: to, answer: said.clone(), rest: Map::new() });
    }
}

#[cfg(test)]
mod tests {
    use super::super::Note;
    use super::*;

    const NOON: crate::account::Timestamp = time::macros::datetime!(2026-11-21 12:00 UTC);

    #[test]
    fn answers_are_written_and_read_back_and_the_last_one_counts() {
        let mut journal = Journal::default();
        let later = NOON + time::Duration::hours(1);
        journal.take(&Note::Answered(vec![
            (Topic::EmailDomain, Answer::new(AnswerValue::No, NOON)),
            (Topic::MailboxHolder, Answer::new(AnswerValue::Text("IT \"ops\"\n".into()), NOON)),
        ]));
        journal.take(&Note::Answered(vec![(Topic::EmailDomain, Answer::new(AnswerValue::Yes, later))]));
        let read = Journal::parse(&journal.text()).expect("its own text");
        assert_eq!(read, journal);
        assert_eq!(read.answers()[&Topic::EmailDomain], Answer::new(AnswerValue::Yes, later));
        assert_eq!(read.answers()[&Topic::MailboxHolder].said.words(), "IT \"ops\"\n");
        assert_eq!(read.answers().len(), 2);
    }

    #[test]
    fn unknown_answers_are_kept_and_do_not_count() {
        let text = r#"{"schema":"lockroot.journal/1","entries":[
            {"kind":"answer","topic":"email-domain","said":"perhaps","at":"2026-11-21T12:00:00Z"},
            {"kind":"answer","topic":"shoe-size","said":"yes","at":"2026-11-21T12:00:00Z"},
            {"kind":"answer","topic":"email-group","said":"yes","at":"lately"},
            {"kind":"answer","topic":"mailbox-holder","said":"yes","at":"2026-11-21T12:00:00Z"}]}"#;
        let journal = Journal::parse(text).expect("a journal");
        assert!(journal.answers().is_empty(), "{:?}", journal.answers());
        let (before, after): (Value, Value) =
            (serde_json::from_str(text).unwrap(), serde_json::from_str(&journal.text()).unwrap());
        assert_eq!(before, after);
    }
}
