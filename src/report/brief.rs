//! The check on one screen: score, failures worst first, open points, and the next command.

use unicode_width::UnicodeWidthStr;

use super::text::{Style, marked, title, wrapped};
use super::{Finding, Report, causes, words};
use crate::checks::{CONTROLS, Verdict};
use crate::plain::plain;

/// Minimum failures listed, even on the smallest terminal.
const MIN_LISTED: usize = 2;
/// Columns of a line's mark, word and severity.
const HEAD: usize = 17;
/// Indentation of continued lines.
const INDENT: usize = 3;

#[must_use]
pub fn write(report: &Report, style: Style) -> String {
    let Some(_) = report.caller() else { return nobody(report, style) };
    let mut head = wrapped(&words::brief_subject(report), style.width);
    head.extend(wrapped(&score(report), style.width).iter().map(|line| title(line, style)));
    let tail = tail(report, style);
    let mut lines = head;
    let fails: Vec<&Finding> = open(report, Verdict::Fail);
    if !fails.is_empty() {
        let room = style.rows.map_or(usize::MAX, |rows| rows.saturating_sub(lines.len() + tail.len() + 2));
        lines.push(String::new());
        lines.extend(failures(&fails, room, style));
    }
    lines.extend(tail);
    lines.join("\n") + "\n"
}

/// Without a caller nothing else can be reported.
fn nobody(report: &Report, style: Style) -> String {
    let failure = report.facts.caller.failure();
    let reason = failure.map_or_else(|| "nobody is signed in".to_owned(), ToString::to_string);
    let line = format!("0 of {} checked: {reason}", CONTROLS.len());
    let mut lines = wrapped(&words::brief_subject(report), style.width);
    lines.extend(wrapped(&line, style.width));
    let advice = failure.map(|failure| format!("help: {}", failure.fault.command_line_advice()));
    lines.extend(advice.iter().flat_map(|advice| wrapped(advice, style.width)));
    lines.join("\n") + "\n"
}

/// Number of passes among applicable controls, and counts of the other verdicts.
fn score(report: &Report) -> String {
    let count = |verdict| report.count(verdict);
    let all = report.findings.len() - count(Verdict::NotApplicable);
    let others = [Verdict::Fail, Verdict::Unknown, Verdict::Manual].map(|verdict| (count(verdict), verdict.word()));
    let beside = [
        (count(Verdict::NotApplicable), "not applicable"),
        (report.suppressed(), "suppressed"),
        (report.not_selected(), "not selected"),
    ];
    let said = |parts: &[(usize, &str)]| {
        let parts = parts.iter().filter(|(count, _)| *count > 0);
        parts.map(|(count, word)| format!("{count} {word}")).collect::<Vec<_>>().join(", ")
    };
    let (others, beside) = (said(&others), said(&beside));
    let others = if others.is_empty() { others } else { format!("; {others}") };
    let beside = if beside.is_empty() { beside } else { format!("; {beside}") };
    format!("Score: {} of {all} pass{others}{beside}", count(Verdict::Pass))
}

/// Unsuppressed findings with this verdict, most urgent first.
fn open<'a>(report: &'a Report, verdict: Verdict) -> Vec<&'a Finding> {
    let belongs = |finding: &&Finding| finding.assessment.verdict == verdict && !finding.is_suppressed();
    let mut findings: Vec<&Finding> = report.findings.iter().filter(belongs).collect();
    findings.sort_by_key(|finding| finding.urgency());
    findings
}

/// One line per failure as far as they fit; the rest by id.
fn failures(fails: &[&Finding], room: usize, style: Style) -> Vec<String> {
    let column = fails.iter().map(|fail| fail.control.id.len()).max().unwrap_or(0).min(style.width / 4);
    let mut listed = fails.len();
    loop {
        let (shown, others) = fails.split_at(listed);
        let mut lines: Vec<String> = shown.iter().map(|fail| failure(fail, column, style)).collect();
        if !others.is_empty() {
            let more = format!("and {} more fail: {}", others.len(), ids(others));
            lines.extend(paragraph(Verdict::Fail, &more, style));
        }
        if lines.len() <= room || listed <= MIN_LISTED {
            return lines;
        }
        listed -= 1;
    }
}

