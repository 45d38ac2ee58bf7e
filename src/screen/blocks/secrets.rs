//! Draws secrets and one-time codes: covered, or unbroken for selection, with look-alikes told apart.

use ratatui::style::{Modifier, Style};

use super::fields::filled;
use crate::screen::RenderOptions;
use crate::screen::sheet::{Piece, Sheet};
use crate::screen::text::{clean, tail, width};
use crate::secret::Secret;
use crate::totp;

/// Fixed number of dots for a covered secret, so that its length stays hidden.
const COVER: usize = 12;

/// A covered secret with a hint at how to show it.
pub(super) fn covered(sheet: &mut Sheet<'_>, name: &str, names: usize, hint: &str) {
    let (theme, glyphs) = (sheet.options.theme, sheet.options.glyphs());
    sheet.pair(name, names, theme.text, &format!("{}  {hint}", glyphs.dot.repeat(COVER)));
}

/// An uncovered secret.
pub(super) fn shown(sheet: &mut Sheet<'_>, name: &str, names: usize, secret: &Secret) {
    let theme = sheet.options.theme;
    let characters: Vec<char> = secret.expose().chars().collect();
    let beside = sheet.columns().saturating_sub(names + 2);
    let (lead, room) = if characters.len() <= beside {
        (format!("{name:<names$}  "), beside)
    } else {
        // On separate lines the secret can be selected without its name.
        sheet.line(&[(theme.dim, name)]);
        (String::new(), sheet.columns().max(1))
    };
    for line in characters.chunks(room) {
        let texts: Vec<(Style, String)> = line.iter().map(|c| (kind(sheet.options, *c), c.to_string())).collect();
        let mut pieces: Vec<Piece<'_>> = vec![(theme.dim, &lead)];
        pieces.extend(texts.iter().map(|(style, text)| (*style, text.as_str())));
        sheet.line(&pieces);
    }
}

/// Digits, letters and symbols have different styles, also without colours.
fn kind(options: &RenderOptions, character: char) -> Style {
    match character {
        '0'..='9' => options.theme.accent.remove_modifier(Modifier::BOLD).add_modifier(Modifier::UNDERLINED),
        'a'..='z' | 'A'..='Z' => options.theme.text,
        _ => options.theme.warn.add_modifier(Modifier::BOLD),
    }
}

/// The seed in groups of four, with four or eight groups per line.
pub(super) fn seed(sheet: &mut Sheet<'_>, seed: &Secret) {
    let grouped = totp::grouped(seed);
    let groups: Vec<&str> = grouped.expose().split(' ').collect();
    let per_line = if sheet.columns() >= 41 { 8 } else { 4 };
    for line in groups.chunks(per_line) {
        sheet.line(&[(sheet.options.theme.text, "  "), (sheet.options.theme.accent, &line.join(" "))]);
    }
}

/// Input for a one-time code.
pub(super) fn code(sheet: &mut Sheet<'_>, name: &str, typed: &str, focused: bool) {
    let (options, theme, glyphs) = (sheet.options, sheet.options.theme, sheet.options.glyphs());
    let typed = clean(typed, options.unicode);
    let typed = tail(&typed, 8);
    let pointer = if focused { glyphs.pointer } else { " " };
    let style = if focused { theme.accent } else { theme.text };
    let line = filled(typed, 7, options);
    let label = format!(" {name}  ");
    sheet.line(&[(style, pointer), (style, &label), (style.add_modifier(Modifier::UNDERLINED), &line)]);
    if focused {
        sheet.put_cursor(3 + name.len() + 1 + width(typed));
        sheet.keep_from(sheet.len() - 1);
    }
}
