//! How far the practice account's clock can be moved.

use super::Look;
use super::sheet::{Pane, Sheet};
use crate::wizard::Wizard;
use crate::wizard::clock::{LEAPS, span};

/// The choices, and what follows the clock.
pub(super) fn pane<'a>(wizard: &'a Wizard, look: &'a Look, columns: u16) -> Pane<'a> {
    let theme = &look.theme;
    let mut sheet = Sheet::new(look, columns);
    sheet.title("Move the practice account's clock");
    sheet.gap();
    let format = time::macros::format_description!("[year]-[month]-[day] [hour]:[minute]:[second] UTC");
    sheet.pair("The account's time", 20, theme.text, &wizard.now.format(&format).unwrap_or_default());
    let ahead = if wizard.clock_ahead.is_zero() { "not at all".into() } else { span(wizard.clock_ahead) };
    sheet.pair("Moved forward", 20, theme.text, &ahead);
    sheet.gap();
    for (key, length) in LEAPS {
        sheet.line(&[(theme.focus, &format!(" {key} ")), (theme.text, &format!(" {} later", span(length)))]);
    }
    sheet.gap();
    sheet.say(
        theme.dim,
        "Sessions, one-time codes, ages of keys and reports follow it. It only goes forward. A sign-in ends after twelve \
         hours: connect again with c.",
    );
    Pane::roomy(sheet, Sheet::new(look, columns))
}
