//! A failed call: what was tried, what AWS said, what to do, the request id; then which calls were done.

use crate::account::Fault;
use crate::wizard::World;
use crate::wizard::chosen_action::PlanSource;
use crate::wizard::content::Meaning::{Accent, Bad, Dim, Good, Text, Warn};
use crate::wizard::content::{Blocks, Content, Glyph, Meaning, Words, failure, sign, words as span};
use crate::wizard::pages::Refused;

pub(super) fn of<'p>(world: &'p World, refusal: &'p Refused) -> Content<'p> {
    let mut body = Blocks::default();
    let title = match &refusal.failure {
        failure if failure.may_have_happened => "The call may have succeeded",
        failure if failure.code.is_some() => "AWS refused the call",
        failure if failure.fault == Fault::NoNetwork => "AWS was not reached",
        _ => "The call failed",
    };
    body.signed(Bad, Glyph::Fail, Bad, title);
    body.gap();
    failure::four_lines(&mut body, &refusal.tried, &refusal.failure);
    body.gap();
    for change in &refusal.done {
        listed(&mut body, Good, Glyph::Pass, "done", change.words());
    }
    for left in &refusal.left {
        listed(&mut body, Dim, Glyph::Nothing, "not made", left.as_str());
    }
    Content::tight(body, foot(world, refusal))
}

fn listed<'p>(sheet: &mut Blocks<'p>, meaning: Meaning, glyph: Glyph, word: &str, text: impl Into<Words<'p>>) {
    let word = format!(" {word:<8} ");
    sheet.hang([sign(meaning, glyph), span(meaning, word)], Text, text);
}

fn foot<'p>(world: &'p World, refusal: &'p Refused) -> Blocks<'p> {
    let mut foot = Blocks::default();
    let reading = world.is_reading_for(refusal.source.step());
    if reading {
        foot.signed(Accent, Glyph::Spinner, Text, "Reading the account again…");
    } else if refusal.has_happened(world.facts()) {
        let words = "Read since: the call succeeded, only the answer was lost.";
        foot.signed(Good, Glyph::Pass, Good, words);
    } else if let Some(words) = refusal.words(world.facts()) {
        foot.signed(Warn, Glyph::Partial, Warn, words);
    } else {
        foot.signed(Dim, Glyph::Pass, Text, "The account has been read again since.");
    }
    let back = match &refusal.source {
        PlanSource::Action(_) => "Nothing you filled in is lost.".to_owned(),
        PlanSource::Enrol(enrol) => enrol.is_over(&refusal.failure, world.facts()).unwrap_or_else(|| {
            "The QR code and its seed are kept: the same entry in your app still counts.".to_owned()
        }),
    };
    foot.say(Dim, back);
    foot
}
