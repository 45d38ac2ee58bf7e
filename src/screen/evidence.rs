//! What the verdicts rest on: for each control the calls, the fields, their values, and when they were read.

use super::settled;
use super::words::clock;
use crate::account::age::ago;
use crate::checks::{CONTROLS, Control, Judgement};
use crate::wizard::content::Meaning::{Dim, Text};
use crate::wizard::content::{Blocks, Content, words as span};
use crate::wizard::{Place, World};

/// The evidence for the controls of the step in the main pane; on the other pages, for all controls.
pub(super) fn content<'p>(world: &'p World, place: Place) -> Content<'p> {
    let mut body = Blocks::default();
    body.title("Evidence");
    for control in controls(place) {
        let Some(judgement) = world.facts().judged().judgement(control.id) else { continue };
        body.gap();
        settled::judged(&mut body, world, control, judgement, true);
        lines(&mut body, world, judgement);
    }
    Content::long(body, Blocks::default())
}

fn controls(place: Place) -> Vec<&'static Control> {
    match place {
        Place::Step(id) => id.controls().collect(),
        Place::SignIn | Place::Summary => CONTROLS.iter().collect(),
    }
}

/// What `judgement` rests on.
pub(super) fn lines<'p>(sheet: &mut Blocks<'p>, world: &World, judgement: &'p Judgement) {
    for evidence in &judgement.evidence {
        let text = format!("{} {} = {}", evidence.call, evidence.field, evidence.value);
        sheet.indented(Text, text);
        let read = format!("read {}, {}", clock(evidence.read_at), ago(evidence.read_at, world.now()));
        sheet.hang([span(Text, "    ")], Dim, read);
    }
}
