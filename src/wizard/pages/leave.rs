//! Asks whether to quit, and says what would be lost.

mod content;

use super::super::keys::common::{esc, one};
use super::super::keys::{Binding, Intent, Key};
use super::{Content, Input, Leaving, Next, PageBehaviour, SmallScreen, World};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Leave;

impl PageBehaviour for Leave {
    fn content<'p>(&'p self, world: &'p World) -> Content<'p> {
        content::of(world)
    }

    fn keys(&self, _: &World) -> Vec<Binding> {
        vec![one(Key::Char('y'), "y", "leave", Intent::Leave), esc("stay")]
    }

    fn on(self, input: Input, _: &mut World) -> Next {
        match input {
            Input::Do(Intent::Back) => Next::Back,
            _ => self.unhandled(),
        }
    }

    fn leaving(&self, _: &World) -> Leaving {
        Leaving::Free
    }

    fn small_screen(&self) -> Option<SmallScreen> {
        Some(SmallScreen::Sentence("Leave lockroot? Unfinished input is lost."))
    }
}
