//! What lies over the main pane takes the keys from it.

use super::common::{bind, closing, columns, enter, erasing, esc, one, quiet, rows, scrolling};
use super::sign_in::second_way;
use super::{Binding, Intent, Key};
use crate::wizard::clock::LEAPS;
use crate::wizard::{Overlay, Wizard};

/// The keys of the overlay `shown`; `None`: nothing lies there.
pub(super) fn overlay(wizard: &Wizard, shown: Overlay) -> Option<Vec<Binding>> {
    Some(match shown {
        Overlay::Help(_) => vec![scrolling(), closing(&[Key::Enter, Key::Char('q'), Key::Char('?'), Key::F1])],
        Overlay::Guide(_) | Overlay::Evidence(_) => {
            vec![scrolling(), closing(&[Key::Enter, Key::Char('q'), Key::Char('w'), Key::Char('e')])]
        }
        Overlay::Address => vec![closing(&[Key::Enter, Key::Char('a'), Key::Char('q')])],
        Overlay::Sheet(_) => vec![
            scrolling(),
            one(Key::Char('s'), "s", "save it", Intent::Save),
            closing(&[Key::Enter, Key::Char('q'), Key::Char('b')]),
        ],
        Overlay::Seed if wizard.seed_copy.drawn.is_none() => vec![enter("draw it"), esc("close"), erasing()],
        Overlay::Seed => vec![closing(&[Key::Enter])],
        Overlay::Clock => clock(),
        Overlay::SecondWay => second_way(wizard),
        Overlay::Users(_) => users(),
        Overlay::User(..) => user(),
        Overlay::Leaving => vec![one(Key::Char('y'), "y", "leave", Intent::Leave), esc("stay")],
        Overlay::None => return None,
    })
}

/// One user after the other, and the one that is picked as a whole.
fn users() -> Vec<Binding> {
    let leaps = [
        (Key::PageUp, Intent::Move(-8)),
        (Key::PageDown, Intent::Move(8)),
        (Key::Home, Intent::Edge(-1)),
        (Key::End, Intent::Edge(1)),
    ];
    let leaping = quiet(bind(("PgUp PgDn", "PgUp PgDn"), "farther", &leaps));
    vec![rows("pick"), enter("details"), leaping, closing(&[Key::Char('u'), Key::Char('q')])]
}

fn user() -> Vec<Binding> {
    let back = bind(
        ("Esc", "Esc"),
        "back to the list",
        &[(Key::Esc, Intent::Back), (Key::Enter, Intent::Back), (Key::Char('q'), Intent::Back)],
    );
    vec![scrolling(), columns("user"), back]
}

/// How far the clock can be moved; the page says it key by key.
fn clock() -> Vec<Binding> {
    let pairs: Vec<(Key, Intent)> =
        LEAPS.iter().map(|(key, length)| (Key::Char(*key), Intent::Advance(length.as_secs()))).collect();
    vec![bind(("1–5", "1-5"), "move the clock", &pairs), closing(&[Key::Enter, Key::Char('t')])]
}
