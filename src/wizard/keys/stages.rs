//! For every stage of a step the keys that work in it.

use super::common::{columns, enter, erasing, esc, evidence, general, help, one, quiet, rows, scrolling, turning};
use super::devices::{enrolling, handed_off, showing};
use super::forms::{filling, reviewing};
use super::root_keys::{examining, watching};
use super::{Binding, Intent, Key};
use crate::steps::{Consent, StepId};
use crate::wizard::Wizard;
use crate::wizard::stage::Stage;

pub(super) fn stage(wizard: &Wizard, id: StepId) -> Vec<Binding> {
    match &wizard.step(id).stage {
        Stage::Explaining(_) => explaining(wizard, id),
        Stage::Filling(draft) => filling(draft.form.as_ref()),
        Stage::Confirming(review) => reviewing(matches!(review.plan.consent, Consent::Typed { .. })),
        Stage::Preparing(_) => vec![esc("back"), quiet(help())],
        Stage::Changing(_) | Stage::Proving(_) => {
            vec![help(), one(Key::Char('q'), "q", "quit when it has ended", Intent::Leave)]
        }
        Stage::Refused(_) => {
            let mut bindings =
                vec![enter("go on"), one(Key::Char('c'), "c", "connect again", Intent::Reconnect), quiet(scrolling())];
            bindings.extend(general());
            bindings
        }
        Stage::Showing(hand_over) => showing(hand_over),
        Stage::Enrolling(_) => enrolling(wizard),
        Stage::HandedOff(_) => handed_off(wizard),
        Stage::Examining(look) => examining(wizard, look),
        Stage::Watching(_) => watching(),
        Stage::Parting(_) => {
            let mut bindings = vec![enter("go on"), turning(), quiet(scrolling())];
            bindings.extend(general());
            bindings
        }
        Stage::Settled(_) => {
            let mut bindings = vec![enter("next step"), esc("back to the step"), evidence(), quiet(scrolling())];
            bindings.extend(general());
            bindings
        }
        Stage::Skipping(_) => vec![enter("skip"), esc("back"), erasing()],
        Stage::NamingProfile(naming) if naming.busy => Vec::new(),
        Stage::NamingProfile(naming) => filling(Some(&naming.form)),
        Stage::Skipped(_) => {
            let mut bindings = vec![enter("take it up again"), turning()];
            bindings.extend(general());
            bindings
        }
    }
}

pub(super) fn explaining(wizard: &Wizard, id: StepId) -> Vec<Binding> {
    let page = wizard.page(id);
    let mut bindings = Vec::new();
    if page.table.rows.len() > 1 {
        bindings.push(rows("pick"));
    }
    if page.actions.len() > 1 {
        bindings.push(columns("action"));
    }
    if !page.actions.is_empty() {
        bindings.push(enter("choose"));
    }
    bindings.push(one(Key::Char('w'), "w", "why", Intent::Guide));
    bindings.push(evidence());
    bindings.push(one(Key::Char('s'), "s", "skip", Intent::Skip));
    bindings.push(turning());
    if page.table.rows.len() <= 1 {
        bindings.push(quiet(scrolling()));
    }
    bindings.extend(general());
    bindings
}
