//! Skips a step: asks for the reason, and shows it afterwards.

mod content;

use super::super::keys::common::{enter, erasing, esc, general, turning};
use super::super::keys::{Binding, Intent};
use super::{ClockMoves, Content, Input, Leaving, Next, PageBehaviour, World};
use crate::steps::StepId;
use crate::wizard::input::Status;

/// Longest reason, in characters.
const MAX_REASON_LEN: usize = 200;

/// The page that skips a step.
#[derive(Debug, PartialEq)]
pub struct Skip {
    pub(in crate::wizard) step: StepId,
    /// The reason as typed so far.
    pub(in crate::wizard) reason: String,
    pub(in crate::wizard) stage: SkipStage,
}

/// Progress of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SkipStage {
    /// The person types the reason.
    Typing,
    /// The reason was given, and the step is skipped.
    Skipped,
}

impl Skip {
    pub(super) fn new(step: StepId) -> Self {
        Self { step, reason: String::new(), stage: SkipStage::Typing }
    }

    #[must_use]
    pub fn is_skipped(&self) -> bool {
        self.stage == SkipStage::Skipped
    }
}

impl PageBehaviour for Skip {
    fn content<'p>(&'p self, world: &'p World) -> Content<'p> {
        content::of(world, self)
    }

    fn keys(&self, _: &World) -> Vec<Binding> {
        if self.is_skipped() {
            [vec![enter("resume this step"), turning()], general()].concat()
        } else {
            vec![enter("skip"), esc("back"), erasing()]
        }
    }

    fn on(mut self, input: Input, world: &mut World) -> Next {
        match input {
            Input::Do(Intent::Choose) if self.is_skipped() => return Next::Back,
            _ if self.is_skipped() => return self.unhandled(),
            Input::Do(Intent::Back) => return Next::Back,
            Input::Do(Intent::Choose) if self.reason.trim().is_empty() => {
                world.say("Type a few words for the next person.");
            }
            Input::Do(Intent::Choose) => {
                self.reason = self.reason.trim().to_owned();
                self.stage = SkipStage::Skipped;
            }
            Input::Do(Intent::Erase(_)) => {
                self.reason.pop();
            }
            Input::Do(Intent::Clear) => self.reason.clear(),
            Input::Text(character) if self.reason.chars().count() < MAX_REASON_LEN => self.reason.push(character),
            _ => return self.unhandled(),
        }
        self.stay()
    }

    fn leaving(&self, _: &World) -> Leaving {
        Leaving::Free
    }

    fn skip_reason(&self) -> Option<&str> {
        self.is_skipped().then_some(self.reason.as_str())
    }

    fn types(&self) -> bool {
        !self.is_skipped()
    }

    fn clock_moves(&self) -> ClockMoves {
        if self.is_skipped() { ClockMoves::MovesAndReads } else { ClockMoves::Never }
    }

    fn status(&self) -> Option<Status> {
        self.is_skipped().then_some(Status::Later)
    }
}
