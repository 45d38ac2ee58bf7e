//! A text to scroll over the page: help, guide, evidence, a message to send, or what to do in an incident.

pub(in crate::wizard) mod content;

use super::super::keys::common::{closing, one, scrolling};
use super::super::keys::{Binding, Intent, Key};
use super::{Content, Input, Leaving, Next, PageBehaviour, SmallScreen, World};
use crate::break_glass;
use crate::wizard::Place;
use crate::wizard::chosen_action::ChosenAction;

/// The page with a text.
#[derive(Debug, PartialEq)]
pub struct TextPage {
    text: Text,
    /// Index of the first visible line.
    line: u16,
    /// The selection of the page beneath, to restore it.
    picked: Option<ChosenAction>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Text {
    /// All keys that work now.
    Help,
    /// The guide of the step at that place.
    Guide(Place),
    /// The evidence for the verdicts of that place.
    Evidence(Place),
    /// The explanation of that control: why, the risk, how to fix it by hand.
    Control(&'static str),
    /// The goals and questions of the practice account.
    Lesson,
    /// A message to send. It contains no secret.
    Message(String),
    /// What to do if an attacker may have root.
    Incident,
}

impl TextPage {
    /// The text from its start.
    #[must_use]
    pub fn of(text: Text) -> Self {
        Self { text, line: 0, picked: None }
    }

    /// A message about the selected item, which stays selected.
    #[must_use]
    pub fn message(text: String, picked: ChosenAction) -> Self {
        Self { picked: Some(picked), ..Self::of(Text::Message(text)) }
    }

    /// Whether it is the list of keys, which is readable at any size.
    #[must_use]
    pub fn is_help(&self) -> bool {
        self.text == Text::Help
    }
}

impl PageBehaviour for TextPage {
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
            Text::Message(_) => &[Key::Enter, Key::Char('q'), Key::Char('m')],
            Text::Incident => &[Key::Enter, Key::Char('q'), Key::Char('!')],
        };
        let copying = matches!(self.text, Text::Message(_) | Text::Incident)
            .then(|| one(Key::Char('y'), "y", "copy", Intent::Copy));
        copying.into_iter().chain([scrolling(), closing(others)]).collect()
    }

    fn on(mut self, input: Input, world: &mut World) -> Next {
        match input {
            Input::Do(Intent::Back) => self.picked.map_or(Next::Back, Next::BackWith),
            Input::Do(Intent::Help) if self.text == Text::Help => Next::Back,
            Input::Do(Intent::Scroll(by)) => {
                self.line = world.drawn().scrolled(by);
                self.stay()
            }
            Input::Do(Intent::Copy) => {
                match &self.text {
                    Text::Message(text) => world.copy(text.clone()),
                    Text::Incident => world.copy(break_glass::incident().to_owned()),
                    Text::Help | Text::Guide(_) | Text::Evidence(_) | Text::Control(_) | Text::Lesson => {}
                }
                self.stay()
            }
            _ => self.unhandled(),
        }
    }

    fn leaving(&self, _: &World) -> Leaving {
        Leaving::Free
    }

    fn line(&self) -> Option<u16> {
        Some(self.line)
    }

    fn small_screen(&self) -> Option<SmallScreen> {
        self.is_help().then_some(SmallScreen::Whole)
    }
}
