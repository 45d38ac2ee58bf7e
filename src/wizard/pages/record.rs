//! What came of a step: what was done, and whether a fresh read shows it.

use super::super::keys::common::{enter, esc, evidence, general, quiet, scrolling};
use super::super::keys::{Binding, Intent};
use super::{Behave, Input, Leap, Leaving, Next, World};

/// What came of a step.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Record {
    /// What was done, in words, and whether it shows.
    pub lines: Vec<(String, Seen)>,
}

/// Whether a fresh read shows a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// It does.
    Shown,
    /// It does not, although AWS took the call; IAM sometimes takes minutes.
    NotYet,
    /// The read failed, or nothing that is read could show it.
    Unread,
}

impl Record {
    /// One thing, that a read shows.
    #[must_use]
    pub fn shown(line: impl Into<String>) -> Self {
        Self { lines: vec![(line.into(), Seen::Shown)] }
    }
}

impl Behave for Record {
    fn keys(&self, _: &World) -> Vec<Binding> {
        let mut bindings = vec![enter("next step"), esc("back to the step"), evidence(), quiet(scrolling())];
        bindings.extend(general());
        bindings
    }

    fn on(self, input: Input, _: &mut World) -> Next {
        match input {
            Input::Do(Intent::Choose) => Next::Turn(None, 1),
            Input::Do(Intent::Back) => Next::Back,
            _ => self.pass(),
        }
    }

    fn leaving(&self, _: &World) -> Leaving {
        Leaving::Free
    }

    fn leap(&self) -> Leap {
        Leap::MovesAndReads
    }
}
