//! The second pane in a wide terminal: what a key shows in a narrow one.

use super::{Block, Blocks, Content, Meaning, evidence};
use crate::checks::explain;
use crate::steps::StepId;
use crate::wizard::{Place, World};

/// What the verdicts of a step rest on, and why the step is there.
pub(in crate::wizard) fn evidence_and_why(world: &World, step: StepId) -> Content<'_> {
    let mut body = evidence::of(world, Place::Step(step)).body;
    body.gap();
    body.append(why(step).body);
    let mut foot = Blocks::default();
    foot.say(Meaning::Dim, "e shows all evidence, w the whole guide.");
    Content::long(body, foot)
}

/// Why a step is there: its guide, which is in Markdown.
pub(in crate::wizard) fn why<'p>(step: StepId) -> Content<'p> {
    Content::long(Blocks(vec![Block::Markdown(step.definition().guide().into())]), Blocks::default())
}

/// What a control is about, and how it comes to pass.
pub(in crate::wizard) fn control<'p>(id: &str) -> Content<'p> {
    let text = explain::text(id).unwrap_or_default();
    Content::long(Blocks(vec![Block::Markdown(text.into())]), Blocks::default())
}
