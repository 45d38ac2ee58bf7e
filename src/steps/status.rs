//! The status of a step, from its controls' verdicts.

use super::{Row, StepId};
use crate::account::{Facts, Fault, Question};
use crate::checks::{Assessments, Control, Verdict};

/// Status of a step in the checklist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepStatus {
    /// Some facts have not been read.
    Unread,
    /// All its controls pass or don't apply.
    Done,
    NotApplicable,
    /// Only accepted risks are left.
    Accepted,
    /// Some controls fail: the number that pass, and the total.
    ToDo(usize, usize),
    /// Nothing fails, but some facts could not be read.
    Unknown,
    /// Nothing fails, and AWS denies the principal all facts that are missing.
    NoAccess,
    /// Nothing fails, but a person has to answer.
    ToAnswer,
}

/// Status of `step`. `assessed` are the assessments of `facts`.
#[must_use]
pub fn status_in(assessed: &Assessments, step: StepId, facts: &Facts) -> StepStatus {
    let unread = |question: &Question| facts.is_unread(question);
    let controls: Vec<_> = step.controls().collect();
    if controls.iter().any(|control| control.questions.iter().any(unread)) {
        return StepStatus::Unread;
    }
    let is_accepted = controls.iter().any(|control| assessed.is_accepted(control.id));
    let left = controls.iter().filter(|control| !assessed.is_accepted(control.id));
    let verdicts: Vec<Verdict> = left.filter_map(|control| assessed.verdict(control.id)).collect();
    let count = |wanted: Verdict| verdicts.iter().filter(|verdict| **verdict == wanted).count();
    match (count(Verdict::Fail), count(Verdict::Unknown), count(Verdict::NotApplicable)) {
        (0, 0, none) if none == verdicts.len() && !is_accepted => StepStatus::NotApplicable,
        (0, 0, _) if count(Verdict::Manual) > 0 => StepStatus::ToAnswer,
        (0, 0, _) if is_accepted => StepStatus::Accepted,
        (0, 0, _) => StepStatus::Done,
        (0, ..) if denied_only(assessed, &controls, facts) => StepStatus::NoAccess,
        (0, _, _) => StepStatus::Unknown,
        _ => StepStatus::ToDo(count(Verdict::Pass), controls.len()),
    }
}

/// Whether AWS denies a read of every unknown control.
fn denied_only(assessed: &Assessments, controls: &[&Control], facts: &Facts) -> bool {
    let is_denied =
        |question: &Question| facts.failure(question).is_some_and(|failure| failure.fault == Fault::AccessDenied);
    let unknown = controls.iter().filter(|control| assessed.verdict(control.id) == Some(Verdict::Unknown));
    unknown.clone().all(|control| control.questions.iter().any(is_denied))
}

/// A row for each control of `step`, with its verdict.
pub(super) fn verdict_rows(step: StepId, facts: &Facts) -> Vec<Row> {
    step.controls()
        .map(|control| {
            let is_unread = control.questions.iter().any(|question| facts.is_unread(question));
            let assessment = (!is_unread).then(|| control.assess(facts));
            Row::Control(control, assessment.map(|assessment| (assessment.verdict, assessment.why)))
        })
        .collect()
}
