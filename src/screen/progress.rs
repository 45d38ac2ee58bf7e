//! Calls under way, one line each, and their read-back. Motion is drawn only where something really is on its way.

use super::sheet::{Pane, Sheet};
use super::{Look, words};
use crate::account::Change;
use crate::wizard::Wizard;
use crate::wizard::stage::{Progress, Proof};

/// The calls being made.
pub(super) fn changing<'a>(wizard: &'a Wizard, look: &'a Look, columns: u16, progress: &Progress) -> Pane<'a> {
    let (theme, glyphs) = (&look.theme, look.glyphs());
    let mut body = Sheet::new(look, columns);
    body.title(&progress.title);
    body.gap();
    for change in &progress.done {
        call(&mut body, (theme.good, glyphs.pass), &change.words(), change.action(), "taken");
    }
    let (running, action) = &progress.running;
    let first = body.len();
    call(&mut body, (theme.accent, words::spinner(look, wizard.now)), running, action, "on its way");
    body.keep_from(first);
    for change in progress.waiting.iter().rev() {
        call(&mut body, (theme.dim, glyphs.waiting), &change.words(), change.action(), "waits");
    }
    let mut foot = Sheet::new(look, columns);
    foot.say(
        theme.dim,
        if wizard.is_leaving() {
            "lockroot ends as soon as AWS has answered."
        } else {
            "One call at a time. Afterwards everything is read back."
        },
    );
    Pane::tight(body, foot)
}

/// The calls made, being read back.
pub(super) fn proving<'a>(wizard: &'a Wizard, look: &'a Look, columns: u16, proof: &Proof) -> Pane<'a> {
    let theme = &look.theme;
    let mut body = Sheet::new(look, columns);
    body.title("Reading it back");
    body.say(theme.dim, "AWS has taken every call. Green is only what a fresh read shows.");
    body.gap();
    for change in &proof.applied {
        let mark = shown(wizard, look, change);
        call(&mut body, (mark.style, mark.glyph), &change.words(), change.action(), &mark.word);
    }
    let mut foot = Sheet::new(look, columns);
    let tries = match proof.tries {
        0 => String::new(),
        tries => format!(" Read {}; IAM sometimes takes a moment.", words::count(tries as usize, "time", "times")),
    };
    match proof.again_at {
        None => foot.hang(
            &[(theme.accent, words::spinner(look, wizard.now)), (theme.text, " ")],
            theme.text,
            &format!("Asking AWS.{tries}"),
        ),
        Some(at) => {
            let seconds = (at - wizard.now).whole_seconds().max(0);
            foot.say(theme.text, &format!("Not all of it shows yet; next look in {seconds} s.{tries}"));
        }
    }
    Pane::tight(body, foot)
}

fn shown(wizard: &Wizard, look: &Look, change: &Change) -> words::Mark {
    use crate::wizard::stage::Seen;
    match change.shows_in(&wizard.facts) {
        Some(true) => words::seen(look, Seen::Shown),
        Some(false) => words::seen(look, Seen::NotYet),
        None => words::unread(wizard, look),
    }
}

/// A call in words, and below it its action and where it stands.
pub(super) fn call(sheet: &mut Sheet<'_>, mark: (ratatui::style::Style, &str), text: &str, action: &str, word: &str) {
    let theme = sheet.look.theme;
    sheet.hang(&[mark, (theme.text, " ")], theme.text, text);
    sheet.marked((mark.0, " "), theme.dim, action, word);
}
