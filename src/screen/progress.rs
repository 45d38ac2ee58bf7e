//! Calls under way, one line each, and their read-back. Motion is drawn only where something really is on its way.

use super::words;
use crate::account::read_back;
use crate::wizard::World;
use crate::wizard::content::Meaning::{Accent, Bad, Dim, Good, Text};
use crate::wizard::content::{Blocks, Content, Glyph, Mark, Meaning, Words, words as span};
use crate::wizard::pages::{Calls, Proof};

/// The calls being made.
pub(super) fn changing<'p>(world: &'p World, progress: &'p Calls) -> Content<'p> {
    let mut body = Blocks::default();
    body.title(&progress.title);
    body.gap();
    for change in &progress.done {
        call(&mut body, (Good, Glyph::Pass), change.words(), change.action(), "taken");
    }
    for (change, _) in &progress.refused {
        call(&mut body, (Bad, Glyph::Fail), change.words(), change.action(), "refused");
    }
    let (running, action) = &progress.running;
    body.keep(true, |body| call(body, (Accent, Glyph::Spinner), running.as_str(), action, "on its way"));
    for change in progress.waiting.iter().rev() {
        call(&mut body, (Dim, Glyph::Waiting), change.words(), change.action(), "waits");
    }
    let mut foot = Blocks::default();
    foot.say(
        Dim,
        if world.is_quitting() {
            "lockroot ends as soon as AWS has answered."
        } else {
            "One call at a time. Afterwards everything is read back."
        },
    );
    Content::tight(body, foot)
}

/// The calls made, being read back.
pub(super) fn proving<'p>(world: &'p World, proof: &'p Proof) -> Content<'p> {
    let mut body = Blocks::default();
    body.title("Reading it back");
    body.say(Dim, "AWS has taken every call. Green is only what a fresh read shows.");
    body.gap();
    for (change, shows) in proof.applied.iter().zip(read_back(&proof.applied, world.facts())) {
        let mark = shown(world, shows);
        call(&mut body, (mark.meaning, mark.glyph), change.words(), change.action(), mark.word);
    }
    let mut foot = Blocks::default();
    let tries = match proof.tries {
        0 => String::new(),
        tries => format!(" Read {}; IAM sometimes takes a moment.", words::count(tries as usize, "time", "times")),
    };
    match proof.again_at {
        None => foot.signed(Accent, Glyph::Spinner, Text, format!("Asking AWS.{tries}")),
        Some(at) => {
            let seconds = (at - world.now()).whole_seconds().max(0);
            foot.say(Text, format!("Not all of it shows yet; next look in {seconds} s.{tries}"));
        }
    }
    Content::tight(body, foot)
}

fn shown(world: &World, shows: Option<bool>) -> Mark {
    use crate::wizard::pages::record::Seen;
    match shows {
        Some(true) => words::seen(Seen::Shown),
        Some(false) => words::seen(Seen::NotYet),
        None => words::unread(world),
    }
}

/// A call in words, and below it its action and where it stands.
fn call<'p>(
    sheet: &mut Blocks<'p>,
    mark: (Meaning, Glyph),
    text: impl Into<Words<'p>>,
    action: &'static str,
    word: impl Into<Words<'p>>,
) {
    sheet.signed(mark.0, mark.1, Text, text);
    sheet.marked(span(mark.0, " "), Dim, action, word);
}
