//! The check as Markdown (CommonMark with tables), for tickets and wikis.

use std::fmt::Write;

use super::words;
use super::{FIRST, Finding, Report};
use crate::plain::plain;

#[must_use]
pub fn write(report: &Report) -> String {
    let mut text =
        format!("# lockroot check\n\n{}\n\n**{}**\n", safe(&words::subject(report)), with_code(&report.summary()));
    let mut changes = words::drift(report).map(|drift| changes(&drift));
    for section in report.sections() {
        if section.title != FIRST {
            text.extend(changes.take());
        }
        let _ = writeln!(text, "\n## {}\n\n| Verdict | Severity | Control | Why |\n|---|---|---|---|", section.title);
        for Finding { control, assessment, .. } in &section.findings {
            let why = safe(&assessment.why);
            let _ = writeln!(
                text,
                "| {} | {} | {} (`{}`) | {why} |",
                assessment.verdict.word(),
                control.severity,
                safe(control.title),
                control.id
            );
        }
        for finding in section.findings {
            let _ = write!(text, "{}", entry(finding));
        }
    }
    text.extend(changes);
    text
}

/// The section on changes.
fn changes((heading, lines): &(String, Vec<String>)) -> String {
    let lines: String = lines.iter().map(|line| format!("- {}\n", safe(line))).collect();
    format!("\n## {}\n\n{lines}", safe(heading))
}

fn entry(finding: &Finding) -> String {
    let Finding { control, assessment, .. } = finding;
    let mut text = format!("\n### {} (`{}`): {}\n\n", safe(control.title), control.id, finding.said());
    if let Some(fix) = assessment.fix {
        let _ = writeln!(text, "- What to do: {}", with_code(fix));
    }
    if let Some(words) = finding.suppression_words() {
        let _ = writeln!(text, "- Suppression {}", safe(&words));
    }
    for evidence in &assessment.evidence {
        let _ = writeln!(text, "- Read: {} {} = {}", evidence.call, safe(&evidence.field), safe(&evidence.value));
    }
    let references = words::references(control);
    if !references.is_empty() {
        let _ = writeln!(text, "- References: {}", safe(&references.join("; ")));
    }
    text
}

/// `text` on one line. Text in backticks is code, so it is not escaped.
fn with_code(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    // An odd number of parts means that every backtick is paired.
    if parts.len().is_multiple_of(2) {
        return safe(text);
    }
    let part = |(i, part): (usize, &&str)| if i % 2 == 1 { format!("`{}`", plain(part)) } else { safe(part) };
    parts.iter().enumerate().map(part).collect()
}

/// `text` on one line, with Markdown and HTML escaped.
fn safe(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in plain(text).chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '#' | '|' | '~' | '!' => {
                safe.push('\\');
                safe.push(c);
            }
            _ => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::{safe, with_code};

    #[test]
    fn backticked_code_stays_code() {
        assert_eq!(with_code("Run `a_b` *now*"), "Run `a_b` \\*now\\*");
        assert_eq!(with_code("a lone ` stays"), "a lone \\` stays");
    }

    #[test]
    fn a_name_cannot_become_markdown() {
        assert_eq!(safe("a|b\n# <script>*x*[y](z)"), "a\\|b \\# &lt;script&gt;\\*x\\*\\[y\\](z)");
    }
}
