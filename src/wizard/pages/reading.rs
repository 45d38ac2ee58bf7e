//! A text over whatever is there, to be read and scrolled: the help, a step's whole explanation, what the verdicts rest on.

use super::super::keys::common::{closing, scrolling};
use super::super::keys::{Binding, Intent, Key};
use super::{Behave, Input, Leaving, Next, World};

/// A text to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// Which one.
    pub text: Text,
    /// The first line in view.
    pub line: u16,
}

/// The texts there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Text {
    /// All keys that work now.
    Help,
    /// The step's whole explanation.
    Guide,
    /// What the verdicts rest on.
    Evidence,
    /// The text about the control of that id: why, the risk, how to fix it by hand.
    Control(&'static str),
    /// The goals of the practice account, and what to be able to say.
    Lesson,
}

impl Reading {
    /// From its start.
    #[must_use]
    pub fn of(text: Text) -> Self {
        Self { text, line: 0 }
    }

    /// Whether it is the list of keys, which can be read at any size.
    #[must_use]
    pub fn is_help(&self) -> bool {
        self.text == Text::Help
    }
}

impl Behave for Reading {
    fn keys(&self, _: &World) -> Vec<Binding> {
        let others: &[Key] = match self.text {
            Text::Help => &[Key::Enter, Key::Char('q'), Key::Char('?'), Key::F1],
            Text::Guide | Text::Evidence | Text::Control(_) => {
                &[Key::Enter, Key::Char('q'), Key::Char('w'), Key::Char('e')]
            }
            Text::Lesson => &[Key::Enter, Key::Char('q'), Key::Char('g')],
        };
        vec![scrolling(), closing(others)]
    }

    fn on(mut self, input: Input, world: &mut World) -> Next {
        match input {
            Input::Do(Intent::Back) => Next::Back,
            Input::Do(Intent::Help) if self.text == Text::Help => Next::Back,
            Input::Do(Intent::Scroll(by)) => {
                self.line = world.drawn().scrolled(by);
                self.stay()
            }
            _ => self.pass(),
        }
    }

    fn leaving(&self, _: &World) -> Leaving {
        Leaving::Free
    }
}
