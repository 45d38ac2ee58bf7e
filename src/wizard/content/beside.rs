//! The third pane in a wide terminal. In a narrow one, a key shows the same.

use super::{Block, Blocks, Content, Meaning, evidence};
use crate::checks::explain;
use crate::steps::StepId;
use crate::wizard::{Place, World};

/// The evidence of a step's verdicts, then its guide.
pub(in crate::wizard) fn evidence_and_why(world: &World, step: StepId) -> Content<'_> {
    let mut body = evidence::of(world, Place::Step(step)).body;
    body.gap();
    body.append(why(step).body);
    let mut foot = Blocks::default();
    foot.say(Meaning::Dim, "e shows all evidence, w the whole guide.");
    Content::long(body, foot)
}

/// The guide of a step, in Markdown.
pub(in crate::wizard) fn why<'p>(step: StepId) -> Content<'p> {
    Content::long(Blocks(vec![Block::Markdown(step.definition().guide().into())]), Blocks::default())
}

/// The explanation of a control: what it is about, and how to pass it.
pub(in crate::wizard) fn control<'p>(id: &str) -> Content<'p> {
    let text = explain::text(id).unwrap_or_default();
    Content::long(Blocks(vec![Block::Markdown(text.into())]), Blocks::default())
}
