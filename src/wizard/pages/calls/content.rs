//! The calls in progress, one line each. Only a running call is animated.

use crate::wizard::World;
use crate::wizard::content::Meaning::{Accent, Bad, Dim, Good, Text};
use crate::wizard::content::{Blocks, Content, Glyph, Meaning, Words, words as span};
use crate::wizard::pages::Calls;

pub(super) fn of<'p>(world: &'p World, progress: &'p Calls) -> Content<'p> {
    let mut body = Blocks::default();
    body.title(&progress.title);
    body.gap();
    for change in &progress.done {
        call(&mut body, (Good, Glyph::Pass), change.words(), change.action(), "accepted");
    }
    for (change, _) in &progress.refused {
        call(&mut body, (Bad, Glyph::Fail), change.words(), change.action(), "refused");
    }
    let (running, action) = &progress.running;
    body.keep(true, |body| call(body, (Accent, Glyph::Spinner), running.as_str(), action, "in progress"));
    for change in progress.waiting.iter().rev() {
        call(&mut body, (Dim, Glyph::Waiting), change.words(), change.action(), "waits");
    }
    let mut foot = Blocks::default();
    foot.say(
        Dim,
        if world.is_quitting() {
            "lockroot ends as soon as AWS has answered."
        } else {
            "One call at a time. Afterwards lockroot reads everything back."
        },
    );
    Content::tight(body, foot)
}

/// A call in words; below it the IAM action and the state.
pub(in crate::wizard::pages) fn call<'p>(
    sheet: &mut Blocks<'p>,
    mark: (Meaning, Glyph),
    text: impl Into<Words<'p>>,
    action: &'static str,
    word: impl Into<Words<'p>>,
) {
    sheet.signed(mark.0, mark.1, Text, text);
    sheet.marked(span(mark.0, " "), Dim, action, word);
}
