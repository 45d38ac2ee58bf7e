//! The secret key that the console shows, pasted and drawn once more as a QR code: for a second phone or a password manager.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::enrolling::{self, WIDEST, WORDS};
use super::sheet::{Pane, Sheet};
use super::{Look, qr, shell};
use crate::secret::Secret;
use crate::wizard::{Drawn, SeedCopy, Wizard};

/// Draws it over the whole main pane.
pub(super) fn draw(frame: &mut Frame, area: Rect, wizard: &Wizard, look: &Look) -> Drawn {
    match &wizard.seed_copy.drawn {
        Some((seed, uri)) => code(frame, area, wizard, look, seed, uri),
        None => {
            let text = Rect { height: area.height - 1, ..area };
            shell::mode_rule(frame, Rect { y: area.y + area.height - 1, height: 1, ..area }, wizard, look);
            asking(look, text.width.min(super::READABLE), &wizard.seed_copy).show(frame, text, wizard.scroll)
        }
    }
}

/// The line to paste into. What is typed is counted, not shown.
fn asking<'a>(look: &'a Look, columns: u16, copy: &SeedCopy) -> Pane<'a> {
    let theme = &look.theme;
    let mut body = Sheet::new(look, columns);
    body.title("Root's secret key as a QR code");
    body.gap();
    body.say(
        theme.text,
        "The console's dialogue has \"Show secret key\". Copy what it shows and paste it here: it is drawn as a QR code, so that a second phone or a password manager can hold the same device.",
    );
    body.gap();
    body.say(theme.text, "It stays in this program's memory until you close this page, and is sent nowhere.");
    body.gap();
    let typed = match copy.typed.chars() {
        0 => "nothing yet".to_owned(),
        1 => "1 character".to_owned(),
        count => format!("{count} characters"),
    };
    body.line(&[(theme.accent, look.glyphs().pointer), (theme.text, " Secret key  "), (theme.accent, &typed)]);
    if let Some(problem) = &copy.problem {
        body.gap();
        body.hang(&[(theme.bad, look.glyphs().fail), (theme.text, " ")], theme.bad, problem);
    }
    Pane::tight(body, Sheet::new(look, columns))
}

fn code(frame: &mut Frame, area: Rect, wizard: &Wizard, look: &Look, seed: &Secret, uri: &Secret) -> Drawn {
    let theme = &look.theme;
    let modules = qr::modules(uri.expose());
    let room = Rect { width: area.width.saturating_sub(WORDS + 2), ..area };
    let taken = modules.as_ref().and_then(|modules| modules.draw(frame.buffer_mut(), room, look.unicode));
    let left = taken.map_or(0, |taken| taken.width + 2);
    let right = Rect { x: area.x + left, width: area.width.saturating_sub(left), ..area };
    shell::mode_rule(frame, Rect { y: right.y + right.height - 1, height: 1, ..right }, wizard, look);
    let words = Rect { width: right.width.min(WIDEST), height: right.height - 1, ..right };
    let mut body = Sheet::new(look, words.width);
    body.title("Root's secret key");
    body.gap();
    match (taken, modules) {
        (None, Some(modules)) => {
            let size = modules.least(look.unicode);
            let (width, height) = (size.width + WORDS + 4, size.height + 2);
            body.say(theme.warn, &format!("The QR code takes a terminal of {width}×{height}. Type this instead:"));
        }
        _ => body.say(theme.text, "Scan it with the second device, or type it in:"),
    }
    enrolling::seed(&mut body, seed);
    body.gap();
    body.say(theme.text, "Both devices show the same codes. Give the console two of them, in order.");
    body.say(theme.dim, "Whoever has this key has root's second factor. Esc closes the page and forgets it.");
    Pane::tight(body, Sheet::new(look, words.width)).show(frame, words, wizard.scroll)
}
