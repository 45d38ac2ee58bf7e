//! A refused call: what was tried, what AWS said, what to do, the request id; then what was done and what was not.

use super::sheet::{Pane, Piece, Sheet};
use super::{Look, words};
use crate::account::Failure;
use crate::wizard::stage::{Origin, Refusal};
use crate::wizard::{Place, Wizard};

/// Columns of the names.
const NAMES: usize = 9;

/// The page.
pub(super) fn pane<'a>(wizard: &'a Wizard, look: &'a Look, columns: u16, refusal: &Refusal) -> Pane<'a> {
    let (theme, glyphs) = (&look.theme, look.glyphs());
    let mut body = Sheet::new(look, columns);
    let title =
        if refusal.failure.may_have_happened { "Nobody knows yet whether it happened" } else { "AWS refused it" };
    body.hang(&[(theme.bad, glyphs.fail), (theme.text, " ")], theme.bad, title);
    body.gap();
    four_lines(&mut body, &refusal.tried, &refusal.failure);
    body.gap();
    for change in &refusal.done {
        listed(&mut body, (theme.good, glyphs.pass), "done", &change.words());
    }
    for left in &refusal.left {
        listed(&mut body, (theme.dim, glyphs.nothing), "not made", left);
    }
    Pane::tight(body, foot(wizard, look, columns, refusal))
}

fn listed(sheet: &mut Sheet<'_>, sign: Piece<'_>, word: &str, text: &str) {
    let word = format!(" {word:<8} ");
    sheet.hang(&[sign, (sign.0, &word)], sheet.look.theme.text, text);
}

/// What was tried, what AWS said, what to do about it, and the id by which AWS finds the request.
pub(super) fn four_lines(sheet: &mut Sheet<'_>, tried: &str, failure: &Failure) {
    let theme = sheet.look.theme;
    sheet.pair("Tried", NAMES, theme.text, &format!("{tried} ({})", failure.action));
    let said = match &failure.code {
        Some(code) => format!("{code}: {}", failure.said),
        None => failure.said.clone(),
    };
    sheet.pair("AWS said", NAMES, theme.text, &said);
    sheet.pair("To do", NAMES, theme.text, failure.advice());
    sheet.pair("Request", NAMES, theme.dim, failure.request_id.as_deref().unwrap_or("AWS gave no id"));
}

fn foot<'a>(wizard: &'a Wizard, look: &'a Look, columns: u16, refusal: &Refusal) -> Sheet<'a> {
    let theme = &look.theme;
    let mut foot = Sheet::new(look, columns);
    let reading = match wizard.place {
        Place::Step(id) => wizard.is_reading_for(id),
        Place::SignIn | Place::Summary => false,
    };
    if reading {
        let spinner = words::spinner(look, wizard.now);
        foot.hang(&[(theme.accent, spinner), (theme.text, " ")], theme.text, "Reading what is true now…");
    } else if refusal.has_happened(&wizard.facts) {
        let words = "Read since: it did happen, only the answer was lost.";
        foot.hang(&[(theme.good, look.glyphs().pass), (theme.text, " ")], theme.good, words);
    } else if let Some(words) = refusal.words(&wizard.facts) {
        foot.hang(&[(theme.warn, look.glyphs().partial), (theme.text, " ")], theme.warn, words);
    } else {
        foot.hang(
            &[(theme.dim, look.glyphs().pass), (theme.text, " ")],
            theme.text,
            "What is true now has been read since.",
        );
    }
    let back = match refusal.origin {
        Origin::Draft(_) => "Nothing you filled in is lost.",
        Origin::Enrolment(_) => "The QR code and its seed are kept: the same entry in your app still counts.",
    };
    foot.say(theme.dim, back);
    foot
}
