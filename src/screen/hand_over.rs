//! Secrets before the person, this once: covered until they ask, then unbroken, so that they can be selected, with
//! look-alikes told apart.

use ratatui::style::{Modifier, Style};

use super::sheet::{Pane, Piece, Sheet};
use super::{Look, words};
use crate::secret::Secret;
use crate::wizard::stage::{Enrolee, HandOver, Sight};

const NAMES: usize = 10;
/// Dots for a covered secret, always as many: not even its length shows.
const COVER: usize = 12;

/// The page.
pub(super) fn pane<'a>(look: &'a Look, columns: u16, hand_over: &HandOver) -> Pane<'a> {
    let (theme, glyphs) = (&look.theme, look.glyphs());
    let open = hand_over.sight == Sight::Open;
    let mut body = Sheet::new(look, columns);
    let user = match &hand_over.user {
        Enrolee::User(user) => user,
        Enrolee::Root | Enrolee::RootHere => return for_root(look, columns, hand_over),
    };
    body.title(&format!("{user} can sign in"));
    body.gap();
    body.say(theme.dim, "Sign-in address");
    body.say(theme.accent, &hand_over.address);
    body.gap();
    body.pair("Account", NAMES, theme.accent, &hand_over.account);
    body.pair("User", NAMES, theme.accent, user);
    if let Some(password) = &hand_over.password {
        secret(&mut body, "Password", password, open);
    }
    if let Some((id, key)) = &hand_over.key {
        body.pair("Access key", NAMES, theme.accent, id);
        secret(&mut body, "Secret", key, open);
        if !open {
            body.say(theme.dim, "p adds the key as a profile for the AWS CLI.");
        }
    }
    if open {
        body.say(theme.dim, "Digits are underlined, signs are bold: 0 is not O, 1 is not l.");
    }
    body.gap();
    let warning = "Shown only now. Put it into a password manager; nobody can read it again, not even AWS.";
    body.hang(&[(theme.warn, glyphs.partial), (theme.text, " ")], theme.warn, warning);
    if hand_over.next.is_some() {
        body.say(theme.text, "Next: MFA for this user, with a QR code.");
    }
    if let Some(then) = hand_over.rest.first() {
        body.say(theme.text, &format!("Then it is the turn of {}.", then.user));
    }
    for (line, seen) in &hand_over.record.lines {
        let mark = words::seen(look, *seen);
        body.marked((mark.style, mark.glyph), theme.text, line, &mark.word);
    }
    let mut foot = Sheet::new(look, columns);
    foot.line(&[(theme.focus, "[ I have kept them ]")]);
    Pane::tight(body, foot)
}

/// A password that was made for root and that only the person can set.
fn for_root<'a>(look: &'a Look, columns: u16, hand_over: &HandOver) -> Pane<'a> {
    let (theme, glyphs) = (&look.theme, look.glyphs());
    let mut body = Sheet::new(look, columns);
    body.title("A password for root");
    body.gap();
    body.say(theme.text, "Put it into a password manager first. Then set it in the console, as root:");
    body.say(theme.accent, &hand_over.address);
    body.gap();
    if let Some(password) = &hand_over.password {
        secret(&mut body, "Password", password, hand_over.sight == Sight::Open);
    }
    body.gap();
    body.say(
        theme.dim,
        "AWS's rules: 8 to 128 characters, three of the four classes, not the account's name or address.",
    );
    let warning = "Shown only now, and kept nowhere. It counts once the console has taken it.";
    body.hang(&[(theme.warn, glyphs.partial), (theme.text, " ")], theme.warn, warning);
    let mut foot = Sheet::new(look, columns);
    foot.line(&[(theme.focus, "[ I have kept it ]")]);
    Pane::tight(body, foot)
}

/// A secret: dots, or its characters in groups of four.
fn secret(sheet: &mut Sheet<'_>, name: &str, secret: &Secret, revealed: bool) {
    let (theme, glyphs) = (sheet.look.theme, sheet.look.glyphs());
    if !revealed {
        let cover = format!("{}  (v shows it)", glyphs.dot.repeat(COVER));
        return sheet.pair(name, NAMES, theme.text, &cover);
    }
    let characters: Vec<char> = secret.expose().chars().collect();
    let beside = sheet.columns().saturating_sub(NAMES + 2);
    let (lead, room) = if characters.len() <= beside {
        (format!("{name:<NAMES$}  "), beside)
    } else {
        // On lines of its own it can be selected without what stands before it.
        sheet.line(&[(theme.dim, name)]);
        (String::new(), sheet.columns().max(1))
    };
    for line in characters.chunks(room) {
        let texts: Vec<(Style, String)> = line.iter().map(|c| (kind(sheet.look, *c), c.to_string())).collect();
        let mut pieces: Vec<Piece<'_>> = vec![(theme.dim, &lead)];
        pieces.extend(texts.iter().map(|(style, text)| (*style, text.as_str())));
        sheet.line(&pieces);
    }
}

/// Digits, letters and signs differ, also without colours.
fn kind(look: &Look, character: char) -> Style {
    match character {
        '0'..='9' => look.theme.accent.remove_modifier(Modifier::BOLD).add_modifier(Modifier::UNDERLINED),
        'a'..='z' | 'A'..='Z' => look.theme.text,
        _ => look.theme.warn.add_modifier(Modifier::BOLD),
    }
}
