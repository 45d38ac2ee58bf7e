//! The summary: the score, what was done, and open items, most urgent first. Enter opens the selected item.

pub(super) mod content;

use super::super::keys::common::{accepting, enter, evidence, general, incident, one, rows, turning};
use super::super::keys::{Binding, Intent, Key};
use super::home::with_done;
use super::text_page::Text;
use super::{
    Accept, ByHand, Changeover, ClockMoves, Content, Input, Leaving, Next, Page, PageBehaviour, SecondWay, TextPage,
    World,
};
use crate::checks::{Control, Verdict};
use crate::steps::ending::Open;
use crate::steps::{ActionId, Opening, StepId};
use crate::wizard::Place;

/// The summary page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Summary {
    /// Index of the selected open item.
    picked: usize,
}

impl Summary {
    /// Number of open items shown at a time. Moving down shows the others.
    pub const LISTED: usize = 5;

    /// Index of the selected item, within the current list.
    #[must_use]
    pub fn picked(&self, world: &World) -> usize {
        self.picked.min(last(world))
    }

    /// The failed control of the selected item.
    fn failing(&self, world: &World) -> Option<&'static Control> {
        world.open_items().get(self.picked(world)).and_then(failing)
    }

    fn choose(self, world: &mut World) -> Next {
        enum To {
            Step(Place),
            ByHand(&'static Control),
            SecondWay,
            OwnSignIn,
        }
        let to = world.open_items().get(self.picked(world)).map(|item| match item {
            Open::Step(step, ..) | Open::Beyond(step, ..) => To::Step(Place::Step(*step)),
            Open::Control(control, _) => To::ByHand(control),
            Open::SecondWay => To::SecondWay,
            Open::Own(..) => To::OwnSignIn,
        });
        match to {
            Some(To::Step(place)) => Next::Show(self.into(), place),
            Some(To::OwnSignIn) => Next::Show(self.into(), Place::Step(StepId::OwnSignIn)),
            Some(To::ByHand(control)) => {
                world.reserve_overlay();
                Next::Over(self.into(), ByHand::watch(control, world).into())
            }
            Some(To::SecondWay) => {
                world.reserve_overlay();
                Next::Over(self.into(), SecondWay::open(world).into())
            }
            None => self.stay(),
        }
    }
}

/// The control of `item`, if it fails, so that its risk can be accepted.
fn failing(item: &Open<'_>) -> Option<&'static Control> {
    let (Open::Step(_, control, assessment, _)
    | Open::Beyond(_, control, assessment, _)
    | Open::Control(control, assessment)) = item
    else {
        return None;
    };
    (assessment.verdict == Verdict::Fail).then_some(*control)
}

fn last(world: &World) -> usize {
    world.open_items().len().saturating_sub(1)
}

impl PageBehaviour for Summary {
    fn content<'p>(&'p self, world: &'p World) -> Content<'p> {
        content::of(world, self)
    }

    fn keys(&self, world: &World) -> Vec<Binding> {
        let sheet = one(Key::Char('b'), "b", "break-glass sheet", Intent::Sheet);
        let second_way = one(Key::Char('i'), "i", "second way in", Intent::SecondWay);
        let users = one(Key::Char('u'), "u", "users", Intent::Users);
        let mut keys = if world.open_items().is_empty() { Vec::new() } else { vec![rows("pick"), enter("go to it")] };
        if world.has_own_sign_in_only() {
            keys.extend([one(Key::Char('m'), "m", "record to send", Intent::Message), evidence(), turning()]);
            return [keys, general()].concat();
        }
        keys.extend(self.failing(world).map(|_| accepting()));
        keys.extend([sheet, second_way, users, incident(), evidence(), turning()]);
        keys.extend(general());
        keys
    }

    fn on(self, input: Input, world: &mut World) -> Next {
        match input {
            Input::Do(Intent::Choose) => self.choose(world),
            Input::Do(Intent::AcceptRisk) => match self.failing(world) {
                Some(control) => {
                    world.reserve_overlay();
                    let page = Accept::of(control, world);
                    Next::Over(self.into(), page.into())
                }
                None => self.stay(),
            },
            Input::Do(Intent::Message) => {
                match StepId::OwnSignIn.definition().open(ActionId::Message, 0, world.facts()) {
                    Opening::Record(text) => {
                        world.reserve_overlay();
                        Next::Over(self.into(), TextPage::of(Text::Message(with_done(text, world))).into())
                    }
                    _ => self.stay(),
                }
            }
            Input::Do(Intent::Move(by)) => {
                let picked = self.picked(world).saturating_add_signed(by).min(last(world));
                Self { picked }.stay()
            }
            _ => self.unhandled(),
        }
    }

    fn leaving(&self, _: &World) -> Leaving {
        Leaving::Free
    }

    fn third_pane<'p>(&'p self, world: &'p World) -> Option<Content<'p>> {
        content::third_pane(world, self)
    }

    fn clock_moves(&self) -> ClockMoves {
        ClockMoves::MovesAndReads
    }

    fn survives(self, _: &Changeover<'_>, _: &mut World) -> Option<Page> {
        Some(Self::default().into())
    }
}
