//! The text about each control. Title, severity and references come from its `CONTROL`, the rest from assets/explain.

use super::{Control, named};

const REFERENCES: &str = "## References\n\n";

/// Markdown for the control that `id` or one of its rules names.
#[must_use]
pub fn text(id: &str) -> Option<String> {
    named(id).map(|(control, _)| page(control))
}

/// Markdown for `control`.
#[must_use]
pub fn page(control: &Control) -> String {
    let Control { id, title, severity, text, .. } = control;
    let (chapters, pages) = text.split_once(REFERENCES).unwrap_or((text, ""));
    format!("# {id}: {title}\n\nSeverity: {severity}\n\n{chapters}{REFERENCES}{}\n{pages}", references(control))
}

/// The chapter called `name`, without its heading.
#[must_use]
pub fn chapter(control: &Control, name: &str) -> Option<&'static str> {
    let (_, chapter) = control.text.split_once(&format!("## {name}\n\n"))?;
    Some(chapter.split("\n\n## ").next().unwrap_or(chapter).trim_end())
}

fn references(control: &Control) -> String {
    let names = control.references();
    let cis: Vec<String> = names.cis.iter().map(|(version, numbers)| format!("CIS {version}: {numbers}")).collect();
    let list = |names: &[&str]| if names.is_empty() { "none".to_owned() } else { names.join(", ") };
    let cis: Vec<&str> = cis.iter().map(String::as_str).collect();
    let cis = if cis.is_empty() { "none".to_owned() } else { cis.join("; ") };
    let rules: String =
        control.rules().iter().map(|rule| format!("- The rule {}: {}\n", rule.id, rule.title)).collect();
    format!(
        "{rules}- CIS AWS Foundations Benchmark: {cis}\n- Security Hub: {}\n- Prowler: {}\n",
        list(&names.security_hub),
        list(&names.prowler)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::CONTROLS;

    const CHAPTERS: [&str; 8] =
        ["Why", "Risk", "Verdicts", "Fix it by hand", "Fix it with lockroot", "Definition", "Difference", "References"];

    #[test]
    fn every_explanation_has_exactly_its_sections() {
        for control in CONTROLS {
            let id = control.id;
            let found: Vec<&str> = control.text.lines().filter_map(|line| line.strip_prefix("## ")).collect();
            assert_eq!(found, CHAPTERS, "{id}");
            for name in CHAPTERS {
                assert!(chapter(control, name).is_some_and(|text| !text.is_empty()), "{id}: {name}");
            }
            assert!(control.text.starts_with("## Why\n"), "{id}: its heading is written by the program");
            let pages = chapter(control, "References").unwrap();
            assert!(pages.lines().all(|line| line.starts_with("- https://")), "{id}: the pages, nothing else");
            assert!(pages.contains("https://docs.aws.amazon.com/"), "{id} says where AWS documents it");
            assert!(
                // A URL or pattern to be copied stays on one line.
                page(control).lines().all(|line| line.chars().count() <= 100
                    || line.contains("https://")
                    || line.starts_with("    {")
                    || line.starts_with("- Security Hub")
                    || line.starts_with("- Prowler")),
                "{id} fits a page"
            );
        }
    }

    #[test]
    fn an_explanation_starts_with_the_control_and_ends_with_its_references() {
        let page = text("root-mfa").unwrap();
        assert!(page.starts_with("# root-mfa: Root signs in with MFA\n\nSeverity: critical\n\n## Why\n\n"), "{page}");
        let end = "## References\n\n- CIS AWS Foundations Benchmark: CIS 5.0: 1.4; CIS 6.0: 2.4; CIS 7.0: 2.5\n\
                   - Security Hub: IAM.9\n- Prowler: iam_root_mfa_enabled\n\n- https://docs.aws.amazon.com/";
        assert!(page.contains(end), "{page}");
    }

    #[test]
    fn a_rule_is_explained_with_its_control() {
        assert_eq!(text("password-policy-symbol"), text("password-policy"));
        assert!(text("password-policy").unwrap().contains("- The rule password-policy-symbol: "));
        assert_eq!(text("password-policy-nothing"), None);
    }

    #[test]
    fn the_metric_filter_matches_security_hub_on_one_line() {
        // Security Hub user guide, CloudWatch.1.
        let filter =
            r#"{$.userIdentity.type="Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType !="AwsServiceEvent"}"#;
        let text = text("root-use-alarm").unwrap();
        assert!(text.lines().any(|line| line.trim() == filter), "{text}");
        assert!(
            text.contains("--state ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"),
            "or it hears no read-only calls"
        );
    }
}
