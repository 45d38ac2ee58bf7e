//! The results of all controls on the same facts, computed once for a screen that shows them in several places.

use time::Date;

use super::{Assessment, CONTROLS, Control, SuppressionScope, Verdict, suppression};
use crate::account::{Facts, Suppression, Timestamp};

/// Controls with their assessments, in the order of reports.
#[derive(Debug)]
pub struct Assessments {
    all: Vec<(&'static Control, Assessment)>,
    /// What somebody accepts of those that do not pass, or accepted once.
    accepted: Vec<(&'static Control, Suppression, SuppressionScope)>,
}

impl Assessments {
    /// Lets every control assess `facts`.
    #[must_use]
    pub fn of(facts: &Facts) -> Self {
        // Without a day none of them holds.
        let on = facts.accepted.on.unwrap_or(Date::MAX);
        let (mut all, mut accepted) = (Vec::new(), Vec::new());
        for control in CONTROLS {
            let (assessment, rules) = control.assess_by(facts, |_| true);
            if !matches!(assessment.verdict, Verdict::Pass | Verdict::NotApplicable) {
                let found = suppression::of(control, &rules, &facts.accepted.all, on);
                accepted.extend(found.map(|(one, scope)| (control, one, scope)));
            }
            all.push((control, assessment));
        }
        Self { all, accepted }
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &(&'static Control, Assessment)> {
        self.all.iter()
    }

    /// What the control called `id` said.
    #[must_use]
    pub fn assessment(&self, id: &str) -> Option<&Assessment> {
        self.all.iter().find(|(control, _)| control.id == id).map(|(_, assessment)| assessment)
    }

    /// Its verdict.
    #[must_use]
    pub fn verdict(&self, id: &str) -> Option<Verdict> {
        self.assessment(id).map(|assessment| assessment.verdict)
    }

    /// What somebody accepts, or accepted once, of the control called `id`, which does not pass; and how far that reaches.
    #[must_use]
    pub fn acceptance(&self, id: &str) -> Option<(&Suppression, SuppressionScope)> {
        self.accepted.iter().find(|(control, ..)| control.id == id).map(|(_, one, scope)| (one, *scope))
    }

    /// Whether the control called `id` does not pass, and somebody accepts all of that for now. It is never a pass.
    #[must_use]
    pub fn is_accepted(&self, id: &str) -> bool {
        self.acceptance(id).is_some_and(|(_, scope)| scope == SuppressionScope::Whole)
    }

    /// The risks that hold, in the order of reports.
    pub fn accepted(&self) -> impl Iterator<Item = (&'static Control, &Suppression)> {
        let holding = self.accepted.iter().filter(|(.., scope)| *scope == SuppressionScope::Whole);
        holding.map(|(control, one, _)| (*control, one))
    }

    /// When a fact was last read on which a verdict rests.
    #[must_use]
    pub fn last_read(&self) -> Option<Timestamp> {
        self.all.iter().flat_map(|(_, assessment)| &assessment.evidence).map(|evidence| evidence.read_at).max()
    }
}
