//! Secrets before the person, this once: covered until they ask, then in one piece, so that they can be copied, with digits marked, so that they can be read off.

use ratatui::style::Style;

use super::sheet::{Pane, Piece, Sheet};
use super::{Look, words};
use crate::secret::Secret;
use crate::wizard::stage::{HandOver, Sight};

const NAMES: usize = 10;
/// Dots for a covered secret, always as many: not even its length shows.
const COVER: usize = 12;

/// The page.
pub(super) fn pane<'a>(look: &'a Look, columns: u16, hand_over: &HandOver) -> Pane<'a> {
    let (theme, glyphs) = (&look.theme, look.glyphs());
    let open = hand_over.sight == Sight::Open;
    let mut body = Sheet::new(look, columns);
    body.title(&format!("{} can sign in", hand_over.user));
    body.gap();
    body.say(theme.dim, "Sign-in address");
    body.say(theme.accent, &hand_over.address);
    body.gap();
    body.pair("User", NAMES, theme.accent, &hand_over.user);
    if let Some(password) = &hand_over.password {
        secret(&mut body, "Password", password, open);
    }
    if let Some((id, key)) = &hand_over.key {
        body.pair("Access key", NAMES, theme.accent, id);
        secret(&mut body, "Secret", key, open);
    }
    if open {
        body.say(theme.dim, "Digits are underlined, so that 0 and O, 1 and l differ.");
    }
    body.gap();
    let warning = "Shown only now. Put it into a password manager; nobody can read it again, not even AWS.";
    body.hang(&[(theme.warn, glyphs.partial), (theme.text, " ")], theme.warn, warning);
    if hand_over.next.is_some() {
        body.say(theme.text, "Next: MFA for this user, with a QR code.");
    }
    for (line, seen) in &hand_over.record.lines {
        let mark = words::seen(look, *seen);
        body.spread(&[(mark.style, mark.glyph), (theme.text, " "), (theme.text, line)], (mark.style, &mark.word));
    }
    let mut foot = Sheet::new(look, columns);
    foot.line(&[(theme.focus, "[ I have kept them ]")]);
    Pane { body, foot, scroll: 0 }
}

/// A secret: dots, or its characters in one piece.
fn secret(sheet: &mut Sheet<'_>, name: &str, secret: &Secret, open: bool) {
    let (theme, glyphs) = (sheet.look.theme, sheet.look.glyphs());
    if !open {
        let cover = format!("{}  (v shows it)", glyphs.dot.repeat(COVER));
        return sheet.pair(name, NAMES, theme.text, &cover);
    }
    let name = format!("{name:<NAMES$}  ");
    let characters: Vec<char> = secret.expose().chars().collect();
    let per_line = sheet.columns().saturating_sub(NAMES + 2).max(1);
    for (i, line) in characters.chunks(per_line).enumerate() {
        let lead = if i == 0 { name.clone() } else { " ".repeat(NAMES + 2) };
        let texts: Vec<(Style, String)> = line.iter().map(|c| (kind(sheet.look, *c), c.to_string())).collect();
        let mut pieces: Vec<Piece<'_>> = vec![(theme.dim, &lead)];
        pieces.extend(texts.iter().map(|(style, text)| (*style, text.as_str())));
        sheet.line(&pieces);
    }
}

/// Digits stand out from letters that look like them, also without colours.
fn kind(look: &Look, character: char) -> Style {
    match character {
        '0'..='9' => look.theme.accent.add_modifier(ratatui::style::Modifier::UNDERLINED),
        _ => look.theme.text,
    }
}
