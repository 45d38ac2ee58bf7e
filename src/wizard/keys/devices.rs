//! Secrets, QR codes and the console.

use super::common::{bind, enter, erasing, esc, general, help, one, quiet, scrolling};
use super::{Binding, Intent, Key};
use crate::wizard::stage::{HandOver, Sight};
use crate::wizard::{Mode, Wizard};

pub(super) fn showing(hand_over: &HandOver) -> Vec<Binding> {
    let words = if hand_over.sight == Sight::Open { "hide" } else { "show" };
    let mut bindings = vec![one(Key::Char('v'), "v", words, Intent::Reveal), enter("I have kept them")];
    bindings.push(one(Key::Char('y'), "y", "copy", Intent::Copy));
    if hand_over.password.is_some() && hand_over.key.is_some() {
        bindings.push(one(Key::Char('k'), "k", "copy key", Intent::CopyKey));
    }
    if hand_over.key.is_some() {
        bindings.push(one(Key::Char('p'), "p", "key as a profile", Intent::Profile));
    }
    bindings.push(help());
    bindings
}

pub(super) fn enrolling(wizard: &Wizard) -> Vec<Binding> {
    let fields = quiet(bind(
        ("Tab", "Tab"),
        "other code",
        &[
            (Key::Tab, Intent::Move(1)),
            (Key::BackTab, Intent::Move(-1)),
            (Key::Up, Intent::Move(-1)),
            (Key::Down, Intent::Move(1)),
        ],
    ));
    let mut bindings = vec![enter("go on"), fields, erasing()];
    if matches!(wizard.mode, Mode::Practice { .. }) {
        bindings.push(one(Key::Char('p'), "p", "phone", Intent::Phone));
    }
    bindings.push(quiet(help()));
    bindings.push(esc("leave it"));
    bindings
}

pub(super) fn handed_off(wizard: &Wizard) -> Vec<Binding> {
    let mut bindings = Vec::new();
    if matches!(wizard.mode, Mode::Practice { .. }) {
        bindings.push(enter("open the console"));
    }
    if wizard.has_browser && wizard.mode == Mode::Live {
        bindings.push(one(Key::Char('o'), "o", "open", Intent::Open));
    }
    bindings.push(one(Key::Char('y'), "y", "copy", Intent::Copy));
    bindings.push(one(Key::Char('a'), "a", "QR", Intent::Address));
    bindings.push(one(Key::Char('s'), "s", "secret key", Intent::Seed));
    bindings.push(one(Key::Char('w'), "w", "why", Intent::Guide));
    bindings.push(esc("stop"));
    bindings.push(quiet(scrolling()));
    bindings.extend(general());
    bindings
}
