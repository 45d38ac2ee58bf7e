//! The score in steps, and the list of open items, most urgent first. Of a user who may not read the account, both are
//! about their own sign-in.

use std::fmt;

use super::reach::has_own_sign_in_only;
use super::{Own, Scope, StepId, StepStatus, status_in};
use crate::account::Facts;
use crate::checks::{Assessment, Assessments, CONTROLS, Control, Remedy, Severity, Verdict};

/// Number of steps that are done, of those that apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Score {
    /// Steps whose controls all pass.
    pub done: usize,
    /// Steps with only accepted risks left.
    pub accepted: usize,
    /// Steps that apply to this account, including unread ones.
    pub all: usize,
    /// What is counted: steps, or parts of one's own sign-in.
    pub unit: &'static str,
}

impl Score {
    /// The score of `facts`; `assessed` are their assessments.
    #[must_use]
    pub fn of(assessed: &Assessments, facts: &Facts) -> Self {
        if has_own_sign_in_only(facts) { Self::of_own(facts) } else { Self::among(|_| true, assessed, facts) }
    }

    /// The score of one's own sign-in.
    fn of_own(facts: &Facts) -> Self {
        let verdicts = Own::ALL.map(|own| own.assess(facts).map(|(verdict, _)| verdict));
        let count = |wanted: Verdict| verdicts.iter().filter(|verdict| **verdict == Some(wanted)).count();
        let all = verdicts.len() - count(Verdict::NotApplicable);
        Self { done: count(Verdict::Pass), accepted: 0, all, unit: "parts" }
    }

    /// The score of the steps that lock root away.
    #[must_use]
    pub fn of_root(assessed: &Assessments, facts: &Facts) -> Self {
        Self::among(|step| step.scope() == Scope::Root, assessed, facts)
    }

    fn among(counts: impl Fn(StepId) -> bool, assessed: &Assessments, facts: &Facts) -> Self {
        let steps = StepId::CHECKLIST.into_iter().filter(|step| counts(*step));
        let statuses: Vec<StepStatus> = steps.map(|step| status_in(assessed, step, facts)).collect();
        let count = |wanted: StepStatus| statuses.iter().filter(|status| **status == wanted).count();
        let all = statuses.len() - count(StepStatus::NotApplicable);
        Self { done: count(StepStatus::Done), accepted: count(StepStatus::Accepted), all, unit: "steps" }
    }

    /// Whether nothing is left but accepted risks.
    #[must_use]
    pub fn is_full(self) -> bool {
        self.done + self.accepted == self.all
    }
}

/// `5 of 7 steps are done, 1 accepted as a risk`
impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verb = if self.done == 1 { "is" } else { "are" };
        write!(f, "{} of {} {} {verb} done", self.done, self.all, self.unit)?;
        match self.accepted {
            0 => Ok(()),
            accepted => write!(f, ", {accepted} accepted as a risk"),
        }
    }
}

/// An open item.
#[derive(Debug, Clone, Copy)]
pub enum Open<'a> {
    /// A step: the worst of its controls that do not pass, and the number of further ones.
    Step(StepId, &'static Control, &'a Assessment, usize),
    /// Optional work of a done step: the worst control, and the number of further ones.
    Beyond(StepId, &'static Control, &'a Assessment, usize),
    /// A control without a step.
    Control(&'static Control, &'a Assessment),
    /// Nobody has proven that someone other than root can sign in.
    SecondWay,
    /// A part of one's own sign-in.
    Own(Own, Verdict),
}

impl Open<'_> {
    /// Sort order: failed controls first, the worst at the top; then unread ones; then questions for a person.
    fn urgency(&self) -> (u8, Severity, bool) {
        match self {
            Self::SecondWay => (0, Severity::Critical, true),
            Self::Own(_, verdict) => (rank(*verdict), Severity::Critical, false),
            Self::Step(_, control, assessment, _)
            | Self::Beyond(_, control, assessment, _)
            | Self::Control(control, assessment) => (rank(assessment.verdict), control.severity, false),
        }
    }
}

fn rank(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Fail => 0,
        Verdict::Unknown => 1,
        Verdict::Manual | Verdict::Pass | Verdict::NotApplicable => 2,
    }
}

