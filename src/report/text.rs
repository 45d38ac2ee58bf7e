//! The check as a table for people. Colours on a terminal only, and never as the only sign.

use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

use super::{Report, rfc3339};
use crate::checks::{Judgement, Verdict};

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
    let mut text = heading(report);
    for (control, judgement) in &report.results {
        let _ = writeln!(text, "\n {} {}", mark(judgement.verdict, style), control.title);
        for line in wrapped(&judgement.why, style.width.saturating_sub(LEFT)) {
            let _ = writeln!(text, "{:LEFT$}{line}", "");
        }
        let _ = write!(text, "{}", proof(judgement, style));
    }
    if report.users {
        text.push_str(&super::users::write(report.facts, style));
    }
    let _ = writeln!(text, "\n{}", summary(report));
    if style.unicode { text } else { text.replace('·', "-").replace('…', "..") }
}

fn heading(report: &Report) -> String {
    let practice = if report.practice { "PRACTICE " } else { "" };
    match report.caller() {
        Some(caller) => format!(
            "lockroot check · {practice}account {}{} · signed in as {}, {} · {}\n",
            caller.account,
            report.alias().map(|alias| format!(" ({alias})")).unwrap_or_default(),
            caller.principal.words(),
            caller.credential.kind.words(),
            rfc3339(report.checked_at),
        ),
        None => format!("lockroot check · {practice}not signed in · {}\n", rfc3339(report.checked_at)),
    }
}

fn proof(judgement: &Judgement, style: Style) -> String {
    let mut text = String::new();
    let width = style.width.saturating_sub(LEFT + 5);
    for evidence in &judgement.evidence {
        let line = format!("{} {} = {}", evidence.call, evidence.field, evidence.value);
        text.extend(indented("read", &line, width, style));
    }
    if let Some(fix) = judgement.fix {
        text.extend(indented("fix ", fix, width, style));
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

fn mark(verdict: Verdict, style: Style) -> String {
    let (unicode, ascii, word, colour) = match verdict {
        Verdict::Pass => ("✓", "+", "pass", 32),
        Verdict::Fail => ("✗", "x", "FAIL", 31),
        Verdict::Manual => ("!", "!", "manual", 33),
        Verdict::NotApplicable => ("–", "-", "not applicable", 2),
        Verdict::Unknown => ("?", "?", "unknown", 33),
    };
    let mark = format!("{} {word}", if style.unicode { unicode } else { ascii });
    if style.colour { format!("\x1b[{colour}m{mark}\x1b[0m") } else { mark }
}

fn summary(report: &Report) -> String {
    let counts: Vec<String> = Verdict::ALL
        .iter()
        .map(|verdict| (report.count(*verdict), verdict.word()))
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    let checked = report.results.len() - report.count(Verdict::Unknown) - report.count(Verdict::Manual);
    let next = match report.exit_code() {
        1 => "Run `lockroot` to put right what fails.",
        3 => "Nothing fails, but not everything could be read.",
        _ if report.count(Verdict::Manual) > 0 => "Nothing fails; the rest only a person can answer, in the wizard.",
        _ => "Nothing to do.",
    };
    format!("{checked} of {} checked: {}. {next}", report.results.len(), counts.join(", "))
}

/// `text` in lines of at most `width` columns, broken at blanks. A longer word stands on a line of its own.
pub(super) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let line = lines.last_mut().map_or(0, |line| line.width());
        if line > 0 && line + 1 + word.width() > width {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(&word.chars().filter(|c| !c.is_control()).collect::<String>());
        }
    }
    lines
}
