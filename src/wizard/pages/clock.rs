//! Moves the practice account's clock forward, to see at once what otherwise takes hours or months.

mod content;

use std::time::Duration;

use super::super::keys::common::{bind, closing};
use super::super::keys::{Binding, Intent, Key};
use super::{Content, Input, Leaving, Next, PageBehaviour, World};

/// The possible moves: key and duration.
pub const LEAPS: [(char, Duration); 5] = [
    ('1', Duration::from_secs(30)),
    ('2', Duration::from_secs(3600)),
    ('3', Duration::from_secs(4 * 3600)),
    ('4', Duration::from_secs(86_400)),
    ('5', Duration::from_secs(90 * 86_400)),
];

/// The page that moves the practice account's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Clock;

impl PageBehaviour for Clock {
    fn content<'p>(&'p self, world: &'p World) -> Content<'p> {
        content::of(world)
    }

    fn keys(&self, _: &World) -> Vec<Binding> {
        let pairs: Vec<(Key, Intent)> =
            LEAPS.iter().map(|(key, length)| (Key::Char(*key), Intent::Advance(length.as_secs()))).collect();
        vec![bind(("1–5", "1-5"), "move the clock", &pairs), closing(&[Key::Enter, Key::Char('t')])]
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
