//! Shared by the controls on root's e-mail address and password: no API shows them on a standalone account, so a
//! person answers once a year.

use super::partition::without_console;
use super::{Assessment, Evidence, evidence as read, known};
use crate::account::{Answer, AnswerValue, Facts, Question, Timestamp, Topic};

/// Assesses a person's answers on `topics` within the last year.
pub(super) fn assess(facts: &Facts, topics: &[Topic], fix: &'static str, what: &str) -> Result<Assessment, Assessment> {
    if let Some(none) = without_console(facts)? {
        return Ok(none);
    }
    let password = known(&facts.summary, &Question::Summary)?.root_password();
    let counted = password.map_or("absent".to_owned(), |count| count.to_string());
    let counted = read(&facts.summary, Question::Summary.action(), "AccountPasswordPresent", counted);
    if password == Some(0) {
        let why = "Root has no password, so nobody can sign in as root.";
        return Ok(Assessment::not_applicable(why, counted.into_iter().collect()));
    }
    // Assessments have no clock; the caller was read first.
    let now = facts.caller.at().unwrap_or(Timestamp::UNIX_EPOCH);
    let answers: Vec<(Topic, Option<&Answer>)> =
        topics.iter().map(|topic| (*topic, facts.answers.get(topic))).collect();
    let said = answers.iter().filter_map(|(topic, answer)| evidence(*topic, (*answer)?));
    let proof = counted.into_iter().chain(said).collect();
    let wrong = answers.iter().find(|(_, answer)| answer.is_some_and(|answer| answer.said == AnswerValue::No));
    if let Some((topic, _)) = wrong {
        return Ok(Assessment::fail(format!("{}: {}.", topic.title(), AnswerValue::No.words()), proof, fix));
    }
    if answers.iter().any(|(_, answer)| answer.is_none()) {
        let why = format!("No API shows {what}: answer in the step \"Root sign-in\".");
        return Ok(Assessment::manual(why, proof));
    }
    if answers.iter().flat_map(|(_, answer)| answer).any(|answer| answer.is_stale(now)) {
        return Ok(Assessment::manual(
            format!("The answers about {what} are more than a year old. Check again."),
            proof,
        ));
    }
    Ok(Assessment::pass("A person confirmed it within the last year.", proof))
}

fn evidence(topic: Topic, answer: &Answer) -> Option<Evidence> {
    let value = answer.said.words().to_owned();
    Some(Evidence { call: "a person", field: topic.title().into(), value, read_at: answer.at })
}
