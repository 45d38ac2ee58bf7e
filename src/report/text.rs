//! The check as a table for people. Colours on a terminal only, and never as the only sign.

use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

use super::words::{self, plain};
use super::{FIRST, Finding, Report};
use crate::checks::Verdict;

/// How the table is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// With colours.
    pub colour: bool,
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
        for finding in section.findings {
            let _ = write!(text, "\n{}", entry(finding, style));
        }
    }
    text.extend(changes);
    if report.users {
        text.push_str(&super::users::write(report.facts, style));
    }
    let _ = writeln!(text, "\n{}", report.summary());
    if style.unicode { text } else { text.replace('·', "-").replace('…', "..") }
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

fn entry(finding: &Finding, style: Style) -> String {
    let judgement = &finding.judgement;
    let mut text = format!(" {} {}\n", mark(finding, style), finding.title());
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
    let dim = |text: &str| if style.colour { format!("\x1b[2m{text}\x1b[0m") } else { text.to_owned() };
    wrapped(line, width)
        .iter()
        .enumerate()
        .map(|(i, line)| {
            let label = if i == 0 { label } else { "    " };
            format!("{:LEFT$}{}\n", "", dim(&format!("{label} {line}")))
        })
        .collect()
}

fn mark(finding: &Finding, style: Style) -> String {
    let (unicode, ascii, colour) = match finding.judgement.verdict {
        Verdict::Pass => ("✓", "+", 32),
        Verdict::Fail => ("✗", "x", 31),
        Verdict::Manual => ("!", "!", 33),
        Verdict::NotApplicable => ("–", "-", 2),
        Verdict::Unknown => ("?", "?", 33),
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
