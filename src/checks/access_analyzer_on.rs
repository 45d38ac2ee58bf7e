//! IAM Access Analyzer looks for access from outside in every region that is enabled.

use super::Judgement;
use super::regional::{Watcher, judge as in_every_region};
use crate::account::facts::Analyzer;
use crate::account::{Facts, Question};

const ACCESS_ANALYZER: Watcher<Vec<Analyzer>> = Watcher {
    name: "An analyzer of external access",
    question: Question::AccessAnalyzers,
    call: "access-analyzer:ListAnalyzers",
    field: "analyzers",
    read: |analyzers| {
        let external: Vec<&Analyzer> = analyzers.iter().filter(|analyzer| analyzer.is_external()).collect();
        match external.iter().find(|analyzer| analyzer.is_active()).or(external.first()) {
            Some(analyzer) => (analyzer.is_active(), format!("{} {}", analyzer.kind, analyzer.status)),
            None if analyzers.is_empty() => (false, "none".to_owned()),
            None => (false, "none for external access".to_owned()),
        }
    },
    fix: "Create an analyzer for external access in every enabled region, at no cost: IAM console, Access Analyzer, region by region.",
};

pub(super) fn judge(facts: &Facts) -> Result<Judgement, Judgement> {
    in_every_region(&facts.access_analyzers, &ACCESS_ANALYZER)
}
