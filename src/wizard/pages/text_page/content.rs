//! The texts over the main pane: keys, guide, evidence, message.

use super::{Text, TextPage};
use crate::break_glass::incident;
use crate::wizard::content::{Block, Blocks, Content, KeyLine, Meaning, beside, evidence, lesson};
use crate::wizard::keys::Binding;
use crate::wizard::{Place, World};

/// The content of a text. The help gets its keys from elsewhere, because no page knows another page's keys.
pub(super) fn of<'p>(world: &'p World, page: &TextPage) -> Content<'p> {
    match &page.text {
        Text::Help => help(Vec::new()),
        Text::Guide(place) => guide(*place),
        Text::Evidence(place) => evidence::of(world, *place),
        Text::Control(id) => beside::control(id),
        Text::Lesson => lesson::of(world),
        Text::Message(text) => message(text),
        Text::Incident => Content::long(Blocks(vec![Block::Markdown(incident().into())]), Blocks::default()),
    }
}

/// The keys that work under the overlay.
pub(in crate::wizard) fn help<'p>(below: Vec<Binding>) -> Content<'p> {
    let mut body = Blocks::default();
    body.title("Keys");
    body.gap();
    let line = |binding: Binding| KeyLine { label: binding.label, meaning: binding.meaning().into() };
    body.0.push(Block::Keys(below.into_iter().map(line).collect()));
    body.gap();
    body.say(Meaning::Dim, "h j k l work like the arrow keys. Nothing is sent before you confirm it.");
    Content::long(body, Blocks::default())
}

/// A message, line by line as it will be sent.
fn message<'p>(text: &str) -> Content<'p> {
    let mut body = Blocks::default();
    body.title("A message to send");
    body.gap();
    for line in text.lines() {
        if line.is_empty() {
            body.gap();
        } else {
            body.say(Meaning::Text, line.to_owned());
        }
    }
    body.gap();
    body.say(Meaning::Dim, "y copies it to the terminal's clipboard. It holds no secret.");
    Content::long(body, Blocks::default())
}

/// The guide of a step.
fn guide<'p>(place: Place) -> Content<'p> {
    match place {
        Place::Step(id) => beside::why(id),
        Place::SignIn | Place::Summary => {
            let mut body = Blocks::default();
            body.say(Meaning::Text, "This page has no guide.");
            Content::long(body, Blocks::default())
        }
    }
}
