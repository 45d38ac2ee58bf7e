//! Every page, drawn at usual and unusual sizes.

mod reach;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::*;
use crate::wizard::bindings;
use crate::wizard::keys::Intent;
use crate::wizard::tests::specimens;

fn look(theme: ThemeName) -> RenderOptions {
    RenderOptions::new(theme, true)
}

fn terminal(wizard: &Wizard, options: &RenderOptions, width: u16, height: u16) -> Terminal<TestBackend> {
    shown(wizard, options, width, height).0
}

/// The terminal, and the part of the page that was visible.
fn shown(wizard: &Wizard, options: &RenderOptions, width: u16, height: u16) -> (Terminal<TestBackend>, Drawn) {
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    let mut shown = Drawn::NOTHING;
    terminal.draw(|frame| shown = draw(frame, wizard, options)).unwrap();
    (terminal, shown)
}

fn drawn(wizard: &Wizard, options: &RenderOptions, width: u16, height: u16) -> Buffer {
    terminal(wizard, options, width, height).backend().buffer().clone()
}

fn text(buffer: &Buffer) -> String {
    let rows = buffer.content.chunks(usize::from(buffer.area.width));
    rows.map(|row| row.iter().map(|cell| cell.symbol()).collect::<String>() + "\n").collect()
}

fn snapshot(name: &str, shown: impl std::fmt::Display) {
    insta::with_settings!({ snapshot_path => "../../tests/snapshots/screen", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(name, shown);
    });
}

/// Pages whose snapshots contain the whole screen, including the frame.
const WHOLE: [&str; 3] = ["signed-in", "page-root-keys", "summary"];

#[test]
fn every_kind_of_page_has_a_snapshot() {
    let drawn: std::collections::BTreeSet<_> =
        specimens::all().iter().map(|(_, wizard)| wizard.front().kind()).collect();
    let missing: Vec<_> = crate::wizard::pages::PageKind::ALL.iter().filter(|kind| !drawn.contains(kind)).collect();
    assert!(missing.is_empty(), "without a specimen in wizard/tests/specimens: {missing:?}");
}

#[test]
fn every_page_is_drawn_at_80_by_24_and_at_60_by_20() {
    for (name, wizard) in specimens::all() {
        for (width, height) in [(80, 24), (60, 20)] {
            let options = look(ThemeName::Dark);
            let buffer = drawn(&wizard, &options, width, height);
            let text = if WHOLE.contains(&name) { text(&buffer) } else { page_in(&buffer, &wizard, &options) };
            snapshot(&format!("{name}@{width}x{height}"), text);
        }
    }
}

fn shell(area: Rect, wizard: &Wizard, options: &RenderOptions) -> Shell {
    let has_third_pane = area.width >= shell::THREE_PANES && wizard.third_pane().is_some();
    Shell::of(area, wizard, options, wizard.content().room, has_third_pane)
}

/// The page's own part of a screen: its pane, and the remark and keys below. Snapshots contain only this, so that a
/// change to another step or control affects no other page.
fn page_in(buffer: &Buffer, wizard: &Wizard, options: &RenderOptions) -> String {
    let shell = shell(buffer.area, wizard, options);
    let whole = text(buffer);
    let (left, below) = (usize::from(shell.main.x), usize::from(shell.main.bottom()));
    let mut page = String::new();
    for (y, line) in whole.lines().enumerate().skip(usize::from(shell.main.y)) {
        let cut = if y < below { line.chars().skip(left).collect() } else { line.to_owned() };
        page += cut.trim_end();
        page.push('\n');
    }
    page
}

#[test]
fn a_review_and_a_refusal_have_their_colours() {
    for (name, wizard) in specimens::all() {
        if ["confirming", "confirming-typed", "refused"].contains(&name) {
            snapshot(&format!("{name}@colours"), format!("{:?}", drawn(&wizard, &look(ThemeName::Dark), 80, 24)));
        }
    }
}

#[test]
fn some_pages_are_drawn_without_unicode() {
    for (name, wizard) in specimens::all() {
        if ["page-root-keys", "form-contacts", "confirming", "changing", "summary"].contains(&name) {
            let buffer = drawn(&wizard, &RenderOptions::new(ThemeName::Plain, false), 80, 24);
            snapshot(&format!("{name}@ascii"), text(&buffer));
        }
    }
}

