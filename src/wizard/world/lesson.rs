//! The lesson in practice, and its progress.

use super::World;
use crate::account::SecondWay;
use crate::lesson::Lesson;

impl World {
    #[must_use]
    pub fn lesson(&self) -> Option<&Lesson> {
        self.lesson.as_ref()
    }

    pub(in crate::wizard) fn teach(&mut self, lesson: Lesson) {
        self.lesson = Some(lesson);
    }

    /// The goals in words, and whether the account shows each as reached.
    #[must_use]
    pub fn goals(&self) -> Vec<(&str, bool)> {
        let Some(lesson) = &self.lesson else { return Vec::new() };
        let (assessed, proven) =
            (self.facts.assessments(), self.second_way().as_ref().is_some_and(SecondWay::is_proof));
        lesson.goals.iter().map(|goal| (goal.text(), goal.is_met(assessed, &self.facts, proven))).collect()
    }
}
