//! Every control's word on the same facts, judged once: for a screen that shows it in several places.

use super::{CONTROLS, Control, Judgement, Verdict};
use crate::account::{Facts, Timestamp};

/// Controls with their judgements, in the order of reports.
#[derive(Debug)]
pub struct Judged(Vec<(&'static Control, Judgement)>);

impl Judged {
    /// Lets every control judge `facts`.
    #[must_use]
    pub fn of(facts: &Facts) -> Self {
        Self(CONTROLS.iter().map(|control| (control, control.judge(facts))).collect())
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &(&'static Control, Judgement)> {
        self.0.iter()
    }

    /// What the control called `id` said.
    #[must_use]
    pub fn judgement(&self, id: &str) -> Option<&Judgement> {
        self.0.iter().find(|(control, _)| control.id == id).map(|(_, judgement)| judgement)
    }

    /// Its verdict.
    #[must_use]
    pub fn verdict(&self, id: &str) -> Option<Verdict> {
        self.judgement(id).map(|judgement| judgement.verdict)
    }

    /// How many pass.
    #[must_use]
    pub fn passing(&self) -> usize {
        self.0.iter().filter(|(_, judgement)| judgement.verdict == Verdict::Pass).count()
    }

    /// How many are about something that is there: all but those that do not apply.
    #[must_use]
    pub fn applying(&self) -> usize {
        self.0.iter().filter(|(_, judgement)| judgement.verdict != Verdict::NotApplicable).count()
    }

    /// When a fact was last read on which a verdict rests.
    #[must_use]
    pub fn last_read(&self) -> Option<Timestamp> {
        self.0.iter().flat_map(|(_, judgement)| &judgement.evidence).map(|evidence| evidence.read_at).max()
    }
}
