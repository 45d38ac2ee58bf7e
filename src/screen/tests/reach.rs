//! Everything on a page can be reached on every terminal that is large enough; on a smaller one nothing can be
//! confirmed.

use super::*;
use crate::wizard::keys::bindings_below;
use crate::wizard::{Effect, Event, Key, KeyPress, Page, Place, update};

const SIZES: [(u16, u16); 4] = [(60, 16), (72, 16), (80, 24), (120, 18)];

fn press(wizard: &mut Wizard, key: Key) -> Vec<Effect> {
    update(wizard, specimens::NOW, Event::Key(KeyPress::from(key)))
}

/// Draws, and reports the result to the wizard.
fn look_at(wizard: &mut Wizard, (width, height): (u16, u16)) -> (String, Drawn) {
    let (terminal, seen) = shown(wizard, &look(ThemeName::Dark), width, height);
    update(wizard, specimens::NOW, Event::Drawn(seen));
    (text(terminal.backend().buffer()), seen)
}

/// The key that scrolls forward. In the list of users the cursor moves, and the text follows.
fn onwards(wizard: &Wizard) -> Key {
    if matches!(wizard.front(), Page::Users(users) if users.detail.is_none()) { Key::Down } else { Key::PageDown }
}

/// All text from the first to the last screenful, and the last one's extent.
fn read_through(name: &str, wizard: &mut Wizard, size: (u16, u16)) -> (String, Drawn) {
    let (mut all, _) = look_at(wizard, size);
    // In a text input, Home moves the cursor.
    press(wizard, Key::Home);
    while look_at(wizard, size).1.first > 0 {
        press(wizard, Key::PageUp);
    }
    let (screen, mut seen) = look_at(wizard, size);
    let first = seen;
    all.push_str(&screen);
    for _ in 0..400 {
        if seen.first + seen.shown >= seen.lines {
            return (all, seen);
        }
        let before = seen;
        let key = onwards(wizard);
        let moves = matches!(wizard.front(), Page::Users(users) if users.detail.is_none());
        press(wizard, key);
        let (screen, now) = look_at(wizard, size);
        assert_eq!(
            (now.lines, now.shown),
            (first.lines, first.shown),
            "{name} at {size:?}: scrolling changes no layout"
        );
        assert!(now.first > before.first || moves, "{name} at {size:?}: it goes on");
        assert!(now.first <= before.first + before.shown, "{name} at {size:?}: no line is passed over");
        all.push_str(&screen);
        seen = now;
    }
    panic!("{name} at {size:?} has no end");
}

#[test]
fn every_line_of_every_page_can_be_scrolled_to() {
    for size in SIZES {
        for (name, mut wizard) in specimens::all() {
            let (_, last) = read_through(name, &mut wizard, size);
            for (key, start) in [(Key::Home, true), (Key::End, false)] {
                // In a text input these two move the cursor; in a list, they go to the first and last row.
                let all = bindings(&wizard);
                let bound = all.iter().find(|binding| binding.keys.contains(&key)).map(|binding| &binding.intents);
                if bound.is_none_or(|intents| !intents.contains(&Intent::Scroll(i16::MIN))) {
                    continue;
                }
                press(&mut wizard, key);
                let (_, seen) = look_at(&mut wizard, size);
                let edge = if start { seen.first == 0 } else { seen.first + seen.shown == last.lines };
                assert!(edge, "{name} at {size:?}: Home leads to the start, End to the end");
            }
        }
    }
}

/// Pages whose QR code replaces text where it fits.
const CODES: [&str; 3] = ["address", "seed", "enrolling"];

/// The part right of the checklist.
fn main_pane(wizard: &Wizard, (width, height): (u16, u16), text: &str) -> String {
    let left = shell(Rect { x: 0, y: 0, width, height }, wizard, &look(ThemeName::Dark)).main.x;
    text.lines().map(|line| line.chars().skip(usize::from(left)).collect::<String>() + "\n").collect()
}

