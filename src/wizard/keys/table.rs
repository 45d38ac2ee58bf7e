//! The table itself: the keys that work now, the most useful first. Its parts stand beside it.

use super::common::{always, evidence, general, help, one, quiet, scrolling, turning};
use super::overlays::overlay;
use super::sign_in::sign_in;
use super::stages::stage;
use super::{Binding, Intent, Key};
use crate::steps::{Consent, Form, Value};
use crate::wizard::stage::Stage;
use crate::wizard::{Overlay, Place, Wizard};

/// The keys that work now, the most useful first.
#[must_use]
pub fn bindings(wizard: &Wizard) -> Vec<Binding> {
    of(wizard, wizard.overlay)
}

/// The keys that work under the help: what it explains.
#[must_use]
pub fn bindings_below(wizard: &Wizard) -> Vec<Binding> {
    of(wizard, wizard.beneath)
}

/// Where nothing can be read, nothing can be decided.
fn of(wizard: &Wizard, shown: Overlay) -> Vec<Binding> {
    let bindings = match shown {
        Overlay::Help(_) | Overlay::Leaving => overlay(wizard, shown),
        _ if !wizard.drawn.fits => Some(vec![help(), one(Key::Char('q'), "q", "quit", Intent::Leave)]),
        _ => overlay(wizard, shown),
    };
    with_always(bindings.unwrap_or_else(|| place(wizard)), wizard.drawn.fits && types(wizard, shown))
}

/// Whether a character that is no key of its own is typed.
fn types(wizard: &Wizard, shown: Overlay) -> bool {
    let takes_text =
        |form: &Form| matches!(form.focused().map(|field| &field.value), Some(Value::Text { .. } | Value::Secret(_)));
    match (shown, wizard.here().map(|step| &step.stage)) {
        (Overlay::Seed, _) => wizard.seed_copy.drawn.is_none(),
        (Overlay::SecondWay, _) => wizard.guard.typed.is_some(),
        (Overlay::None, Some(Stage::Filling(draft))) => draft.form.as_ref().is_some_and(takes_text),
        (Overlay::None, Some(Stage::NamingProfile(naming))) => takes_text(&naming.form),
        (Overlay::None, Some(Stage::Skipping(_))) => true,
        (Overlay::None, Some(Stage::Confirming(review))) => matches!(review.plan.consent, Consent::Typed { .. }),
        _ => false,
    }
}

/// The first binding of a key wins: one whose keys are all taken by earlier ones would only be said twice.
fn with_always(mut bindings: Vec<Binding>, types: bool) -> Vec<Binding> {
    bindings.extend(always(types));
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
