//! The pasted secret key as a QR code, for a second phone or a password manager.

use crate::secret::Secret;
use crate::wizard::content::Meaning::{Accent, Bad, Dim, Text, Warn};
use crate::wizard::content::{Block, Blocks, Content, Glyph, Qr, Room, sign, words};
use crate::wizard::pages::PastedSeed;

pub(super) fn of<'p>(copy: &'p PastedSeed) -> Content<'p> {
    match &copy.drawn {
        Some((seed, uri)) => code(seed, uri),
        None => asking(copy),
    }
}

/// The line to paste into. It shows the number of characters, never the text.
fn asking<'p>(copy: &'p PastedSeed) -> Content<'p> {
    let mut body = Blocks::default();
    body.title("Root's secret key as a QR code");
    body.gap();
    body.say(
        Text,
        "In the console's dialog choose \"Show secret key\". Paste the key here to see it as a QR code: a second phone or a password manager can then hold the same device.",
    );
    body.gap();
    body.say(Text, "It stays in memory until you close this page, and is sent nowhere.");
    body.gap();
    let typed = match copy.typed.chars() {
        0 => "nothing yet".to_owned(),
        1 => "1 character".to_owned(),
        count => format!("{count} characters"),
    };
    body.line([sign(Accent, Glyph::Pointer), words(Text, " Secret key  "), words(Accent, typed)]);
    if let Some(problem) = &copy.problem {
        body.gap();
        body.signed(Bad, Glyph::Fail, Bad, problem);
    }
    Content::tight(body, Blocks::default()).in_room(Room::Whole)
}

fn code<'p>(seed: &'p Secret, uri: &'p Secret) -> Content<'p> {
    let mut body = Blocks::default();
    body.title("Root's secret key");
    body.gap();
    let scan = Block::Say(Text, "Scan it with the second device, or type it in:".into());
    body.0.push(Block::Scan(vec![scan], |size| {
        let mut instead = Blocks::default();
        instead.say(Warn, format!("The QR code needs a terminal of {size}. Type this instead:"));
        instead
    }));
    body.0.push(Block::Seed(seed));
    body.gap();
    body.say(Text, "Both devices show the same codes. Give the console two of them, in order.");
    body.say(Dim, "Anyone who has this key has root's second factor. Esc closes the page and forgets the key.");
    let content = Content::tight(body, Blocks::default()).in_room(Room::Whole);
    Content { qr: Some(Qr::Beside(uri)), ..content }
}
