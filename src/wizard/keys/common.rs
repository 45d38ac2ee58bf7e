//! Keys with the same meaning on many pages.

use super::super::Place;
use super::{Binding, Intent, Key};

pub(in crate::wizard) fn bind(
    label: (&'static str, &'static str),
    words: &'static str,
    pairs: &[(Key, Intent)],
) -> Binding {
    let (keys, intents) = pairs.iter().cloned().unzip();
    Binding { keys, label, words, intents, in_bar: true }
}

pub(in crate::wizard) fn quiet(binding: Binding) -> Binding {
    Binding { in_bar: false, ..binding }
}

pub(in crate::wizard) fn one(key: Key, label: &'static str, words: &'static str, intent: Intent) -> Binding {
    bind((label, label), words, &[(key, intent)])
}

pub(in crate::wizard) fn enter(words: &'static str) -> Binding {
    bind(("⏎", "Enter"), words, &[(Key::Enter, Intent::Choose)])
}

pub(in crate::wizard) fn esc(words: &'static str) -> Binding {
    one(Key::Esc, "Esc", words, Intent::Back)
}

pub(in crate::wizard) fn rows(words: &'static str) -> Binding {
    bind(
        ("↑↓", "Up/Down"),
        words,
        &[
            (Key::Up, Intent::Move(-1)),
            (Key::Down, Intent::Move(1)),
            (Key::Char('k'), Intent::Move(-1)),
            (Key::Char('j'), Intent::Move(1)),
        ],
    )
}

pub(in crate::wizard) fn columns(words: &'static str) -> Binding {
    bind(
        ("←→", "Left/Right"),
        words,
        &[
            (Key::Left, Intent::Shift(-1)),
            (Key::Right, Intent::Shift(1)),
            (Key::Char('h'), Intent::Shift(-1)),
            (Key::Char('l'), Intent::Shift(1)),
        ],
    )
}

pub(in crate::wizard) fn scrolling() -> Binding {
    bind(
        ("↑↓ PgUp PgDn", "Up/Down PgUp PgDn"),
        "scroll",
        &[
            (Key::Up, Intent::Scroll(-1)),
            (Key::Down, Intent::Scroll(1)),
            (Key::Char('k'), Intent::Scroll(-1)),
            (Key::Char('j'), Intent::Scroll(1)),
            (Key::PageUp, Intent::Page(-1)),
            (Key::PageDown, Intent::Page(1)),
            (Key::Char(' '), Intent::Page(1)),
        ],
    )
}

pub(in crate::wizard) fn turning() -> Binding {
    bind(
        ("Tab", "Tab"),
        "next step",
        &[
            (Key::Tab, Intent::Turn(1)),
            (Key::BackTab, Intent::Turn(-1)),
            (Key::Char('n'), Intent::Turn(1)),
            (Key::Char('p'), Intent::Turn(-1)),
        ],
    )
}

pub(in crate::wizard) fn places() -> Binding {
    let pairs: Vec<(Key, Intent)> =
        Place::ALL.into_iter().map(|place| (Key::Char(place.digit()), Intent::GoTo(place))).collect();
    quiet(bind(("1–9 0", "1-9 0"), "go to that line of the list", &pairs))
}

/// Erases in a line that has no cursor.
pub(in crate::wizard) fn erasing() -> Binding {
    quiet(bind(("⌫", "Backspace"), "erase", &[(Key::Backspace, Intent::Erase(-1)), (Key::Ctrl('u'), Intent::Clear)]))
}

/// Closes an overlay with Esc, or with one of `others`.
pub(in crate::wizard) fn closing(others: &[Key]) -> Binding {
    let pairs: Vec<(Key, Intent)> = [Key::Esc].iter().chain(others).map(|key| (key.clone(), Intent::Back)).collect();
    bind(("Esc", "Esc"), "close", &pairs)
}

pub(in crate::wizard) fn help() -> Binding {
    bind(("?", "?"), "help", &[(Key::Char('?'), Intent::Help), (Key::F1, Intent::Help)])
}

/// The key that shows what to do if an attacker may have root.
pub(in crate::wizard) fn incident() -> Binding {
    one(Key::Char('!'), "!", "incident", Intent::Incident)
}

/// Keys for pages where no text is typed.
pub(in crate::wizard) fn general() -> Vec<Binding> {
    vec![
        places(),
        one(Key::Char('r'), "r", "read again", Intent::ReadAgain),
        quiet(one(Key::Char('i'), "i", "prove a second way in", Intent::SecondWay)),
        quiet(one(Key::Char('u'), "u", "users", Intent::Users)),
        quiet(incident()),
        quiet(one(Key::Char('c'), "c", "connect again", Intent::Reconnect)),
        help(),
        bind(("q", "q"), "quit", &[(Key::Char('q'), Intent::Leave)]),
    ]
}

/// Keys that work everywhere. Where text is typed, `?` is a character, so F1 opens the help.
pub(in crate::wizard) fn always(types: bool) -> Vec<Binding> {
    let pages = [(Key::PageUp, Intent::Page(-1)), (Key::PageDown, Intent::Page(1))];
    let edges = [(Key::Home, Intent::Scroll(i16::MIN)), (Key::End, Intent::Scroll(i16::MAX))];
    let help = if types { one(Key::F1, "F1", "help", Intent::Help) } else { help() };
    // Where text is typed, Home and End move in the line.
    let ends = (!types).then(|| quiet(bind(("Home End", "Home End"), "scroll to the start or the end", &edges)));
    let mut bindings = vec![quiet(help), quiet(bind(("PgUp PgDn", "PgUp PgDn"), "scroll", &pages))];
    bindings.extend(ends);
    bindings.extend([
        quiet(one(Key::Ctrl('c'), "Ctrl-C", "quit", Intent::Leave)),
        quiet(one(Key::Ctrl('z'), "Ctrl-Z", "suspend", Intent::Suspend)),
    ]);
    bindings
}

/// Accepts the risk of the selected control.
pub(in crate::wizard) fn accepting() -> Binding {
    one(Key::Char('x'), "x", "accept", Intent::AcceptRisk)
}

pub(in crate::wizard) fn evidence() -> Binding {
    one(Key::Char('e'), "e", "evidence", Intent::Evidence)
}
