//! The evidence of each control: calls, fields, values, and times.

use super::Meaning::{Dim, Text};
use super::{Blocks, Content, controls, phrases, words as span};
use crate::account::age::ago;
use crate::checks::{Assessment, CONTROLS, Control};
use crate::wizard::{Place, World};

/// Evidence for the controls of the current step; on other pages, for all controls.
pub(in crate::wizard) fn of<'p>(world: &'p World, place: Place) -> Content<'p> {
    let mut body = Blocks::default();
    body.title("Evidence");
    for control in controls(place) {
        let Some(assessment) = world.facts().assessments().assessment(control.id) else { continue };
        body.gap();
        controls::assessed(&mut body, world, control, assessment, true);
        lines(&mut body, world, assessment);
    }
    Content::long(body, Blocks::default())
}

fn controls(place: Place) -> Vec<&'static Control> {
    match place {
        Place::Step(id) => id.controls().collect(),
        Place::SignIn | Place::Summary => CONTROLS.iter().collect(),
    }
}

/// Adds the evidence of one assessment.
pub(in crate::wizard) fn lines<'p>(sheet: &mut Blocks<'p>, world: &World, assessment: &'p Assessment) {
    for evidence in &assessment.evidence {
        let text = format!("{} {} = {}", evidence.call, evidence.field, evidence.value);
        sheet.indented(Text, text);
        let read = format!("read {}, {}", phrases::clock(evidence.read_at), ago(evidence.read_at, world.now()));
        sheet.hang([span(Text, "    ")], Dim, read);
    }
}
