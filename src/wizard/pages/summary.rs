//! The ending: how far the account is, what was done, and what is still open, most urgent first. Enter goes to what is picked.

use super::super::keys::common::{enter, evidence, general, one, rows, turning};
use super::super::keys::{Binding, Intent, Key};
use super::{Behave, ByHand, Changeover, Input, Leap, Leaving, Next, Page, SecondWay, World};
use crate::checks::Control;
use crate::steps::ending::Open;
use crate::wizard::Place;

/// The ending.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Summary {
    /// The open thing that is picked, counted from 0.
    picked: usize,
}

impl Summary {
    /// How many open things are in view. Going down brings up the rest.
    pub const LISTED: usize = 5;

    /// The open thing that is picked, of those that there are now.
    #[must_use]
    pub fn picked(&self, world: &World) -> usize {
        self.picked.min(last(world))
    }

    fn choose(self, world: &mut World) -> Next {
        enum To {
            Step(Place),
            ByHand(&'static Control),
            SecondWay,
        }
        let to = world.open_items().get(self.picked(world)).map(|item| match item {
            Open::Step(step, ..) => To::Step(Place::Step(*step)),
            Open::Control(control, _) => To::ByHand(control),
            Open::SecondWay => To::SecondWay,
        });
        match to {
            Some(To::Step(place)) => Next::Show(self.into(), place),
            Some(To::ByHand(control)) => {
                world.takes_seat_over();
                Next::Over(self.into(), ByHand::watch(control, world).into())
            }
            Some(To::SecondWay) => {
                world.takes_seat_over();
                Next::Over(self.into(), SecondWay::open(world).into())
            }
            None => self.stay(),
        }
    }
}

fn last(world: &World) -> usize {
    world.open_items().len().saturating_sub(1)
}

impl Behave for Summary {
    fn keys(&self, world: &World) -> Vec<Binding> {
        let sheet = one(Key::Char('b'), "b", "break-glass sheet", Intent::Sheet);
        let second_way = one(Key::Char('i'), "i", "second way in", Intent::SecondWay);
        let users = one(Key::Char('u'), "u", "users", Intent::Users);
        let mut keys = if world.open_items().is_empty() { Vec::new() } else { vec![rows("pick"), enter("go to it")] };
        keys.extend([sheet, second_way, users, evidence(), turning()]);
        keys.extend(general());
        keys
    }

    fn on(self, input: Input, world: &mut World) -> Next {
        match input {
            Input::Do(Intent::Choose) => self.choose(world),
            Input::Do(Intent::Move(by)) => {
                let picked = self.picked(world).saturating_add_signed(by).min(last(world));
                Self { picked }.stay()
            }
            _ => self.pass(),
        }
    }

    fn leaving(&self, _: &World) -> Leaving {
        Leaving::Free
    }

    fn leap(&self) -> Leap {
        Leap::MovesAndReads
    }

    fn survives(self, _: &Changeover<'_>, _: &mut World) -> Option<Page> {
        Some(Self::default().into())
    }
}
