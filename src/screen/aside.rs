//! The third pane of a wide terminal: what the page in front rests on, which is one key away in a narrower one.

use super::{evidence, review};
use crate::steps::{Consent, StepId};
use crate::wizard::content::Meaning::Dim;
use crate::wizard::content::{Block, Blocks, Content};
use crate::wizard::pages::Review;
use crate::wizard::{Page, Place, Wizard};

/// What stands there.
#[derive(Clone, Copy)]
enum Aside<'p> {
    /// What the verdicts of a step rest on, and why the step is there.
    Evidence(StepId),
    /// Why the step is there.
    Why(StepId),
    /// The calls with all that is sent.
    Calls(&'p Review),
}

fn of(wizard: &Wizard) -> Option<Aside<'_>> {
    match wizard.front() {
        Page::Home(home) => Some(Aside::Evidence(home.step)),
        Page::Record(record) => Some(Aside::Evidence(record.step)),
        Page::FillIn(filling) => Some(Aside::Why(filling.wish.step)),
        // Where all of them are shown whole, they would stand there twice.
        Page::Review(review) if !review.unfolded.iter().all(|unfolded| *unfolded) => Some(Aside::Calls(review)),
        _ => None,
    }
}

/// Whether there is anything to be said beside the page in front.
pub(super) fn has(wizard: &Wizard) -> bool {
    of(wizard).is_some()
}

/// What is said there.
pub(super) fn content(wizard: &Wizard) -> Option<Content<'_>> {
    let mut foot = Blocks::default();
    let body = match of(wizard)? {
        Aside::Evidence(step) => {
            foot.say(Dim, "e shows all of the evidence, w all of the guide.");
            let mut body = evidence::content(&wizard.world, Place::Step(step)).body;
            body.gap();
            body.append(guide(step));
            body
        }
        Aside::Why(step) => guide(step),
        Aside::Calls(review) => {
            let key = if matches!(review.plan.consent, Consent::Typed { .. }) { "Tab" } else { "a" };
            foot.say(Dim, format!("{key} shows all of it on the left."));
            review::calls(&review.plan)
        }
    };
    Some(Content::long(body, foot))
}

fn guide<'p>(step: StepId) -> Blocks<'p> {
    Blocks(vec![Block::Markdown(step.definition().guide().into())])
}