#[test]
fn without_unicode_every_cell_is_ascii() {
    for (name, wizard) in specimens::all() {
        for (width, height) in [(80, 24), (60, 20), (200, 60)] {
            let text = text(&drawn(&wizard, &RenderOptions::new(ThemeName::Plain, false), width, height));
            assert!(text.is_ascii(), "{name}: {:?}", text.chars().find(|c| !c.is_ascii()));
        }
    }
}

#[test]
fn no_color_sets_no_colour_except_for_the_qr_code() {
    use ratatui::style::Color;
    for (name, wizard) in specimens::all() {
        let buffer = drawn(&wizard, &look(ThemeName::Plain), 80, 24);
        for cell in &buffer.content {
            let plain = cell.fg == Color::Reset && cell.bg == Color::Reset;
            let code = matches!((cell.fg, cell.bg), (Color::Indexed(_), Color::Indexed(_)));
            assert!(plain || code, "{name}: {cell:?}");
        }
    }
}

#[test]
fn drawing_never_panics_at_any_size() {
    let pages = specimens::all();
    let looks = [RenderOptions::new(ThemeName::Dark, true), RenderOptions::new(ThemeName::Plain, false)];
    let few = ["page-root-keys-blocked", "form-contacts-problems", "confirming", "enrolling-phone"];
    let corners = [1, 2, 5, 15, 16, 17, 20, 24, 43, 59, 60, 61, 71, 72, 80, 120, 250];
    for (i, (name, wizard)) in pages.iter().enumerate() {
        for width in (1..=130).chain([159, 200, 249, 250]) {
            for height in (1..=50).chain([63, 80]) {
                let corner = corners.contains(&width) && corners.contains(&height);
                // Each page gets a different sample of the other sizes. Below the minimum size all pages show the
                // same message.
                let sample = (usize::from(width) * 7 + usize::from(height) * 3 + i) % 29 == 0;
                if (corner && (width < 60) == (height < 16)) || (sample && few.contains(name)) {
                    drawn(wizard, &looks[usize::from(width % 2)], width, height);
                }
            }
        }
    }
}

#[test]
fn practice_and_live_are_marked_on_every_page() {
    for (name, wizard) in specimens::all() {
        for (width, height) in [(80, 24), (60, 20), (60, 16), (40, 10)] {
            let text = text(&drawn(&wizard, &look(ThemeName::Plain), width, height));
            let (is, is_not) = if *wizard.world.mode() == crate::wizard::Mode::Live {
                ("LIVE", "PRACTICE")
            } else {
                ("PRACTICE", "LIVE")
            };
            let wanted = if height < 16 { 1 } else { 2 };
            assert!(text.matches(is).count() >= wanted, "{name} at {width}×{height}:\n{text}");
            assert!(!text.contains(is_not), "{name} at {width}×{height}:\n{text}");
        }
    }
}

#[test]
fn help_and_quit_are_always_in_the_footer() {
    for (name, wizard) in specimens::all() {
        for width in [60, 72, 80, 200] {
            let text = text(&drawn(&wizard, &look(ThemeName::Dark), width, 24));
            let keys = text.lines().last().unwrap();
            for binding in bindings(&wizard) {
                let help = binding.intents.contains(&Intent::Help);
                let leave = binding.intents.contains(&Intent::Leave) && binding.in_bar;
                if help || leave {
                    let entry = format!("{} {}", binding.label.0, binding.words);
                    assert!(keys.contains(&entry), "{name} at {width}: {keys:?} lacks {entry:?}");
                }
            }
        }
    }
}

#[test]
fn a_secret_is_drawn_only_while_it_is_revealed() {
    for (name, wizard) in specimens::all() {
        for (width, height) in [(80, 24), (60, 20), (200, 60)] {
            let text = text(&drawn(&wizard, &look(ThemeName::Dark), width, height)).replace([' ', '\n'], "");
            for secret in [specimens::PASSWORD, specimens::SECRET_KEY] {
                for part in [&secret[..8], &secret[secret.len() - 8..]] {
                    let shows = match secret {
                        specimens::PASSWORD => name.starts_with("showing") && name.ends_with("revealed"),
                        _ => name == "showing-revealed",
                    };
                    assert_eq!(text.contains(part), shows, "{name} at {width}×{height}: {part}");
                }
            }
            let seed = text.contains(&specimens::SEED[..8]);
            assert_eq!(seed, name.starts_with("enrolling") || name == "seed-drawn", "{name} at {width}×{height}");
        }
    }
}

