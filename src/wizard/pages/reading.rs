//! A text over whatever is there, to be read and scrolled: the help, a step's whole explanation, what the verdicts rest on.

pub(in crate::wizard) mod content;

use super::super::keys::common::{closing, scrolling};
use super::super::keys::{Binding, Intent, Key};
use super::{Behave, Content, Input, Leaving, Next, Small, World};
use crate::wizard::Place;

/// A text to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// Which one.
    text: Text,
    /// The first line in view.
    line: u16,
}

/// The texts there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Text {
    /// All keys that work now.
    Help,
    /// The whole explanation of the step at that place.
    Guide(Place),
    /// What the verdicts of that place rest on.
    Evidence(Place),
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
    fn content<'p>(&'p self, world: &'p World) -> Content<'p> {
        content::of(world, self)
    }

    fn keys(&self, _: &World) -> Vec<Binding> {
        let others: &[Key] = match self.text {
            Text::Help => &[Key::Enter, Key::Char('q'), Key::Char('?'), Key::F1],
            Text::Guide(_) | Text::Evidence(_) | Text::Control(_) => {
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

    fn line(&self) -> Option<u16> {
        Some(self.line)
    }

    fn small(&self) -> Option<Small> {
        self.is_help().then_some(Small::Whole)
    }
}
