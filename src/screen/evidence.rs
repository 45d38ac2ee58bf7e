//! What the verdicts rest on: for each control the calls, the fields, their values, and when they were read.

use super::settled;
use super::words::clock;
use crate::account::age::ago;
use crate::checks::{self, CONTROLS, Control, Judgement};
use crate::wizard::Wizard;
use crate::wizard::content::Meaning::{Dim, Text};
use crate::wizard::content::{Blocks, Content, words as span};

/// The evidence for the controls of the step in the main pane; on the other pages, for all controls.
pub(super) fn content<'p>(wizard: &'p Wizard) -> Content<'p> {
    let mut body = Blocks::default();
    body.title("Evidence");
    for control in controls(wizard) {
        let Some(judgement) = wizard.facts.judged().judgement(control.id) else { continue };
        body.gap();
        settled::judged(&mut body, wizard, control, judgement, true);
        lines(&mut body, wizard, judgement);
    }
    Content::long(body, Blocks::default())
}

fn controls(wizard: &Wizard) -> Vec<&'static Control> {
    match wizard.here() {
        Some(step) => step.id.definition().controls().iter().filter_map(|id| checks::control(id)).collect(),
        None => CONTROLS.iter().collect(),
    }
}

fn lines<'p>(sheet: &mut Blocks<'p>, wizard: &Wizard, judgement: &'p Judgement) {
    for evidence in &judgement.evidence {
        let text = format!("{} {} = {}", evidence.call, evidence.field, evidence.value);
        sheet.indented(Text, text);
        let read = format!("read {}, {}", clock(evidence.read_at), ago(evidence.read_at, wizard.now));
        sheet.hang([span(Text, "    ")], Dim, read);
    }
}
