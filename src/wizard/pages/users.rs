//! The users: a list, and one user in detail.

mod content;

use super::super::keys::common::{bind, closing, columns, enter, quiet, rows, scrolling};
use super::super::keys::{Binding, Intent, Key};
use super::{Content, Input, Leaving, Next, PageBehaviour, World};

/// The page with all users.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Users {
    /// Index of the selected user.
    pub picked: usize,
    /// First visible line of the selected user's details; `None`: the list is shown.
    pub detail: Option<u16>,
}

impl PageBehaviour for Users {
    fn content<'p>(&'p self, world: &'p World) -> Content<'p> {
        content::of(world, self)
    }

    fn keys(&self, _: &World) -> Vec<Binding> {
        if self.detail.is_some() {
            let pairs = [Key::Esc, Key::Enter, Key::Char('q')].map(|key| (key, Intent::Back));
            return vec![scrolling(), columns("user"), bind(("Esc", "Esc"), "back to the list", &pairs)];
        }
        let leaps = [
            (Key::PageUp, Intent::Move(-8)),
            (Key::PageDown, Intent::Move(8)),
            (Key::Home, Intent::Edge(-1)),
            (Key::End, Intent::Edge(1)),
        ];
        let leaping = quiet(bind(("PgUp PgDn", "PgUp PgDn"), "farther", &leaps));
        vec![rows("pick"), enter("details"), leaping, closing(&[Key::Char('u'), Key::Char('q')])]
    }

    fn on(mut self, input: Input, world: &mut World) -> Next {
        let last = world.facts().listing().len().saturating_sub(1);
        let from = |picked: usize, by: isize| picked.min(last).saturating_add_signed(by).min(last);
        match (input, self.detail) {
            (Input::Do(Intent::Move(by)), None) => self.picked = from(self.picked, by),
            (Input::Do(Intent::Edge(by)), None) => self.picked = if by < 0 { 0 } else { last },
            (Input::Do(Intent::Choose), None) => {
                self.picked = self.picked.min(last);
                self.detail = Some(0);
            }
            (Input::Do(Intent::Back), None) => return Next::Back,
            (Input::Do(Intent::Shift(by)), Some(_)) => {
                self.picked = from(self.picked, by);
                self.detail = Some(0);
            }
            (Input::Do(Intent::Back), Some(_)) => self.detail = None,
            (Input::Do(Intent::Scroll(by)), Some(_)) => self.detail = Some(world.drawn().scrolled(by)),
            _ => return self.unhandled(),
        }
        self.stay()
    }

    fn leaving(&self, _: &World) -> Leaving {
        Leaving::Free
    }

    fn line(&self) -> Option<u16> {
        self.detail
    }
}
