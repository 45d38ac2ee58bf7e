//! A form, with the hint for the focused field.

use super::FillIn;
use crate::steps::LeadsTo;
use crate::wizard::content::{Block, Blocks, Content, form};
use crate::wizard::{Mode, World};

pub(super) fn of<'p>(world: &'p World, page: &'p FillIn) -> Content<'p> {
    let (id, filled) = (page.chosen.step, &page.form);
    let problems = id.definition().problems(filled, world.facts());
    let body = form::body(form::title(id, filled), filled, &problems, true);
    let hint = match filled.focused() {
        Some(field) => &field.hint,
        None if filled.tried && !problems.is_empty() => "Fix the marked fields first.",
        None if filled.leads_to == LeadsTo::Answers => match world.mode() {
            Mode::Live => "Kept on this machine, with today's date. Nothing is sent to AWS.",
            Mode::Practice { .. } => {
                "Kept until the practice ends. On a real account: kept on this machine, with the date."
            }
        },
        None => "Next you see every call before anything is sent.",
    };
    Content::long(body, Blocks(vec![Block::Hint(hint.into())]))
}
