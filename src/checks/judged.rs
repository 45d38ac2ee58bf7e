//! Every control's word on the same facts, judged once: for a screen that shows it in several places.

use time::Date;

use super::{CONTROLS, Control, Judgement, Reach, Verdict, suppression};
use crate::account::{Facts, Suppression, Timestamp};

/// Controls with their judgements, in the order of reports.
#[derive(Debug)]
pub struct Judged {
    all: Vec<(&'static Control, Judgement)>,
    /// What somebody accepts of those that do not pass, or accepted once.
    accepted: Vec<(&'static Control, Suppression, Reach)>,
}

impl Judged {
    /// Lets every control judge `facts`.
    #[must_use]
    pub fn of(facts: &Facts) -> Self {
        // Without a day none of them holds.
        let on = facts.accepted.on.unwrap_or(Date::MAX);
        let (mut all, mut accepted) = (Vec::new(), Vec::new());
        for control in CONTROLS {
            let (judgement, rules) = control.judge_by(facts, |_| true);
            if !matches!(judgement.verdict, Verdict::Pass | Verdict::NotApplicable) {
                let found = suppression::of(control, &rules, &facts.accepted.all, on);
                accepted.extend(found.map(|(one, reach)| (control, one, reach)));
            }
            all.push((control, judgement));
        }
        Self { all, accepted }
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &(&'static Control, Judgement)> {
        self.all.iter()
    }

    /// What the control called `id` said.
    #[must_use]
    pub fn judgement(&self, id: &str) -> Option<&Judgement> {
        self.all.iter().find(|(control, _)| control.id == id).map(|(_, judgement)| judgement)
    }

    /// Its verdict.
    #[must_use]
    pub fn verdict(&self, id: &str) -> Option<Verdict> {
        self.judgement(id).map(|judgement| judgement.verdict)
    }

    /// What somebody accepts, or accepted once, of the control called `id`, which does not pass; and how far that reaches.
    #[must_use]
    pub fn acceptance(&self, id: &str) -> Option<(&Suppression, Reach)> {
        self.accepted.iter().find(|(control, ..)| control.id == id).map(|(_, one, reach)| (one, *reach))
    }

    /// Whether the control called `id` does not pass, and somebody accepts all of that for now. It is never a pass.
    #[must_use]
    pub fn is_accepted(&self, id: &str) -> bool {
        self.acceptance(id).is_some_and(|(_, reach)| reach == Reach::Whole)
    }

    /// The risks that hold, in the order of reports.
    pub fn accepted(&self) -> impl Iterator<Item = (&'static Control, &Suppression)> {
        let holding = self.accepted.iter().filter(|(.., reach)| *reach == Reach::Whole);
        holding.map(|(control, one, _)| (*control, one))
    }

    /// When a fact was last read on which a verdict rests.
    #[must_use]
    pub fn last_read(&self) -> Option<Timestamp> {
        self.all.iter().flat_map(|(_, judgement)| &judgement.evidence).map(|evidence| evidence.read_at).max()
    }
}
