//! The third pane of a wide terminal: what the page in front rests on or is about, which a key shows in a narrower one.

use super::{evidence, manual, review};
use crate::checks::Control;
use crate::steps::ending::{Open, is_all_read};
use crate::steps::{Consent, StepId};
use crate::wizard::content::Meaning::{Dim, Text};
use crate::wizard::content::{Block, Blocks, Content};
use crate::wizard::pages::{Review, Summary};
use crate::wizard::{Page, Place, Session, Wizard};

/// What stands there.
#[derive(Clone, Copy)]
enum Aside<'p> {
    /// What the verdicts of a step rest on, and why the step is there.
    Evidence(StepId),
    /// Why the step is there.
    Why(StepId),
    /// The calls with all that is sent.
    Calls(&'p Review),
    /// What a control is about, and how it comes to pass.
    Control(&'static Control),
    /// What each step is for.
    Steps,
    /// The sheet for the safe.
    Sheet,
}

fn of(wizard: &Wizard) -> Option<Aside<'_>> {
    match wizard.front() {
        Page::Home(home) => Some(Aside::Evidence(home.step)),
        Page::Record(record) => Some(Aside::Evidence(record.step)),
        Page::FillIn(filling) => Some(Aside::Why(filling.wish.step)),
        Page::Console(console) => Some(Aside::Why(console.step)),
        Page::KeyWatch(watch) => Some(Aside::Why(watch.step)),
        Page::ByHand(page) => Some(Aside::Control(page.control.0)),
        Page::Summary(summary) => beside_ending(wizard, summary),
        Page::SignIn(_) if *wizard.world.session() == Session::Established && !wizard.world.offers_ways() => {
            Some(Aside::Steps)
        }
        // Where all of them are shown whole, they would stand there twice.
        Page::Review(review) if !review.unfolded.iter().all(|unfolded| *unfolded) => Some(Aside::Calls(review)),
        _ => None,
    }
}

/// What the open thing that is picked is about; where nothing is open, the sheet.
fn beside_ending<'p>(wizard: &Wizard, summary: &Summary) -> Option<Aside<'p>> {
    let world = &wizard.world;
    match world.open_items().get(summary.picked(world)) {
        Some(Open::Step(_, control, ..) | Open::Control(control, _)) => Some(Aside::Control(control)),
        Some(Open::SecondWay) => Some(Aside::Why(StepId::Administrator)),
        None => is_all_read(world.facts()).then_some(Aside::Sheet),
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
        Aside::Control(control) => manual::control(control.id).body,
        Aside::Steps => steps(wizard),
        Aside::Sheet => {
            foot.say(Dim, "b shows all of the sheet.");
            manual::sheet(&wizard.world).body
        }
        Aside::Calls(review) => {
            let key = if matches!(review.plan.consent, Consent::Typed { .. }) { "Tab" } else { "a" };
            foot.say(Dim, format!("{key} shows all of it on the left."));
            review::calls(&review.plan)
        }
    };
    Some(Content::long(body, foot))
}

/// Each step with its reason.
fn steps<'p>(wizard: &Wizard) -> Blocks<'p> {
    let mut body = Blocks::default();
    body.title("What each step is for");
    for step in StepId::CHECKLIST {
        body.gap();
        body.say(Text, format!("{} {}", step.number(), step.definition().title()));
        body.say(Dim, wizard.world.page(step, 0).why);
    }
    body
}

fn guide<'p>(step: StepId) -> Blocks<'p> {
    Blocks(vec![Block::Markdown(step.definition().guide().into())])
}
