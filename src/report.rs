//! The result of a check. Each format has a file of its own.

mod brief;
mod causes;
pub mod csv;
pub mod drift;
#[cfg(test)]
mod drift_tests;
pub mod fail_on;
pub mod finding;
pub mod html;
pub mod json;
pub mod junit;
mod links;
pub mod markdown;
pub mod ocsf;
pub mod selection;
pub mod text;
mod words;

pub use drift::{Drift, Saved};
pub use fail_on::FailOn;
pub use finding::Finding;
pub use selection::Selection;
pub mod users;

pub use crate::account::Suppression;
use crate::account::day;
use crate::account::moment::rfc3339;
use crate::account::{Caller, Facts, Reading, Timestamp};
pub use crate::checks::SuppressionScope;
use crate::checks::{CONTROLS, Verdict, suppression};

#[derive(Debug)]
pub struct Report<'a> {
    pub facts: &'a Facts,
    pub practice: bool,
    /// When the check ended.
    pub checked_at: Timestamp,
    /// The selected controls' results, in control order.
    pub findings: Vec<Finding>,
    /// Changes since a saved report, if one was given and exists.
    pub drift: Option<Drift>,
    /// What makes the exit code nonzero.
    pub fail_on: FailOn,
    /// Whether to list every user.
    pub users: bool,
    /// How to reach the fixes.
    pub guide: Guide,
}

/// How to start the wizard on this account, and which step fixes a control.
#[derive(Debug, Clone)]
pub struct Guide {
    /// The command to type.
    pub command: String,
    /// Step number for a control id, if any.
    pub step: fn(&str) -> Option<usize>,
}

impl Default for Guide {
    fn default() -> Self {
        Self { command: "lockroot".into(), step: |_| None }
    }
}

/// Heading of the findings to act on.
const FIRST: &str = "What to do first";

/// A section of a report for people.
#[derive(Debug)]
pub struct Section<'a> {
    pub title: &'static str,
    /// Most urgent first.
    pub findings: Vec<&'a Finding>,
}

impl<'a> Report<'a> {
    /// Assesses `facts` with every control.
    #[must_use]
    pub fn new(facts: &'a Facts, practice: bool, checked_at: Timestamp) -> Self {
        Self::of(facts, practice, checked_at, &Selection::default(), &[])
    }

    /// Assesses `facts` with the selected controls.
    #[must_use]
    pub fn of(
        facts: &'a Facts,
        practice: bool,
        checked_at: Timestamp,
        selection: &Selection,
        suppressions: &[Suppression],
    ) -> Self {
        let findings = selection
            .controls()
            .map(|control| {
                let (assessment, rules) = control.assess_by(facts, |rule| selection.asks(control, rule));
                let found = suppression::of(control, &rules, suppressions, day(checked_at));
                let scope = found.as_ref().map_or(SuppressionScope::Whole, |(_, scope)| *scope);
                let suppression = found.map(|(suppression, _)| suppression);
                Finding { control, assessment, rules, suppression, scope }
            })
            .collect();
        Self {
            facts,
            practice,
            checked_at,
            findings,
            drift: None,
            fail_on: FailOn::default(),
            users: false,
            guide: Guide::default(),
        }
    }

    /// Number of findings with this verdict, suppressed ones included.
    #[must_use]
    pub fn count(&self, verdict: Verdict) -> usize {
        self.findings.iter().filter(|finding| finding.assessment.verdict == verdict).count()
    }

    /// Number of suppressed findings.
    #[must_use]
    pub fn suppressed(&self) -> usize {
        self.findings.iter().filter(|finding| finding.is_suppressed()).count()
    }

    /// Number of controls not selected.
    #[must_use]
    pub fn not_selected(&self) -> usize {
        CONTROLS.len() - self.findings.len()
    }

    /// Number of selected controls with a verdict other than unknown and manual.
    #[must_use]
    pub fn checked(&self) -> usize {
        self.findings.len() - self.count(Verdict::Unknown) - self.count(Verdict::Manual)
    }

    #[must_use]
    pub fn caller(&self) -> Option<&Caller> {
        self.facts.caller.known()
    }

    #[must_use]
    pub fn alias(&self) -> Option<&str> {
        match &self.facts.alias {
            Reading::Known { value, .. } => value.as_deref(),
            Reading::Unread | Reading::Failed(_) | Reading::Closed(_) => None,
        }
    }

    /// Non-empty sections for people, what to act on first.
    #[must_use]
    pub fn sections(&self) -> Vec<Section<'_>> {
        let part = |title, belongs: &dyn Fn(&Finding) -> bool| {
            let mut findings: Vec<&Finding> = self.findings.iter().filter(|finding| belongs(finding)).collect();
            findings.sort_by_key(|finding| finding.urgency());
            Section { title, findings }
        };
        let verdict = |finding: &Finding| finding.assessment.verdict;
        let parts = [
            part(FIRST, &|finding| {
                matches!(verdict(finding), Verdict::Fail | Verdict::Unknown) && !finding.is_suppressed()
            }),
            part("For a person to see", &|finding| verdict(finding) == Verdict::Manual && !finding.is_suppressed()),
            part("Suppressed", &Finding::is_suppressed),
            part("Sound", &|finding| matches!(verdict(finding), Verdict::Pass | Verdict::NotApplicable)),
        ];
        parts.into_iter().filter(|part| !part.findings.is_empty()).collect()
    }

    /// One or two sentences: number of controls checked, and counts by verdict.
    #[must_use]
    pub fn summary(&self) -> String {
        let counts = Verdict::ALL.iter().map(|verdict| (self.count(*verdict), verdict.word()));
        let counts: Vec<String> =
            counts.filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")).collect();
        let beside = [(self.suppressed(), "of these suppressed"), (self.not_selected(), "not selected")];
        let beside: String =
            beside.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("; {count} {word}")).collect();
        let counts_still = |verdict| {
            self.findings.iter().any(|finding| finding.assessment.verdict == verdict && !finding.is_suppressed())
        };
        let next = if counts_still(Verdict::Fail) {
            "Run `lockroot` to fix what fails."
        } else if counts_still(Verdict::Unknown) {
            "Nothing fails, but not everything could be read."
        } else if counts_still(Verdict::Manual) {
            "Nothing fails. What only a person can see is left."
        } else if self.suppressed() > 0 {
            "Nothing to do for as long as the suppressions hold."
        } else {
            "Nothing to do."
        };
        format!("{} of {} checked: {}{beside}. {next}", self.checked(), CONTROLS.len(), counts.join(", "))
    }

    /// The exit code by [`FailOn`]: 1 for a failure or a change to worse, 3 for an unknown result, 0 otherwise.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        let counted = |verdict| {
            self.findings.iter().any(|finding| {
                finding.assessment.verdict == verdict
                    && !finding.is_suppressed()
                    && self.fail_on.counts(verdict, finding.control.severity)
            })
        };
        let worse = self.fail_on.counts_worse() && self.drift.as_ref().is_some_and(|drift| !drift.worse.is_empty());
        if worse || counted(Verdict::Fail) || counted(Verdict::Manual) {
            1
        } else if counted(Verdict::Unknown) {
            3
        } else {
            0
        }
    }
}
