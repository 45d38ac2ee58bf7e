//! The record of a lesson: one page for the team lead, without secrets.

use std::fmt::Write;

use super::Lesson;
use crate::account::Timestamp;
use crate::account::moment::minute;
use crate::plain::plain;

/// The content of the record.
#[derive(Debug, Clone, Copy)]
pub struct LessonRecord<'a> {
    /// The scenario's name, with the kept account's name if it is kept.
    pub scenario: &'a str,
    /// The signed-in principal.
    pub principal: Option<&'a str>,
    /// `None` if the scenario has no lesson.
    pub lesson: Option<&'a Lesson>,
    /// Whether each goal is met.
    pub goals: &'a [bool],
    /// The score for people; `None` before everything was read.
    pub score: Option<&'a str>,
    /// Open items, most urgent first.
    pub open: &'a [String],
    /// Oldest first.
    pub runs: &'a [Run],
}

/// One run of the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    pub began: Timestamp,
    pub ended: Timestamp,
    /// Descriptions of the changes; `None` if the program was killed before it saved them.
    pub done: Option<Vec<String>>,
}

/// Maximum open items listed, as in the ending.
const MAX_OPEN: usize = 5;

const BLANK: &str = "______________________________";

#[must_use]
pub fn markdown(record: &LessonRecord<'_>) -> String {
    let mut page = String::new();
    line(&mut page, &format!("# Practice record: {}", plain(record.scenario)));
    line(&mut page, "**Practice: this account does not exist.** The record holds no secrets.");
    who(&mut page, record);
    goals(&mut page, record);
    done(&mut page, record);
    open(&mut page, record);
    questions(&mut page, record);
    page
}

fn line(page: &mut String, text: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(page, "{text}\n");
}

fn item(page: &mut String, name: &str, value: &str) {
    let _ = writeln!(page, "- {name}: {}", plain(value));
}

fn who(page: &mut String, record: &LessonRecord<'_>) {
    item(page, "Practised by", BLANK);
    if let Some(lesson) = record.lesson {
        item(page, "Scenario", &lesson.title);
    }
    item(page, "Signed in as", record.principal.unwrap_or("nobody"));
    if let (Some(first), Some(last)) = (record.runs.first(), record.runs.last()) {
        item(page, "Began", &format!("{} UTC", minute(first.began)));
        item(page, "Ended", &format!("{} UTC", minute(last.ended)));
        item(page, "Took", &took(record.runs));
    }
    item(page, "Result", record.score.unwrap_or("not everything was read"));
    page.push('\n');
}

/// Total duration of the runs.
fn took(runs: &[Run]) -> String {
    let all: time::Duration = runs.iter().map(|run| run.ended - run.began).sum();
    let time = match all.whole_minutes() {
        0 => "less than a minute".to_owned(),
        1 => "1 minute".to_owned(),
        minutes => format!("{minutes} minutes"),
    };
    if runs.len() > 1 { format!("{time}, in {} runs", runs.len()) } else { time }
}

fn goals(page: &mut String, record: &LessonRecord<'_>) {
    let Some(lesson) = record.lesson.filter(|lesson| !lesson.goals.is_empty()) else { return };
    let met = record.goals.iter().filter(|met| **met).count();
    line(page, &format!("## Goals: {met} of {} met", lesson.goals.len()));
    for (goal, met) in lesson.goals.iter().zip(record.goals) {
        item(page, if *met { "**Met**" } else { "**Not met**" }, goal.text());
    }
    page.push('\n');
}

fn done(page: &mut String, record: &LessonRecord<'_>) {
    line(page, "## What was done");
    for (number, _) in record.runs.iter().enumerate().filter(|(_, run)| run.done.is_none()) {
        line(page, &format!("Run {} was cut off: what was done in it is not listed.", number + 1));
    }
    let all: Vec<&String> = record.runs.iter().filter_map(|run| run.done.as_ref()).flatten().collect();
    if all.is_empty() {
        line(page, "Nothing was changed.");
        return;
    }
    for (number, done) in all.iter().enumerate() {
        let _ = writeln!(page, "{}. {}", number + 1, plain(done));
    }
    page.push('\n');
}

fn open(page: &mut String, record: &LessonRecord<'_>) {
    if record.open.is_empty() {
        return;
    }
    line(page, "## Still open");
    for open in record.open.iter().take(MAX_OPEN) {
        let _ = writeln!(page, "- {}", plain(open));
    }
    if let Some(more) = record.open.len().checked_sub(MAX_OPEN).filter(|more| *more > 0) {
        let _ = writeln!(page, "- and {more} more");
    }
    page.push('\n');
}

fn questions(page: &mut String, record: &LessonRecord<'_>) {
    let Some(lesson) = record.lesson.filter(|lesson| !lesson.questions.is_empty()) else { return };
    line(page, "## Say why");
    line(page, "Let the person answer in their own words first. Below each question is what a good answer says.");
    for (number, why) in lesson.questions.iter().enumerate() {
        line(page, &format!("**{}) {}**", number + 1, plain(&why.question)));
        line(page, &plain(&why.explanation));
    }
}
