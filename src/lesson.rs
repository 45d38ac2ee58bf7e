//! A lesson: goals on a practice account, and questions to answer afterwards. Goals are read from the account.

pub mod record;
#[cfg(test)]
mod tests;

use crate::account::Facts;
use crate::checks::{self, Assessments, Verdict};
use crate::steps::{Own, StepId, StepStatus, status_in};

/// A lesson.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lesson {
    /// The scenario's, in a line.
    pub title: String,
    /// What is to be reached.
    pub goals: Vec<Goal>,
    /// What is to be understood.
    pub questions: Vec<Why>,
}

/// Something to be reached: all of what it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Goal {
    text: String,
    controls: Vec<&'static str>,
    steps: Vec<StepId>,
    second_way: bool,
    own: Vec<Own>,
}

/// A question, and what a good answer says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Why {
    /// Begins with why.
    pub question: String,
    /// What a good answer says.
    pub explanation: String,
}

/// By what a goal is met, as a scenario names it.
#[derive(Debug, Clone, Copy)]
pub struct MetBy<'a> {
    /// Ids of controls that pass.
    pub controls: &'a [String],
    /// Names of steps that are done.
    pub steps: &'a [String],
    /// It is proven that somebody other than root can sign in.
    pub second_way: bool,
    /// Names of what is one's own and as it should be.
    pub own: &'a [String],
}

impl Goal {
    /// The goal `text`, met by all of that.
    ///
    /// # Errors
    /// It names a control or a step that does not exist, or nothing at all.
    pub fn new(text: &str, by: MetBy<'_>) -> Result<Self, String> {
        let control = |id: &String| {
            let known = checks::control(id).map(|control| control.id);
            known.ok_or_else(|| format!("there is no control {id:?}; `lockroot explain` lists them"))
        };
        let step = |name: &String| {
            let known = StepId::CHECKLIST.into_iter().find(|step| step_name(*step) == *name);
            let names = || StepId::CHECKLIST.map(step_name).join(", ");
            known.ok_or_else(|| format!("there is no step {name:?}; there are: {}", names()))
        };
        let own = |name: &String| {
            let known = Own::ALL.into_iter().find(|own| own.name() == name);
            known.ok_or_else(|| {
                format!("nothing of one's own is {name:?}; there are: {}", Own::ALL.map(Own::name).join(", "))
            })
        };
        let goal = Self {
            text: text.to_owned(),
            controls: by.controls.iter().map(control).collect::<Result<_, _>>()?,
            steps: by.steps.iter().map(step).collect::<Result<_, _>>()?,
            second_way: by.second_way,
            own: by.own.iter().map(own).collect::<Result<_, _>>()?,
        };
        if goal.controls.is_empty() && goal.steps.is_empty() && goal.own.is_empty() && !goal.second_way {
            return Err(format!("the goal {text:?} names nothing by which it is met"));
        }
        Ok(goal)
    }

    /// What is to be reached, in words.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether it is reached by `facts`, of which `assessed` is. What has not been read is not reached.
    #[must_use]
    pub fn is_met(&self, assessed: &Assessments, facts: &Facts, has_second_way: bool) -> bool {
        let passes = |id: &&str| assessed.verdict(id) == Some(Verdict::Pass);
        let is_done = |step: &StepId| status_in(assessed, *step, facts) == StepStatus::Done;
        let is_fine = |own: &Own| own.assess(facts).is_some_and(|(verdict, _)| verdict == Verdict::Pass);
        self.controls.iter().all(passes)
            && self.steps.iter().all(is_done)
            && self.own.iter().all(is_fine)
            && (has_second_way || !self.second_way)
    }
}

/// A step's title as one word: `root-mfa`.
fn step_name(step: StepId) -> String {
    step.definition().title().to_lowercase().replace(' ', "-")
}
