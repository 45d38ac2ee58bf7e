//! A lesson: goals on a practice account, and questions to answer afterwards. Goals are evaluated by reading the
//! account.

pub mod record;
#[cfg(test)]
mod tests;

use crate::account::Facts;
use crate::checks::{self, Assessments, Verdict};
use crate::steps::{Own, StepId, StepStatus, status_in};

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lesson {
    /// The scenario's title.
    pub title: String,
    pub goals: Vec<Goal>,
    pub questions: Vec<Why>,
}

/// A goal, met when all of its conditions are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Goal {
    text: String,
    controls: Vec<&'static str>,
    steps: Vec<StepId>,
    second_way: bool,
    own: Vec<Own>,
}

/// A question with its explanation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Why {
    /// Starts with "Why".
    pub question: String,
    /// The points of a good answer.
    pub explanation: String,
}

/// The conditions of a goal, as a scenario names them.
#[derive(Debug, Clone, Copy)]
pub struct MetBy<'a> {
    /// Ids of controls that must pass.
    pub controls: &'a [String],
    /// Names of steps that must be done.
    pub steps: &'a [String],
    /// Whether someone other than root must have a proven sign-in.
    pub second_way: bool,
    /// Aspects of the learner's own sign-in that must be in order.
    pub own: &'a [String],
}

impl Goal {
    /// A goal with these conditions.
    ///
    /// # Errors
    /// An unknown control or step, or no condition at all.
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

    /// The goal for people.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether `facts` meet the goal; `assessed` must be computed from them. Unread facts do not meet it.
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
