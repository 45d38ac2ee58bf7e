//! The question whether to leave: what is lost by it, and what is not.

use super::super::keys::common::{esc, one};
use super::super::keys::{Binding, Intent, Key};
use super::{Behave, Input, Leaving, Next, World};

/// The question whether to leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Leave;

impl Behave for Leave {
    fn keys(&self, _: &World) -> Vec<Binding> {
        vec![one(Key::Char('y'), "y", "leave", Intent::Leave), esc("stay")]
    }

    fn on(self, input: Input, _: &mut World) -> Next {
        match input {
            Input::Do(Intent::Back) => Next::Back,
            _ => self.pass(),
        }
    }

    fn leaving(&self, _: &World) -> Leaving {
        Leaving::Free
    }
}
