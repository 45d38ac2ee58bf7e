//! The check as JUnit XML for CI servers such as Jenkins: one test case per control.

use std::fmt::Write;

use super::{Finding, Report, rfc3339};
use crate::checks::Verdict;
use crate::plain::plain;

/// Fail is a failure, unknown an error; manual, not applicable and suppressed are skipped.
#[must_use]
pub fn write(report: &Report) -> String {
    let of = |wanted: Kind| report.findings.iter().filter(|finding| kind(finding) == wanted).count();
    let (failures, errors, skipped) = (of(Kind::Failure), of(Kind::Error), of(Kind::Skipped));
    let tests = report.findings.len();
    let account = report.caller().map_or("unknown", |caller| caller.account.as_str());
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(
        text,
        "<testsuites name=\"lockroot check\" tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\">"
    );
    let _ = writeln!(
        text,
        "  <testsuite name=\"lockroot {}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\" skipped=\"{skipped}\" \
         timestamp=\"{}\">\n    <properties>\n      <property name=\"account\" value=\"{0}\"/>\n      \
         <property name=\"practice\" value=\"{}\"/>\n      <property name=\"summary\" value=\"{}\"/>\n    </properties>",
        escaped(account),
        rfc3339(report.checked_at),
        report.practice,
        escaped(&report.summary()),
    );
    for finding in &report.findings {
        let _ = writeln!(
            text,
            "    <testcase classname=\"lockroot.{}\" name=\"{}: {}\">{}</testcase>",
            finding.control.severity,
            finding.control.id,
            escaped(finding.control.title),
            outcome(finding)
        );
    }
    text.push_str("  </testsuite>\n</testsuites>\n");
    text
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Passed,
    Failure,
    Error,
    Skipped,
}

fn kind(finding: &Finding) -> Kind {
    match finding.assessment.verdict {
        Verdict::Pass => Kind::Passed,
        Verdict::Manual | Verdict::NotApplicable => Kind::Skipped,
        Verdict::Fail | Verdict::Unknown if finding.is_suppressed() => Kind::Skipped,
        Verdict::Fail => Kind::Failure,
        Verdict::Unknown => Kind::Error,
    }
}

fn outcome(finding: &Finding) -> String {
    let assessment = &finding.assessment;
    let element = match kind(finding) {
        Kind::Passed => return String::new(),
        Kind::Failure => "failure",
        Kind::Error => "error",
        Kind::Skipped => "skipped",
    };
    let mut lines: Vec<String> =
        assessment.evidence.iter().map(|e| format!("read {} {} = {}", e.call, e.field, e.value)).collect();
    lines.extend(assessment.fix.map(|fix| format!("fix {fix}")));
    lines.extend(finding.suppression_words().map(|words| format!("suppression {words}")));
    let lines: Vec<String> = lines.iter().map(|line| escaped(line)).collect();
    format!(
        "<{element} type=\"{}\" message=\"{}\">{}</{element}>",
        assessment.verdict.word(),
        escaped(&assessment.why),
        lines.join("\n")
    )
}

/// Escapes `text` for XML 1.0 elements and attributes, without characters that XML does not allow.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in plain(text).chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn xml_special_characters_are_escaped() {
        assert_eq!(
            escaped("<a b=\"c\">'&\u{0}\u{1b}\u{ffff}é"),
            "&lt;a b=&quot;c&quot;&gt;&apos;&amp;\u{fffd}\u{fffd}\u{fffd}é"
        );
    }
}
