//! The check as Markdown (CommonMark with tables), for tickets and wikis.

use std::fmt::Write;

use super::words::{self, plain};
use super::{Finding, Report};

/// `report` as Markdown.
#[must_use]
pub fn write(report: &Report) -> String {
    let mut text =
        format!("# lockroot check\n\n{}\n\n**{}**\n", safe(&words::subject(report)), safe(&report.summary()));
    if let Some((heading, lines)) = words::drift(report) {
        let _ = writeln!(text, "\n## {}\n", safe(&heading));
        for line in lines {
            let _ = writeln!(text, "- {}", safe(&line));
        }
    }
    for section in report.sections() {
        let _ = writeln!(text, "\n## {}\n\n| Verdict | Severity | Control | Why |\n|---|---|---|---|", section.title);
        for Finding { control, judgement, .. } in &section.findings {
            let why = safe(&judgement.why);
            let _ = writeln!(
                text,
                "| {} | {} | {} (`{}`) | {why} |",
                judgement.verdict.word(),
                control.severity,
                safe(control.title),
                control.id
            );
        }
        for finding in section.findings {
            let _ = write!(text, "{}", entry(finding));
        }
    }
    text
}

fn entry(finding: &Finding) -> String {
    let Finding { control, judgement, .. } = finding;
    let mut text = format!("\n### {}: {}\n\n", safe(control.title), finding.said());
    if let Some(fix) = judgement.fix {
        let _ = writeln!(text, "- What to do: {}", safe(fix));
    }
    if let Some(words) = finding.suppression_words() {
        let _ = writeln!(text, "- Suppression {}", safe(&words));
    }
    for evidence in &judgement.evidence {
        let _ = writeln!(text, "- Read: {} {} = {}", evidence.call, safe(&evidence.field), safe(&evidence.value));
    }
    let references = words::references(control);
    if !references.is_empty() {
        let _ = writeln!(text, "- References: {}", safe(&references.join("; ")));
    }
    text
}

/// `text` in one line, with everything escaped that Markdown or HTML in it could mean.
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
    use super::safe;

    #[test]
    fn a_name_stays_a_name() {
        assert_eq!(safe("a|b\n# <script>*x*[y](z)"), "a\\|b \\# &lt;script&gt;\\*x\\*\\[y\\](z)");
    }
}
