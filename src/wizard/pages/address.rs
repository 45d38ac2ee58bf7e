//! The console's address as a QR code, for a phone.

mod content;

use super::super::keys::common::closing;
use super::super::keys::{Binding, Intent, Key};
use super::{Content, Input, Leaving, Next, PageBehaviour, World};

/// The page with the console's address as a QR code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Address;

impl PageBehaviour for Address {
    fn content<'p>(&'p self, world: &'p World) -> Content<'p> {
        content::of(world)
    }

    fn keys(&self, _: &World) -> Vec<Binding> {
        vec![closing(&[Key::Enter, Key::Char('a'), Key::Char('q')])]
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
}
