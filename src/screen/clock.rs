//! How far the practice account's clock can be moved.

use crate::wizard::Wizard;
use crate::wizard::clock::{LEAPS, span};
use crate::wizard::content::Meaning::{Dim, Focus, Text};
use crate::wizard::content::{Blocks, Content, words};

/// The choices, and what follows the clock.
pub(super) fn content<'p>(wizard: &'p Wizard) -> Content<'p> {
    let mut sheet = Blocks::default();
    sheet.title("Move the practice account's clock");
    sheet.gap();
    let format = time::macros::format_description!("[year]-[month]-[day] [hour]:[minute]:[second] UTC");
    sheet.pair("The account's time", 20, Text, wizard.now.format(&format).unwrap_or_default());
    let ahead = if wizard.clock_ahead.is_zero() { "not at all".into() } else { span(wizard.clock_ahead) };
    sheet.pair("Moved forward", 20, Text, ahead);
    sheet.gap();
    for (key, length) in LEAPS {
        sheet.line([words(Focus, format!(" {key} ")), words(Text, format!(" {} later", span(length)))]);
    }
    sheet.gap();
    sheet.say(
        Dim,
        "Sessions, one-time codes, ages of keys and reports follow it. It only goes forward. A sign-in ends after twelve \
         hours: connect again with c.",
    );
    Content::long(sheet, Blocks::default())
}