/// Everything that is open, the most urgent first. A step stands there once. What has not been read yet is not in it, nor is
/// what somebody accepts for now.
#[must_use]
pub fn open<'a>(assessed: &'a Assessments, facts: &Facts, has_second_way: bool) -> Vec<Open<'a>> {
    if has_own_sign_in_only(facts) {
        return open_of_own(facts);
    }
    let mut items: Vec<Open<'a>> = assessed
        .iter()
        .filter_map(|(control, assessment)| {
            // A manual control is a question of its step, or advice of `check`.
            let is_open = match assessment.verdict {
                Verdict::Fail | Verdict::Unknown => true,
                Verdict::Manual => {
                    control.remedy.step().is_some() && !matches!(control.remedy, Remedy::OptionalHandOff(..))
                }
                Verdict::Pass | Verdict::NotApplicable => false,
            };
            let is_open = is_open && !assessed.is_accepted(control.id);
            (is_open && is_read(control, facts)).then(|| match control.remedy.step() {
                Some(step) if is_settled(status_in(assessed, step, facts)) => {
                    Open::Beyond(step, control, assessment, 0)
                }
                Some(step) => Open::Step(step, control, assessment, 0),
                None => Open::Control(control, assessment),
            })
        })
        .collect();
    // Without an administrator nobody can prove a second way in. Then the Administrator step is in the list instead.
    let lacks_administrator = matches!(status_in(assessed, StepId::Administrator, facts), StepStatus::ToDo(..));
    if !has_second_way && !lacks_administrator && is_all_read(facts) {
        items.push(Open::SecondWay);
    }
    items.sort_by_key(Open::urgency);
    once_a_step(items)
}

/// What is open in one's own sign-in, the most urgent first.
fn open_of_own<'a>(facts: &Facts) -> Vec<Open<'a>> {
    let of = |own: Own| match own.assess(facts)?.0 {
        verdict @ (Verdict::Fail | Verdict::Unknown) => Some(Open::Own(own, verdict)),
        Verdict::Pass | Verdict::Manual | Verdict::NotApplicable => None,
    };
    let mut items: Vec<Open<'a>> = Own::ALL.into_iter().filter_map(of).collect();
    items.sort_by_key(Open::urgency);
    items
}

/// Whether the checklist shows a step of that status as one that is done, or that there is none to do.
fn is_settled(status: StepStatus) -> bool {
    match status {
        StepStatus::Done | StepStatus::NotApplicable | StepStatus::Accepted => true,
        StepStatus::Unread
        | StepStatus::ToDo(..)
        | StepStatus::Unknown
        | StepStatus::NoAccess
        | StepStatus::ToAnswer => false,
    }
}

/// Whether every control has its facts.
#[must_use]
pub fn is_all_read(facts: &Facts) -> bool {
    CONTROLS.iter().all(|control| is_read(control, facts))
}

fn is_read(control: &Control, facts: &Facts) -> bool {
    !control.questions.iter().any(|question| facts.is_unread(question))
}

/// Keeps the most urgent item of each step, with the number of the others.
fn once_a_step(items: Vec<Open<'_>>) -> Vec<Open<'_>> {
    let mut kept: Vec<Open<'_>> = Vec::new();
    for item in items {
        let (Open::Step(step, ..) | Open::Beyond(step, ..)) = item else {
            kept.push(item);
            continue;
        };
        let same = kept.iter_mut().find_map(|other| match other {
            Open::Step(of, _, _, more) | Open::Beyond(of, _, _, more) if *of == step => Some(more),
            _ => None,
        });
        match same {
            Some(more) => *more += 1,
            None => kept.push(item),
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::{Fact, Failure, Fault};
    use crate::checks::explain;

    /// Explanations of controls begin like this where they name the step that fixes them.
    const BY_A_STEP: &str = "`lockroot`, the step \"";

    #[test]
    fn each_controls_text_names_the_step_that_the_ending_opens() {
        for control in CONTROLS {
            let text = explain::chapter(control, "Fix it with lockroot").unwrap_or_default();
            let named = text.strip_prefix(BY_A_STEP).and_then(|rest| rest.split('"').next());
            let leads = control.remedy.step().map(|step| step.definition().title());
            assert_eq!(named, leads, "{}", control.id);
        }
    }

    #[test]
    fn without_any_read_nothing_is_done_and_the_second_way_in_is_open() {
        let mut facts = Facts::default();
        for question in CONTROLS.iter().flat_map(|control| control.questions) {
            let denied = Failure::new(Fault::AccessDenied, question.action(), "no");
            facts.learn(Fact::unanswered(question, denied));
        }
        let assessed = Assessments::of(&facts);
        let items = open(&assessed, &facts, false);
        assert!(items.iter().any(|item| matches!(item, Open::SecondWay)), "{items:?}");
        assert!(!open(&assessed, &facts, true).iter().any(|item| matches!(item, Open::SecondWay)));
        assert_eq!(Score::of(&assessed, &facts).done, 0);
    }

    #[test]
    fn no_item_is_open_before_it_was_read() {
        let facts = Facts::default();
        assert!(open(&Assessments::of(&facts), &facts, false).is_empty());
        assert_eq!(
            Score::of(&Assessments::of(&facts), &facts),
            Score { done: 0, accepted: 0, all: StepId::CHECKLIST.len(), unit: "steps" }
        );
    }
}
