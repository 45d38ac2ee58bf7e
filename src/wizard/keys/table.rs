//! The table itself: the keys that work now, the most useful first. Its parts stand beside it.

use super::common::{always, evidence, general, one, quiet, scrolling, turning};
use super::overlays::overlay;
use super::sign_in::sign_in;
use super::stages::stage;
use super::{Binding, Intent, Key};
use crate::wizard::{Place, Wizard};

/// The keys that work now, the most useful first.
#[must_use]
pub fn bindings(wizard: &Wizard) -> Vec<Binding> {
    with_always(overlay(wizard).unwrap_or_else(|| place(wizard)))
}

/// The keys that work under the overlay, if there is one: what the help explains.
#[must_use]
pub fn bindings_below(wizard: &Wizard) -> Vec<Binding> {
    with_always(place(wizard))
}

/// The first binding of a key wins: one whose keys are all taken by earlier ones would only be said twice.
fn with_always(mut bindings: Vec<Binding>) -> Vec<Binding> {
    bindings.extend(always());
    let mut kept: Vec<Binding> = Vec::new();
    for binding in bindings {
        if binding.keys.iter().any(|key| !kept.iter().any(|earlier| earlier.keys.contains(key))) {
            kept.push(binding);
        }
    }
    kept
}

fn place(wizard: &Wizard) -> Vec<Binding> {
    let mut bindings = match wizard.place {
        Place::SignIn => [sign_in(wizard), general()].concat(),
        Place::Summary => {
            let sheet = one(Key::Char('b'), "b", "break-glass sheet", Intent::Sheet);
            let guard = one(Key::Char('i'), "i", "second way in", Intent::SecondWay);
            let users = one(Key::Char('u'), "u", "users", Intent::Users);
            [vec![scrolling(), guard, users, sheet, evidence(), turning()], general()].concat()
        }
        Place::Step(id) => stage(wizard, id),
    };
    if wizard.can_move_clock() {
        bindings.push(quiet(one(Key::Char('t'), "t", "move the practice account's clock", Intent::Clock)));
    }
    if wizard.sign_in.over.is_some() && !wizard.offers_ways() {
        bindings.insert(0, one(Key::Ctrl('l'), "Ctrl-L", "sign in again", Intent::SignIn));
    }
    bindings
}
