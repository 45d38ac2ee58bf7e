//! The result of a step: what was done, and whether a fresh read confirms it.

mod content;

use super::super::keys::common::{columns, enter, esc, evidence, general, quiet, scrolling};
use super::super::keys::{Binding, Intent};
use super::fill_in::FillIn;
use super::{ClockMoves, Content, Input, Leaving, Next, PageBehaviour, World};
use crate::steps::{ActionId, Opening, StepId, StepStatus, status_in};
use crate::wizard::Place;
use crate::wizard::chosen_action::ChosenAction;
use crate::wizard::content::beside;

/// The page with the result of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    pub(in crate::wizard) step: StepId,
    /// What was done, in words, and whether a fresh read shows it.
    pub lines: Vec<(String, ReadBack)>,
    focus: usize,
}

/// Destination of a button.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Onward {
    /// The rest of this step.
    SameStep,
    /// To the next step.
    NextStep,
    /// An optional action that no control requires.
    Beyond(ActionId),
}

/// Whether a fresh read shows a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadBack {
    Shown,
    /// Nothing to read from AWS: a person's answer, which is kept.
    Kept,
    /// AWS accepted the call, but does not show the change yet. IAM sometimes takes minutes.
    NotYet,
    /// The read failed, or no read could show the change.
    Unread,
}

impl Record {
    #[must_use]
    pub fn new(step: StepId, lines: Vec<(String, ReadBack)>) -> Self {
        Self { step, lines, focus: 0 }
    }

    /// One result, confirmed by a read.
    #[must_use]
    pub fn shown(step: StepId, line: impl Into<String>) -> Self {
        Self::new(step, vec![(line.into(), ReadBack::Shown)])
    }

    /// Answers that were kept.
    #[must_use]
    pub(super) fn kept(step: StepId) -> Self {
        Self::new(step, vec![("Your answers, with today's date".into(), ReadBack::Kept)])
    }

    /// The buttons. The rest of this step comes before the next step.
    #[must_use]
    pub fn buttons(&self, world: &World) -> Vec<Onward> {
        if !self.step.is_listed() {
            return vec![Onward::SameStep];
        }
        let status = status_in(world.facts().assessments(), self.step, world.facts());
        let first = || self.step.definition().first_item(world.facts()).unwrap_or(0);
        let can_go_on =
            || world.step_view(self.step, first()).actions.first().is_some_and(|action| action.blocked.is_none());
        let is_left = matches!(status, StepStatus::ToDo(..) | StepStatus::ToAnswer) && can_go_on();
        let beyond = self.step.definition().offers_beyond(world.facts());
        let same = is_left.then_some(Onward::SameStep);
        same.into_iter().chain([Onward::NextStep]).chain(beyond.map(Onward::Beyond)).collect()
    }

    /// Index of the button in focus.
    #[must_use]
    pub fn focus(&self, world: &World) -> usize {
        self.focus.min(self.buttons(world).len() - 1)
    }
}

/// Opens the form of an action that needs no selected row.
fn beyond(step: StepId, action: ActionId, world: &mut World) -> Next {
    match step.definition().open(action, 0, world.facts()) {
        Opening::Form(form) => {
            let chosen = ChosenAction { step, action, item: 0, subject: None, form: None };
            Next::Go(FillIn::open(chosen, form, world))
        }
        _ => Next::Back,
    }
}

/// Distance in places from `step` to the next one that is not done, so Enter opens no finished step.
pub(super) fn onward(step: StepId, world: &World) -> isize {
    let [from, to] = [Place::Step(step), world.next_open(Some(step))].map(|place| place.line().index().cast_signed());
    to - from
}

impl PageBehaviour for Record {
    fn content<'p>(&'p self, world: &'p World) -> Content<'p> {
        content::of(world, self)
    }

    fn keys(&self, world: &World) -> Vec<Binding> {
        let leads = match self.buttons(world)[self.focus(world)] {
            Onward::SameStep => "go on here",
            Onward::NextStep => "next step",
            Onward::Beyond(_) => "choose",
        };
        let mut bindings = vec![enter(leads), esc("back to the step"), evidence(), quiet(scrolling())];
        if self.buttons(world).len() > 1 {
            bindings.insert(0, columns("button"));
        }
        bindings.extend(general());
        bindings
    }

    fn on(mut self, input: Input, world: &mut World) -> Next {
        match input {
            Input::Do(Intent::Choose) => match self.buttons(world)[self.focus(world)] {
                Onward::SameStep => Next::Back,
                Onward::NextStep => Next::Turn(None, onward(self.step, world)),
                Onward::Beyond(action) => beyond(self.step, action, world),
            },
            Input::Do(Intent::Shift(by)) => {
                self.focus = self.focus(world).saturating_add_signed(by).min(self.buttons(world).len() - 1);
                self.stay()
            }
            Input::Do(Intent::Back) => Next::Back,
            _ => self.unhandled(),
        }
    }

    fn leaving(&self, _: &World) -> Leaving {
        Leaving::Free
    }

    fn third_pane<'p>(&'p self, world: &'p World) -> Option<Content<'p>> {
        Some(beside::evidence_and_why(world, self.step))
    }

    fn clock_moves(&self) -> ClockMoves {
        ClockMoves::MovesAndReads
    }
}
