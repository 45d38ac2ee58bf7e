//! What lies over the main pane to be read: all keys that work now, and a step's whole explanation.

use crate::checks;
use crate::steps::StepId;
use crate::wizard::content::Meaning::{Dim, Text};
use crate::wizard::content::{Block, Blocks, Content, KeyLine};
use crate::wizard::keys::{Binding, bindings_below};
use crate::wizard::pages::Sheet;
use crate::wizard::{Wizard, World};

/// All keys that work under the overlay.
pub(super) fn help<'p>(wizard: &'p Wizard) -> Content<'p> {
    let mut body = Blocks::default();
    body.title("Keys");
    body.gap();
    let line = |binding: Binding| KeyLine { label: binding.label, meaning: binding.meaning().into() };
    body.0.push(Block::Keys(bindings_below(wizard).into_iter().map(line).collect()));
    body.gap();
    body.say(Dim, "Arrows have twins: h j k l. Nothing is sent before you have seen and confirmed it.");
    Content::long(body, Blocks::default())
}

/// The guide of a step: headings, bullets and paragraphs of its Markdown.
pub(super) fn guide<'p>(step: Option<StepId>) -> Content<'p> {
    let mut body = Blocks::default();
    match step {
        Some(id) => body.0.push(Block::Markdown(id.definition().guide().into())),
        None => body.say(Text, "There is no guide for this page."),
    }
    Content::long(body, Blocks::default())
}

/// The text about the control of that id.
pub(super) fn control<'p>(id: &str) -> Content<'p> {
    let text = checks::explain::text(id).unwrap_or_default();
    Content::long(Blocks(vec![Block::Markdown(text.into())]), Blocks::default())
}

/// The break-glass sheet.
pub(super) fn sheet<'p>(world: &'p World) -> Content<'p> {
    Content::long(Blocks(vec![Block::Markdown(Sheet::text(world).into())]), Blocks::default())
}