#[test]
fn everything_in_a_tall_terminal_can_be_scrolled_to_in_a_short_one() {
    let words = |text: &str| -> Vec<String> {
        let lines = text.lines().map(|line| line.trim().to_owned());
        lines.filter(|line| line.chars().any(char::is_alphanumeric)).collect()
    };
    for width in [60, 80] {
        for ((name, mut tall), (_, mut low)) in specimens::all().into_iter().zip(specimens::all()) {
            if CODES.iter().any(|code| name.starts_with(code)) {
                continue;
            }
            let (all, _) = look_at(&mut tall, (width, 300));
            let (read, _) = read_through(name, &mut low, (width, 16));
            let (all, read) =
                (words(&main_pane(&tall, (width, 16), &all)), words(&main_pane(&low, (width, 16), &read)));
            // The box around the question whether to leave has its own corners.
            for line in all.iter().filter(|line| !line.contains("PRACTICE") && !line.contains("LIVE")) {
                assert!(read.contains(line), "{name} at {width}×16 never shows {line:?}: {read:#?}");
            }
        }
    }
}

#[test]
fn at_most_one_blank_line_precedes_the_buttons_while_text_is_hidden() {
    for size in SIZES {
        for (name, mut wizard) in specimens::all() {
            let (screen, seen) = look_at(&mut wizard, size);
            if seen.shown == seen.lines {
                continue;
            }
            let screen = main_pane(&wizard, size, &screen);
            let below = screen.lines().skip_while(|line| !line.contains("more line") && !line.contains("end of text"));
            let blank = below.skip(1).take_while(|line| line.trim().is_empty()).count();
            assert!(blank <= 1, "{name} at {size:?}: {blank} blank lines\n{screen}");
        }
    }
}

#[test]
fn help_is_one_key_away_on_every_page() {
    for (name, mut wizard) in specimens::all() {
        let (over, below) = (wizard.over().map(Page::kind), bindings(&wizard));
        if is_help(&wizard) {
            continue;
        }
        assert!(below.iter().any(|binding| binding.intents.contains(&Intent::Help)), "{name}");
        press(&mut wizard, Key::F1);
        assert!(is_help(&wizard), "{name}");
        assert_eq!(bindings_below(&wizard), below, "{name}: it explains the keys of the page beneath");
        press(&mut wizard, Key::F1);
        assert_eq!(wizard.over().map(Page::kind), over, "{name}: and leads back there");
    }
}

/// All keys except those that leave, suspend or show help.
fn deciding_keys() -> Vec<Key> {
    let named = [
        Key::Enter,
        Key::Esc,
        Key::Tab,
        Key::BackTab,
        Key::Up,
        Key::Down,
        Key::Left,
        Key::Right,
        Key::Home,
        Key::End,
        Key::PageUp,
        Key::PageDown,
        Key::Backspace,
        Key::Delete,
        Key::Paste("7XM2".into()),
        Key::Ctrl('s'),
        Key::Ctrl('l'),
        Key::Ctrl('u'),
    ];
    let typed = ('!'..='~').filter(|character| !"?q".contains(*character)).map(Key::Char);
    named.into_iter().chain(typed).collect()
}

#[test]
fn a_terminal_below_the_minimum_size_confirms_nothing() {
    for size in [(59, 24), (80, 15), (40, 10), (1, 1)] {
        for (name, mut wizard) in specimens::all() {
            // These two are drawn below the minimum size, as far as they fit.
            if is_help(&wizard) || matches!(wizard.front(), Page::Leave(_)) {
                continue;
            }
            look_at(&mut wizard, size);
            let state = |wizard: &Wizard| {
                let pages: Vec<&Page> = Place::ALL.into_iter().map(|place| wizard.at(place)).collect();
                format!("{pages:?} {:?} {:?} {:?}", wizard.place(), wizard.over(), wizard.world.sign_in())
            };
            let before = state(&wizard);
            for key in deciding_keys() {
                let effects = press(&mut wizard, key.clone());
                assert_eq!(effects, [], "{name} at {size:?}: {key:?}");
                assert_eq!(state(&wizard), before, "{name} at {size:?}: {key:?}");
            }
            press(&mut wizard, Key::Char('?'));
            assert!(is_help(&wizard), "{name}");
            press(&mut wizard, Key::Esc);
            assert_eq!(state(&wizard), before, "{name} at {size:?}");
            let effects = press(&mut wizard, Key::Char('q'));
            let leaves = effects.contains(&Effect::Quit)
                || matches!(wizard.front(), Page::Leave(_))
                || wizard.world.is_quitting();
            assert!(leaves, "{name} at {size:?}");
        }
    }
}

fn is_help(wizard: &Wizard) -> bool {
    matches!(wizard.front(), Page::TextPage(text) if text.is_help())
}
