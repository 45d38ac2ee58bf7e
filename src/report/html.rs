//! The check as one HTML file without scripts, fonts or network access; for light, dark and print.

mod explained;

use std::fmt::Write;

use super::words;
use super::{FIRST, Finding, Report};
use crate::checks::{Verdict, explain};
use crate::plain::plain;

const STYLE: &str = include_str!("../../assets/report.css");

#[must_use]
pub fn write(report: &Report) -> String {
    let account = report.caller().map_or("not signed in", |caller| caller.account.as_str());
    let mut text = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>lockroot check: {}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<header>\n<h1>lockroot check</h1>\n\
         <p class=\"subject\">{}</p>\n",
        safe(account),
        safe(&words::subject(report)),
    );
    if report.practice {
        text.push_str(
            "<p class=\"practice\">Practice: this account is inside the program. It is not an AWS account.</p>\n",
        );
    }
    let _ = writeln!(text, "<p class=\"summary\">{}</p>\n</header>\n<main>", with_code(&report.summary()));
    let mut changes = words::drift(report).map(|drift| changes(&drift));
    for section in report.sections() {
        if section.title != FIRST {
            text.extend(changes.take());
        }
        let _ = writeln!(text, "<section>\n<h2>{}</h2>", section.title);
        for finding in section.findings {
            text.push_str(&entry(finding));
        }
        text.push_str("</section>\n");
    }
    text.extend(changes);
    text.push_str("</main>\n</body>\n</html>\n");
    text
}

/// The section on changes.
fn changes((heading, lines): &(String, Vec<String>)) -> String {
    let lines: String = lines.iter().map(|line| format!("<li>{}</li>\n", safe(line))).collect();
    format!("<section>\n<h2>{}</h2>\n<ul>\n{lines}</ul>\n</section>\n", safe(heading))
}

fn entry(finding: &Finding) -> String {
    let Finding { control, assessment, .. } = finding;
    let mut text = format!(
        "<article class=\"{}\" id=\"{}\">\n<h3><span class=\"verdict\">{}</span>: {} <code>{}</code></h3>\n\
         <p>{}</p>\n",
        assessment.verdict.word(),
        control.id,
        finding.said(),
        safe(&finding.title()),
        control.id,
        safe(&assessment.why),
    );
    if let Some(fix) = assessment.fix {
        let _ = writeln!(text, "<p><strong>What to do:</strong> {}</p>", with_code(fix));
    }
    if let Some(words) = finding.suppression_words() {
        let _ = writeln!(text, "<p><strong>Suppression</strong> {}</p>", safe(&words));
    }
    text.push_str(&evidence(finding));
    let references = words::references(control);
    if !references.is_empty() {
        let _ = writeln!(text, "<p class=\"faint\">{}</p>", safe(&references.join(" · ")));
    }
    let is_sound = matches!(assessment.verdict, Verdict::Pass | Verdict::NotApplicable);
    if !is_sound {
        text.push_str(&explained::details(&explain::page(control)));
    }
    text.push_str("</article>\n");
    text
}

fn evidence(finding: &Finding) -> String {
    if finding.assessment.evidence.is_empty() {
        return String::new();
    }
    let mut text = String::from(
        "<table>\n<thead><tr><th scope=\"col\">Read</th><th scope=\"col\">Field</th>\
         <th scope=\"col\">Value</th><th scope=\"col\">At</th></tr></thead>\n<tbody>\n",
    );
    for evidence in &finding.assessment.evidence {
        let _ = writeln!(
            text,
            "<tr><td><code>{}</code></td><td>{}</td><td>{}</td><td>{}</td></tr>",
            evidence.call,
            safe(&evidence.field),
            safe(&evidence.value),
            super::rfc3339(evidence.read_at)
        );
    }
    text.push_str("</tbody>\n</table>\n");
    text
}

/// Escapes `text` and turns backticks into code elements.
fn with_code(text: &str) -> String {
    let parts: Vec<String> = safe(text).split('`').map(str::to_owned).collect();
    // An odd number of parts means that every backtick is paired.
    if parts.len().is_multiple_of(2) {
        return parts.join("`");
    }
    let part = |(i, part): (usize, &String)| if i % 2 == 1 { format!("<code>{part}</code>") } else { part.clone() };
    parts.iter().enumerate().map(part).collect()
}

/// Escapes `text` for elements and attributes.
fn safe(text: &str) -> String {
    let text = plain(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    text.replace('"', "&quot;").replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use super::{safe, with_code};

    #[test]
    fn text_in_backticks_is_code() {
        assert_eq!(with_code("Run `a <b>` now"), "Run <code>a &lt;b&gt;</code> now");
        assert_eq!(with_code("a lone ` stays"), "a lone ` stays");
    }

    #[test]
    fn a_name_cannot_become_markup() {
        assert_eq!(
            safe("<script>alert('x')</script> & \"y\""),
            "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;y&quot;"
        );
    }
}
