//! A skipped step: the reason as it is typed, and afterwards.

use super::Skip;
use crate::steps::StepId;
use crate::wizard::World;
use crate::wizard::content::Meaning::{Dim, Text, Warn};
use crate::wizard::content::{Block, Blocks, Content, Glyph, TextInput, controls};

pub(super) fn of<'p>(world: &'p World, page: &'p Skip) -> Content<'p> {
    if page.is_skipped() { skipped(world, page.step, &page.reason) } else { skipping(page.step, &page.reason) }
}

/// The reason, while the person types it.
fn skipping<'p>(id: StepId, reason: &'p str) -> Content<'p> {
    let mut body = Blocks::default();
    body.title(format!("Skip “{}” for now", id.definition().title()));
    body.gap();
    body.say(Text, "Why? The summary shows the reason.");
    body.gap();
    let entry = TextInput { typed: reason, characters: 64, hint: None };
    body.0.push(Block::Keep(vec![Block::TextInput(entry)]));
    body.gap();
    body.say(Dim, "Skipping changes nothing: failures stay, here and in `lockroot check`.");
    Content::tight(body, Blocks::default())
}

fn skipped<'p>(world: &'p World, id: StepId, reason: &'p str) -> Content<'p> {
    let mut body = Blocks::default();
    body.title(id.definition().title());
    body.signed(Warn, Glyph::Nothing, Warn, "Skipped for now");
    body.gap();
    let reason = if reason.trim().is_empty() { "No reason was given." } else { reason };
    body.pair("Reason", 6, Text, reason);
    body.gap();
    controls::of_step(&mut body, world, id);
    let mut foot = Blocks::default();
    foot.button("Resume this step");
    Content::tight(body, foot)
}