/// One line: `✗ FAIL critical root-mfa  Root has no MFA: a password is enough.`
fn failure(fail: &Finding, column: usize, style: Style) -> String {
    let severity = fail.control.severity.word();
    let head = format!("{severity:<8} {:column$}", fail.control.id);
    let room = style.width.saturating_sub(HEAD + fail.control.id.len().max(column) + 1);
    let line = format!(" {} {head} {}", marked(Verdict::Fail, "FAIL", style), cut(&fail.assessment.why, room));
    line.trim_end().to_owned()
}

/// The first sentence of `text` in at most `room` columns, cut between words.
fn cut(text: &str, room: usize) -> String {
    let sentence = plain(text.split_inclusive(". ").next().unwrap_or(text).trim_end());
    if sentence.width() <= room {
        return sentence;
    }
    let words = wrapped(&sentence, room.saturating_sub(2)).into_iter().next().unwrap_or_default();
    if words.width() + 2 > room { String::new() } else { format!("{} …", words.trim_end_matches([',', ':'])) }
}

fn ids(findings: &[&Finding]) -> String {
    findings.iter().map(|finding| finding.control.id).collect::<Vec<_>>().join(", ")
}

/// The part below the failures, with a blank line before each section.
fn tail(report: &Report, style: Style) -> Vec<String> {
    let mut left: Vec<String> = Vec::new();
    for cause in causes::of(report.facts, &open(report, Verdict::Unknown)) {
        let words = format!("{} unknown: {}: {}", cause.findings.len(), ids(&cause.findings), cause.words);
        left.extend(paragraph(Verdict::Unknown, &words, style));
    }
    let manual = open(report, Verdict::Manual);
    if !manual.is_empty() {
        let words = format!("{} manual, for you to look at: {}", manual.len(), ids(&manual));
        left.extend(paragraph(Verdict::Manual, &words, style));
    }
    left.extend(suppressions(report, style));
    let mut changes = Vec::new();
    if let Some((heading, lines)) = words::drift(report) {
        changes.push(title(&heading, style));
        let width = style.width.saturating_sub(INDENT);
        changes.extend(lines.iter().flat_map(|line| wrapped(line, width)).map(|line| format!("   {line}")));
    }
    let help = help(report).into_iter().flat_map(|line| wrapped(&line, style.width)).collect();
    let parts = [left, changes, help].into_iter().filter(|part| !part.is_empty());
    parts.flat_map(|part| std::iter::once(String::new()).chain(part)).collect()
}

/// Suppressed failures, and expired suppressions.
fn suppressions(report: &Report, style: Style) -> Vec<String> {
    let said = report.findings.iter().filter_map(|finding| Some((finding, finding.suppression_words()?)));
    let lines = said.flat_map(|(finding, words)| {
        let line = format!("{} {}: suppression {words}", finding.said(), finding.control.id);
        paragraph(finding.assessment.verdict, &line, style)
    });
    lines.collect()
}

/// The next commands: for the worst failure's fix, and for details.
fn help(report: &Report) -> Vec<String> {
    let (fails, unknown, manual) =
        (open(report, Verdict::Fail), open(report, Verdict::Unknown), open(report, Verdict::Manual));
    let Some(first) = fails.first().or(unknown.first()).or(manual.first()) else {
        let words = if report.suppressed() > 0 {
            "Nothing to do for as long as the suppressions hold."
        } else {
            "Nothing to do."
        };
        return vec![words.to_owned()];
    };
    if fails.is_empty()
        && let Some(cause) = causes::of(report.facts, &unknown).into_iter().max_by_key(|cause| cause.findings.len())
        && let Some(advice) = cause.advice
    {
        return vec![
            format!("help: nothing fails in what could be read. {advice}"),
            "help: each control and its calls: `check -v`".to_owned(),
        ];
    }
    let id = first.control.id;
    let begin = if fails.is_empty() { "nothing fails; next" } else { "first" };
    let next = match (report.guide.step)(id) {
        Some(step) => format!("help: {begin} run `{}`, step {step}: {id}", report.guide.command),
        None => format!("help: {begin} run `lockroot explain {id}`"),
    };
    vec![next, "help: why and how: `lockroot explain ID`; details: `check -v`".to_owned()]
}

/// A mark and wrapped words with indented continuation.
fn paragraph(verdict: Verdict, words: &str, style: Style) -> Vec<String> {
    let mut lines = wrapped(words, style.width.saturating_sub(INDENT)).into_iter();
    let first = lines.next().unwrap_or_default();
    let text = format!(" {} {first}", marked(verdict, "", style));
    std::iter::once(text).chain(lines.map(|line| format!("{:INDENT$}{line}", ""))).collect()
}
