//! The check as a table for people. Colours on a terminal only, and never as the only sign.

use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

use super::words;
use super::{FIRST, Finding, Report, links};
use crate::account::{Caller, Partition};
use crate::checks::Verdict;
use crate::plain::{MARK, plain, signs};

/// How the table is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// With colours.
    pub colour: bool,
    /// With links that can be clicked (OSC 8).
    pub links: bool,
    /// With characters beyond ASCII.
    pub unicode: bool,
    /// Columns to wrap at.
    pub width: usize,
}

/// Columns before the reason: mark, word, title.
const LEFT: usize = 4;

/// `report` as text.
#[must_use]
pub fn write(report: &Report, style: Style) -> String {
    let mut text = format!("lockroot check · {}\n", words::subject(report));
    let mut changes = words::drift(report).map(|drift| changes(&drift, style));
    for section in report.sections() {
        if section.title != FIRST {
            text.extend(changes.take());
        }
        let _ = writeln!(text, "\n{}", title(section.title, style));
        for group in groups(&section.findings, style) {
            let _ = write!(text, "\n{}", entry(report, &group, style));
        }
    }
    text.extend(changes);
    if report.users {
        text.push_str(&super::users::write(report.facts, style));
    }
    let _ = writeln!(text, "\n{}", report.summary());
    if style.unicode { text } else { text.replace('·', "-").replace('…', "..").replace(MARK, "?") }
}

/// What changed, under its heading.
fn changes((heading, lines): &(String, Vec<String>), style: Style) -> String {
    let mut text = format!("\n{}\n", title(heading, style));
    for line in lines.iter().flat_map(|line| wrapped(line, style.width.saturating_sub(LEFT))) {
        let _ = writeln!(text, "{:LEFT$}{line}", "");
    }
    text
}

fn title(words: &str, style: Style) -> String {
    if style.colour { format!("\x1b[1m{words}\x1b[0m") } else { words.to_owned() }
}

/// Findings in a row that say the same, with what they say: it is said once.
struct Group<'a> {
    findings: Vec<&'a Finding>,
    body: String,
}

fn groups<'a>(findings: &[&'a Finding], style: Style) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    for finding in findings {
        let body = body(finding, style);
        match groups.last_mut().filter(|group| group.body == body) {
            Some(group) => group.findings.push(finding),
            None => groups.push(Group { findings: vec![finding], body }),
        }
    }
    groups
}

fn entry(report: &Report, group: &Group, style: Style) -> String {
    let heads = group.findings.iter().map(|finding| format!(" {} {}\n", mark(finding, style), finding.title()));
    let mut text = heads.collect::<String>() + &group.body;
    if style.links {
        text.extend(see(report, group, style));
    }
    text
}

/// The pages about what is to be done, each once.
fn see(report: &Report, group: &Group, style: Style) -> Vec<String> {
    let partition = report.caller().map_or(Partition::Commercial, Caller::partition);
    let mut pages: Vec<links::Link> = Vec::new();
    let open = group.findings.iter().filter(|finding| {
        matches!(finding.judgement.verdict, Verdict::Fail | Verdict::Manual) && !finding.is_suppressed()
    });
    for link in open.flat_map(|finding| links::of(finding.control, &partition)) {
        if !pages.contains(&link) {
            pages.push(link);
        }
    }
    let lines = links::lines(&pages, style.width.saturating_sub(LEFT + 5));
    labelled("see ", &lines, style)
}

/// What stands below the title: the reason, what it rests on, what to do.
fn body(finding: &Finding, style: Style) -> String {
    let judgement = &finding.judgement;
    let mut text = String::new();
    for line in wrapped(&judgement.why, style.width.saturating_sub(LEFT)) {
        let _ = writeln!(text, "{:LEFT$}{line}", "");
    }
    let width = style.width.saturating_sub(LEFT + 5);
    for evidence in &judgement.evidence {
        let line = format!("{} {} = {}", evidence.call, evidence.field, evidence.value);
        text.extend(indented("read", &line, width, style));
    }
    if let Some(fix) = judgement.fix {
        text.extend(indented("fix ", fix, width, style));
    }
    if let Some(words) = finding.suppression_words() {
        let line = format!("suppression {words}");
        text.extend(indented("said", &line, width, style));
    }
    text
}

fn indented(label: &str, line: &str, width: usize, style: Style) -> Vec<String> {
    labelled(label, &wrapped(line, width), style)
}

fn labelled(label: &str, lines: &[String], style: Style) -> Vec<String> {
    let dim = |text: &str| if style.colour { format!("\x1b[2m{text}\x1b[0m") } else { text.to_owned() };
    lines
        .iter()
        .enumerate()
        .map(|(i, line)| {
            let label = if i == 0 { label } else { "    " };
            format!("{:LEFT$}{}\n", "", dim(&format!("{label} {line}")))
        })
        .collect()
}

fn mark(finding: &Finding, style: Style) -> String {
    let ((unicode, ascii), colour) = match finding.judgement.verdict {
        Verdict::Pass => (signs::PASS, 32),
        Verdict::Fail => (signs::FAIL, 31),
        Verdict::Manual => (signs::MANUAL, 33),
        Verdict::NotApplicable => (signs::NOT_APPLICABLE, 2),
        Verdict::Unknown => (signs::UNKNOWN, 33),
    };
    let mark = format!("{} {}", if style.unicode { unicode } else { ascii }, finding.said());
    if style.colour { format!("\x1b[{colour}m{mark}\x1b[0m") } else { mark }
}

/// `text` in lines of at most `width` columns, broken at blanks. A longer word stands on a line of its own.
pub(super) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in plain(text).split_whitespace() {
        let line = lines.last_mut().map_or(0, |line| line.width());
        if line > 0 && line + 1 + word.width() > width {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}
