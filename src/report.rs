//! The result of a check, ready to be written. One format in each file.

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

/// A finished check.
#[derive(Debug)]
pub struct Report<'a> {
    /// Everything that was read.
    pub facts: &'a Facts,
    /// Whether the account is the practice one.
    pub practice: bool,
    /// When the check ended.
    pub checked_at: Timestamp,
    /// What each selected control says, in the controls' order.
    pub findings: Vec<Finding>,
    /// What changed since a saved report, if one was asked for and is there.
    pub drift: Option<Drift>,
    /// What the exit code is held to.
    pub fail_on: FailOn,
    /// Whether every user is to be listed.
    pub users: bool,
    /// Where what fails is fixed.
    pub guide: Guide,
}

/// How the wizard is started on the account, and which of its steps is about a control.
#[derive(Debug, Clone)]
pub struct Guide {
    /// What is typed.
    pub command: String,
    /// Number of the step about the control of that id, if there is one.
    pub step: fn(&str) -> Option<usize>,
}

impl Default for Guide {
    fn default() -> Self {
        Self { command: "lockroot".into(), step: |_| None }
    }
}

/// The heading over what is to be done.
const FIRST: &str = "What to do first";

/// A part of a report for people: its heading and its findings.
#[derive(Debug)]
pub struct Section<'a> {
    /// The heading.
    pub title: &'static str,
    /// The findings, the most urgent first.
    pub findings: Vec<&'a Finding>,
}

impl<'a> Report<'a> {
    /// Lets every control assess `facts`.
    #[must_use]
    pub fn new(facts: &'a Facts, practice: bool, checked_at: Timestamp) -> Self {
        Self::of(facts, practice, checked_at, &Selection::default(), &[])
    }

    /// Lets the selected controls assess `facts`.
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

    /// How many controls gave that verdict, suppressed ones included.
    #[must_use]
    pub fn count(&self, verdict: Verdict) -> usize {
        self.findings.iter().filter(|finding| finding.assessment.verdict == verdict).count()
    }

    /// How many findings are suppressed.
    #[must_use]
    pub fn suppressed(&self) -> usize {
        self.findings.iter().filter(|finding| finding.is_suppressed()).count()
    }

    /// How many controls were not selected.
    #[must_use]
    pub fn not_selected(&self) -> usize {
        CONTROLS.len() - self.findings.len()
    }

    /// How many controls came to a verdict, of all that there are.
    #[must_use]
    pub fn checked(&self) -> usize {
        self.findings.len() - self.count(Verdict::Unknown) - self.count(Verdict::Manual)
    }

    /// Who was signed in.
    #[must_use]
    pub fn caller(&self) -> Option<&Caller> {
        self.facts.caller.known()
    }

    /// The account's alias.
    #[must_use]
    pub fn alias(&self) -> Option<&str> {
        match &self.facts.alias {
            Reading::Known { value, .. } => value.as_deref(),
            Reading::Unread | Reading::Failed(_) | Reading::Closed(_) => None,
        }
    }

    /// The parts for people, without those that are empty: what to do first comes first.
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

    /// The sum in a sentence or two: how many were checked, of how many, with which verdicts.
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

    /// The exit code, as [`FailOn`] asks for it: 1 something fails or got worse, 3 something could not be read, 0 otherwise.
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
