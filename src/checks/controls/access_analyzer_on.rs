//! IAM Access Analyzer is on in every enabled Region.

use crate::account::facts::Analyzer;
use crate::account::{Facts, Question};
use crate::checks::regional::{State, Watcher, assess as in_every_region};
use crate::checks::{Assess, Assessment, Control, References, Remedy, Severity, StepId, console};

pub(super) const CONTROL: Control = Control {
    id: "access-analyzer-on",
    title: "IAM Access Analyzer is on in every Region",
    severity: Severity::High,
    questions: &[Question::AccessAnalyzers],
    references: References {
        cis: &[("5.0", "1.19"), ("6.0", "2.19"), ("7.0", "2.18")],
        security_hub: &["IAM.28"],
        prowler: &["accessanalyzer_enabled"],
    },
    differs: "as above",
    console: Some(console::IAM),
    remedy: Remedy::Step(StepId::Watchers),
    text: include_str!("../../../assets/explain/access-analyzer-on.md"),
    assess: Assess::Facts(assess),
};

const ACCESS_ANALYZER: Watcher<Vec<Analyzer>> = Watcher {
    name: "External access analyzer",
    question: Question::AccessAnalyzers,
    read: |analyzers| {
        let external: Vec<&Analyzer> = analyzers.iter().filter(|analyzer| analyzer.is_external()).collect();
        let best = external.iter().find(|analyzer| analyzer.is_active()).or(external.first());
        let value = match best {
            Some(analyzer) => format!("{} {}", analyzer.kind, analyzer.status),
            None if analyzers.is_empty() => "none".to_owned(),
            None => "none for external access".to_owned(),
        };
        let on = best.is_some_and(|analyzer| analyzer.is_active());
        State { on, call: "access-analyzer:ListAnalyzers", field: "analyzers", value }
    },
    fix: "Create an external access analyzer in every enabled Region (free): IAM console, Access Analyzer, Region by Region.",
};

fn assess(facts: &Facts) -> Result<Assessment, Assessment> {
    in_every_region(&facts.access_analyzers, &ACCESS_ANALYZER)
}
