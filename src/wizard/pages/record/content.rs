//! The end of a step: what was done and confirmed, and the controls' verdicts; or why it was skipped.

use crate::steps::{StepId, StepStatus, status_in};
use crate::wizard::World;
use crate::wizard::content::Meaning::{Dim, Good, Text, Warn};
use crate::wizard::content::{Block, Blocks, Button, Content, Glyph, controls, marks, sign, words as span};
use crate::wizard::pages::Record;
use crate::wizard::pages::record::{Onward, ReadBack};

pub(super) fn of<'p>(world: &'p World, record: &'p Record) -> Content<'p> {
    let id = record.step;
    let mut body = Blocks::default();
    body.title(id.definition().title());
    let waits = record.lines.iter().any(|(_, seen)| *seen == ReadBack::NotYet);
    let (style, verdict) = match status_in(world.facts().assessments(), id, world.facts()) {
        _ if waits => (Warn, "Done; AWS does not show all of it yet."),
        StepStatus::Done if record.lines.iter().any(|(_, seen)| *seen == ReadBack::Kept) => (Good, "Done."),
        StepStatus::Done => (Good, "Done, and read back from AWS."),
        _ if id.controls().next().is_none() => (Good, "Done."),
        StepStatus::NotApplicable => (Dim, "Nothing here applies to this account."),
        StepStatus::Accepted => (Warn, "Only accepted risks are left."),
        StepStatus::ToDo(..) => (Warn, "Done; more is left in this step."),
        StepStatus::ToAnswer => (Warn, "Done; only you can answer the rest."),
        StepStatus::NoAccess => (Dim, "You may not read this. An administrator or root can."),
        StepStatus::Unknown => (Warn, "Something could not be read, so this step is not complete."),
        StepStatus::Unread => (Dim, "Reading the account again…"),
    };
    body.say(style, verdict);
    if !record.lines.is_empty() {
        body.gap();
        body.line([span(Dim, "What was done")]);
    }
    for (line, seen) in &record.lines {
        let mark = marks::seen(*seen);
        body.marked(sign(mark.meaning, mark.glyph), Text, line, mark.word);
    }
    if waits {
        body.say(Dim, "IAM may take a few minutes to show it: read again (r).");
    }
    if id.controls().next().is_some() {
        body.gap();
        body.line([span(Dim, "What is true now")]);
        controls::of_step(&mut body, world, id);
    }
    if let StepStatus::ToDo(..) = status_in(world.facts().assessments(), id, world.facts()) {
        left(&mut body, world, id);
    }
    let mut foot = Blocks::default();
    let buttons = record.buttons(world).into_iter().map(|onward| match onward {
        Onward::SameStep => Button::new("Go on with this step"),
        Onward::NextStep => Button::new("Next step"),
        Onward::Beyond(action) => {
            let actions = world.step_view(id, 0).actions;
            let label = actions.into_iter().find(|other| other.id == action).map(|action| action.label);
            Button::new(label.unwrap_or_default())
        }
    });
    foot.0.push(Block::Buttons(buttons.collect(), Some(record.focus(world))));
    Content::tight(body, foot)
}

/// Adds the step's notes about what is left to do.
fn left<'p>(sheet: &mut Blocks<'p>, world: &World, id: StepId) {
    let notes = world.step_view(id, 0).notes;
    for note in notes {
        sheet.gap();
        sheet.signed(Dim, Glyph::Bullet, Text, note);
    }
}
