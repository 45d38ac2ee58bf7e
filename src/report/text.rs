//! The check as a table for people. Colour only on a terminal, and never as the only sign.

use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

use super::words;
use super::{FIRST, Finding, Report, brief, links};
use crate::account::{Caller, Partition};
use crate::checks::Verdict;
use crate::plain::{MARK, plain, signs};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    pub colour: bool,
    /// Clickable links (OSC 8).
    pub links: bool,
    /// Characters beyond ASCII.
    pub unicode: bool,
    /// Maximum columns.
    pub width: usize,
    /// Rows of the terminal that a brief report should fit on; `None`: not a terminal.
    pub rows: Option<usize>,
    /// Every control with reason and evidence.
    pub details: bool,
}

impl Style {
    /// Plain text with 80 columns.
    #[must_use]
    pub fn plain(details: bool) -> Self {
        Self { colour: false, links: false, unicode: true, width: 80, rows: None, details }
    }
}

/// Indentation of the text below a title.
const LEFT: usize = 4;

#[must_use]
pub fn write(report: &Report, style: Style) -> String {
    let mut text = if style.details { detailed(report, style) } else { brief::write(report, style) };
    if report.users && (style.details || report.caller().is_some()) {
        text.push_str(&super::users::write(report.facts, style));
    }
    if style.details {
        let _ = writeln!(text);
        wrapped(&report.summary(), style.width).iter().for_each(|line| text.push_str(&format!("{line}\n")));
    }
    if style.unicode { text } else { text.replace('·', "-").replace('…', "..").replace(MARK, "?") }
}

fn detailed(report: &Report, style: Style) -> String {
    let mut text = wrapped(&format!("lockroot check · {}", words::subject(report)), style.width).join("\n") + "\n";
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
    text
}

/// The section on changes.
fn changes((heading, lines): &(String, Vec<String>), style: Style) -> String {
    let mut text = format!("\n{}\n", title(heading, style));
    for line in lines.iter().flat_map(|line| wrapped(line, style.width.saturating_sub(LEFT))) {
        let _ = writeln!(text, "{:LEFT$}{line}", "");
    }
    text
}

pub(super) fn title(words: &str, style: Style) -> String {
    if style.colour { format!("\x1b[1m{words}\x1b[0m") } else { words.to_owned() }
}

/// Consecutive findings with the same body, which is written once.
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
    let heads = group.findings.iter().map(|finding| head(finding, style));
    let mut text = heads.collect::<String>() + &group.body;
    if style.links {
        text.extend(see(report, group, style));
    }
    text
}

/// Verdict, id and title, wrapped.
fn head(finding: &Finding, style: Style) -> String {
    let words = format!("{} {}: {}", finding.said(), finding.control.id, finding.title());
    let mut lines = wrapped(&words, style.width.saturating_sub(LEFT)).into_iter();
    let first = lines.next().unwrap_or_default();
    let rest = first.strip_prefix(&finding.said()).unwrap_or_default();
    let mut text = format!(" {}{rest}\n", marked(finding.assessment.verdict, &finding.said(), style));
    lines.for_each(|line| text.push_str(&format!("{:LEFT$}{line}\n", "")));
    text
}

/// Links for what to do, without duplicates.
fn see(report: &Report, group: &Group, style: Style) -> Vec<String> {
    let partition = report.caller().map_or(Partition::Commercial, Caller::partition);
    let mut pages: Vec<links::Link> = Vec::new();
    let open = group.findings.iter().filter(|finding| {
        matches!(finding.assessment.verdict, Verdict::Fail | Verdict::Manual) && !finding.is_suppressed()
    });
    for link in open.flat_map(|finding| links::of(finding.control, &partition)) {
        if !pages.contains(&link) {
            pages.push(link);
        }
    }
    let lines = links::lines(&pages, style.width.saturating_sub(LEFT + 5));
    labelled("see ", &lines, style)
}

/// The text below the title: reason, evidence, fix.
fn body(finding: &Finding, style: Style) -> String {
    let assessment = &finding.assessment;
    let mut text = String::new();
    for line in wrapped(&assessment.why, style.width.saturating_sub(LEFT)) {
        let _ = writeln!(text, "{:LEFT$}{line}", "");
    }
    let width = style.width.saturating_sub(LEFT + 5);
    for evidence in &assessment.evidence {
        let line = format!("{} {} = {}", evidence.call, evidence.field, evidence.value);
        text.extend(indented("read", &line, width, style));
    }
    if let Some(fix) = assessment.fix {
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

/// The mark of `verdict` and `word`, in the verdict's colour.
pub(super) fn marked(verdict: Verdict, word: &str, style: Style) -> String {
    let ((unicode, ascii), colour) = match verdict {
        Verdict::Pass => (signs::PASS, 32),
        Verdict::Fail => (signs::FAIL, 31),
        Verdict::Manual => (signs::MANUAL, 33),
        Verdict::NotApplicable => (signs::NOT_APPLICABLE, 2),
        Verdict::Unknown => (signs::UNKNOWN, 33),
    };
    let sign = if style.unicode { unicode } else { ascii };
    let mark = if word.is_empty() { sign.to_owned() } else { format!("{sign} {word}") };
    if style.colour { format!("\x1b[{colour}m{mark}\x1b[0m") } else { mark }
}

/// Wraps `text` at blanks to `width` columns. A longer word gets a line of its own.
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
