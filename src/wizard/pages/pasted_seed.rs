//! Draws the console's secret key, pasted by the person, as a QR code. It is never sent or stored.

mod content;

use super::super::keys::common::{closing, enter, erasing, esc};
use super::super::keys::{Binding, Intent, Key};
use super::{Content, Input, Leaving, Next, PageBehaviour, World};
use crate::secret::Secret;
use crate::totp;

/// Longest input in characters, blanks included.
const MAX_LEN: usize = 400;

/// The page that draws root's secret key, pasted from the console, as a QR code for a second phone or a password
/// manager. It sends the key nowhere.
#[derive(Debug, Default, PartialEq)]
pub struct PastedSeed {
    typed: Secret,
    /// Problem with the input.
    pub(in crate::wizard) problem: Option<String>,
    /// The clean seed and the content of its QR code, once drawn.
    pub(in crate::wizard) drawn: Option<(Secret, Secret)>,
}

impl PastedSeed {
    fn draw(&mut self, world: &World) {
        match totp::seed_from(&self.typed) {
            Ok(seed) => {
                let uri = totp::uri(&seed, "root", &world.account());
                *self = Self { drawn: Some((seed, uri)), ..Self::default() };
            }
            Err(problem) => self.problem = Some(problem),
        }
    }
}

impl PageBehaviour for PastedSeed {
    fn content<'p>(&'p self, _: &'p World) -> Content<'p> {
        content::of(self)
    }

    fn keys(&self, _: &World) -> Vec<Binding> {
        if self.drawn.is_some() {
            vec![closing(&[Key::Enter])]
        } else {
            vec![enter("draw it"), esc("close"), erasing()]
        }
    }

    fn on(mut self, input: Input, world: &mut World) -> Next {
        match input {
            Input::Do(Intent::Back) | Input::Cover => return Next::Back,
            Input::Do(Intent::Choose) => self.draw(world),
            Input::Do(Intent::Erase(_)) => self.typed.pop(),
            Input::Do(Intent::Clear) => self = Self::default(),
            Input::Text(character) if self.drawn.is_none() => {
                self.problem = None;
                if self.typed.chars() < MAX_LEN {
                    self.typed.push(character);
                }
            }
            _ => return self.unhandled(),
        }
        self.stay()
    }

    fn leaving(&self, _: &World) -> Leaving {
        Leaving::Free
    }

    fn types(&self) -> bool {
        self.drawn.is_none()
    }
}
