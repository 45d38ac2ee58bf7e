//! All controls with their verdicts.

use super::super::keys::common::{evidence, general, one, scrolling, turning};
use super::super::keys::{Binding, Intent, Key};
use super::{Behave, Changeover, Input, Leap, Leaving, Next, Page, World};

/// All controls with their verdicts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Summary;

impl Behave for Summary {
    fn keys(&self, _: &World) -> Vec<Binding> {
        let sheet = one(Key::Char('b'), "b", "break-glass sheet", Intent::Sheet);
        let second_way = one(Key::Char('i'), "i", "second way in", Intent::SecondWay);
        let users = one(Key::Char('u'), "u", "users", Intent::Users);
        [vec![scrolling(), second_way, users, sheet, evidence(), turning()], general()].concat()
    }

    fn on(self, _: Input, _: &mut World) -> Next {
        self.pass()
    }

    fn leaving(&self, _: &World) -> Leaving {
        Leaving::Free
    }

    fn leap(&self) -> Leap {
        Leap::MovesAndReads
    }

    fn survives(self, _: &Changeover<'_>, _: &mut World) -> Option<Page> {
        Some(self.into())
    }
}
