//! The results of all controls on the same facts, computed once for screens that show them several times.

use time::Date;

use super::{Assessment, CONTROLS, Control, SuppressionScope, Verdict, suppression};
use crate::account::{Facts, Suppression, Timestamp};

/// Controls with their assessments, in report order.
#[derive(Debug)]
pub struct Assessments {
    all: Vec<(&'static Control, Assessment)>,
    /// Accepted risks of controls that do not pass, expired ones included.
    accepted: Vec<(&'static Control, Suppression, SuppressionScope)>,
}

impl Assessments {
    /// Assesses `facts` with every control.
    #[must_use]
    pub fn of(facts: &Facts) -> Self {
        // Without a date no acceptance is in force.
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

    pub fn iter(&self) -> impl Iterator<Item = &(&'static Control, Assessment)> {
        self.all.iter()
    }

    #[must_use]
    pub fn assessment(&self, id: &str) -> Option<&Assessment> {
        self.all.iter().find(|(control, _)| control.id == id).map(|(_, assessment)| assessment)
    }

    #[must_use]
    pub fn verdict(&self, id: &str) -> Option<Verdict> {
        self.assessment(id).map(|assessment| assessment.verdict)
    }

    /// The accepted risk of a control that does not pass, expired or not, and its scope.
    #[must_use]
    pub fn acceptance(&self, id: &str) -> Option<(&Suppression, SuppressionScope)> {
        self.accepted.iter().find(|(control, ..)| control.id == id).map(|(_, one, scope)| (one, *scope))
    }

    /// Whether the control does not pass, and a risk that covers all of it is accepted. That is never a pass.
    #[must_use]
    pub fn is_accepted(&self, id: &str) -> bool {
        self.acceptance(id).is_some_and(|(_, scope)| scope == SuppressionScope::Whole)
    }

    /// The accepted risks in force, in report order.
    pub fn accepted(&self) -> impl Iterator<Item = (&'static Control, &Suppression)> {
        let holding = self.accepted.iter().filter(|(.., scope)| *scope == SuppressionScope::Whole);
        holding.map(|(control, one, _)| (*control, one))
    }

    /// The latest read among all evidence.
    #[must_use]
    pub fn last_read(&self) -> Option<Timestamp> {
        self.all.iter().flat_map(|(_, assessment)| &assessment.evidence).map(|evidence| evidence.read_at).max()
    }
}
