//! After the key that signed this session: what has ended and was meant to, and who sees that the key is gone.

use super::sheet::{Pane, Sheet};
use super::{Look, second_way, words};
use crate::wizard::stage::Parting;
use crate::wizard::{Mode, Wizard};

/// The page.
pub(super) fn pane<'a>(wizard: &'a Wizard, look: &'a Look, columns: u16, parting: &Parting) -> Pane<'a> {
    let theme = &look.theme;
    let mut body = Sheet::new(look, columns);
    body.title("Root access keys");
    heading(&mut body, parting);
    body.gap();
    let mut foot = Sheet::new(look, columns);
    if wizard.sign_in.over.is_some() {
        body.say(theme.text, "Somebody else has to see that it is gone: sign in as the administrator now.");
        body.gap();
        second_way::line(&mut body, wizard.second_way().as_ref());
        let button = match (&wizard.mode, wizard.successor()) {
            (Mode::Practice { .. }, Some(user)) => format!("[ Sign in as {user} ]"),
            _ => "[ Sign in ]".into(),
        };
        foot.line(&[(theme.focus, &button)]);
        return Pane::tight(body, foot);
    }
    let who = wizard.caller().map(|caller| caller.principal.words()).unwrap_or_default();
    body.say(theme.text, &format!("Signed in as {who}."));
    let summary = &wizard.facts.summary;
    let spinner = words::spinner(look, wizard.now);
    if wizard.is_busy() || parting.next.is_some() {
        let text = "Reading whether it is gone. IAM may take a moment to show it.";
        body.hang(&[(theme.accent, spinner), (theme.text, " ")], theme.text, text);
    } else if let Some(failure) = summary.failure() {
        let text = format!("Whether it is gone could not be read: {failure}. {}", failure.advice());
        body.hang(&[(theme.warn, look.glyphs().unknown), (theme.text, " ")], theme.text, &text);
    } else {
        let text = if parting.is_sure {
            "AWS took the deletion, but its summary still counts a root key. Read again in a few minutes with r."
        } else {
            "AWS still counts a root key: the deletion did not happen. Sign in as root again to delete it."
        };
        body.hang(&[(theme.warn, look.glyphs().partial), (theme.text, " ")], theme.warn, text);
    }
    foot.line(&[(theme.focus, "[ Read again ]")]);
    Pane::tight(body, foot)
}

/// What has happened to the key, in two lines.
pub(super) fn heading(sheet: &mut Sheet<'_>, parting: &Parting) {
    let (theme, glyphs) = (sheet.look.theme, sheet.look.glyphs());
    let last_four = parting.last_four();
    let (style, sign, text) = if parting.is_sure {
        let text = format!("AWS has deleted root key …{last_four}. This session ended with it, as planned.");
        (theme.good, glyphs.pass, text)
    } else {
        let text =
            format!("AWS's answer was lost: root key …{last_four} may be deleted, and this session over with it.");
        (theme.warn, glyphs.partial, text)
    };
    sheet.hang(&[(style, sign), (theme.text, " ")], style, &text);
}
