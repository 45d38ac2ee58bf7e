//! The page that is shown while facts are read: the form, the QR code's page or the review.

use super::super::{enrol, review};
use super::{Goal, Prepare};
use crate::wizard::World;
use crate::wizard::chosen_action::{ChosenAction, PlanSource};
use crate::wizard::content::Meaning::{Accent, Text};
use crate::wizard::content::{Blocks, Content, Glyph, form};

pub(super) fn of<'p>(world: &'p World, page: &'p Prepare) -> Content<'p> {
    match (&page.goal, &page.source) {
        (Goal::Send(confirmed), _) => review::content::checking(&confirmed.plan),
        (Goal::Form | Goal::Review, PlanSource::Action(chosen)) => of_action(chosen),
        (Goal::Form | Goal::Review, PlanSource::Enrol(enrol)) => enrol::content::preparing(world, enrol),
    }
}

/// The submitted form, no longer editable.
fn of_action<'p>(chosen: &'p ChosenAction) -> Content<'p> {
    let id = chosen.step;
    let mut body = Blocks::default();
    match &chosen.form {
        Some(filled) => body = form::body(form::title(id, filled), filled, &[], false),
        None => body.title(id.definition().title()),
    }
    let mut foot = Blocks::default();
    foot.signed(Accent, Glyph::Spinner, Text, "Reading the account again…");
    foot.line([]);
    Content::tight(body, foot)
}
