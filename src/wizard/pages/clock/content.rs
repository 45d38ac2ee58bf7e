//! The choices for moving the practice clock.

use super::LEAPS;
use crate::wizard::World;
use crate::wizard::content::Meaning::{Dim, Focus, Text};
use crate::wizard::content::{Blocks, Content, phrases, words};

/// The choices, and what depends on the clock.
pub(super) fn of<'p>(world: &'p World) -> Content<'p> {
    let mut sheet = Blocks::default();
    sheet.title("Move the practice account's clock");
    sheet.gap();
    let format = time::macros::format_description!("[year]-[month]-[day] [hour]:[minute]:[second] UTC");
    sheet.pair("The account's time", 20, Text, world.now().format(&format).unwrap_or_default());
    let ahead = if world.clock_ahead().is_zero() { "not at all".into() } else { phrases::span(world.clock_ahead()) };
    sheet.pair("Moved forward", 20, Text, ahead);
    sheet.gap();
    for (key, length) in LEAPS {
        sheet.line([words(Focus, format!(" {key} ")), words(Text, format!(" {} later", phrases::span(length)))]);
    }
    sheet.gap();
    sheet.say(
        Dim,
        "Sessions, one-time codes, ages of keys and reports follow it. It only goes forward. A sign-in ends after twelve \
         hours: connect again with c.",
    );
    Content::long(sheet, Blocks::default())
}