#[test]
fn foreign_text_never_reaches_a_cell_unescaped() {
    for wizard in specimens::hostile() {
        for unicode in [true, false] {
            for (width, height) in [(80, 24), (60, 20), (40, 10)] {
                let buffer = drawn(&wizard, &RenderOptions::new(ThemeName::Dark, unicode), width, height);
                for symbol in buffer.content.iter().flat_map(|cell| cell.symbol().chars()) {
                    assert!(!crate::plain::misleads(symbol), "{symbol:?} in {:?}", wizard.here());
                }
            }
        }
    }
}

#[test]
fn the_qr_code_is_dark_on_light_in_every_theme() {
    use ratatui::style::Color;
    let wizards = specimens::all();
    let (_, wizard) = wizards.iter().find(|(name, _)| *name == "enrolling").unwrap();
    let uri = specimens::uri();
    let modules = qr::modules(uri.expose()).unwrap();
    let [wide, usual, _] = qr::QuietZone::ALL;
    for theme in ThemeName::ALL {
        for (width, height, zone) in [(80, 24, usual), (200, 60, wide)] {
            let buffer = drawn(wizard, &look(theme), width, height);
            let size = modules.cells(zone, true);
            for (x, y) in (0..size.height * 2).flat_map(|y| (0..size.width).map(move |x| (x, y))) {
                let cell = &buffer[(1 + x, 1 + y / 2)];
                assert_eq!((cell.fg, cell.bg), (Color::Indexed(232), Color::Indexed(231)), "{theme:?} {x},{y}");
                let ink = [["▀", "█"], ["▄", "█"]][usize::from(y % 2)].contains(&cell.symbol());
                let (column, row) = (x.wrapping_sub(zone.sides), y.wrapping_sub(zone.top));
                let dark = modules.is_dark(usize::from(column), usize::from(row));
                assert_eq!(ink, dark, "{theme:?} {width}×{height} module {x},{y}");
            }
        }
    }
}

#[test]
fn the_third_pane_announces_no_lines_that_cannot_be_scrolled_to() {
    let wizards = specimens::all();
    let (_, wizard) = wizards.iter().find(|(name, _)| *name == "confirming").unwrap();
    let text = text(&drawn(wizard, &look(ThemeName::Dark), 140, 30));
    assert!(text.contains("What is sent") && text.contains("a shows all of it"), "{text}");
    assert!(!text.contains("more line"), "{text}");
}

#[test]
fn a_wide_terminal_explains_the_page_beside_it() {
    for (name, words) in [
        ("signed-in", "What each step is for"),
        ("summary", "Severity: critical"),
        ("summary-proven", "Severity: medium"),
        ("handed-off", "Why it matters"),
        ("by-hand", "Fix it by hand"),
        ("watching-key", "Why it matters"),
    ] {
        let wizards = specimens::all();
        let (_, wizard) = wizards.iter().find(|(other, _)| *other == name).unwrap_or_else(|| panic!("no page {name}"));
        let wide = text(&drawn(wizard, &look(ThemeName::Dark), 200, 60));
        let narrow = text(&drawn(wizard, &look(ThemeName::Dark), 119, 60));
        assert!(wide.contains(words) && (name == "by-hand" || !narrow.contains(words)), "{name}:\n{wide}");
    }
}

#[test]
fn lines_keep_their_place_when_data_arrives() {
    let wizards = specimens::all();
    let named = |wanted: &str| &wizards.iter().find(|(name, _)| *name == wanted).unwrap().1;
    let lines = |name: &str| text(&drawn(named(name), &look(ThemeName::Dark), 80, 24));
    let (before, after) = (lines("reading"), lines("page-contacts"));
    let place = |text: &str, what: &str| text.lines().position(|line| line.contains(what));
    for control in ["Contacts and alias", "A billing contact is set", "[ Alternate contacts ]", "Passwords"] {
        assert_eq!(place(&before, control), place(&after, control), "{control}\n{before}\n{after}");
    }
}
