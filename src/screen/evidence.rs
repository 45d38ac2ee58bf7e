//! What the verdicts rest on: for each control the calls, the fields, their values, and when they were read.

use super::sheet::{Pane, Sheet};
use super::words::clock;
use super::{Look, settled};
use crate::account::age::ago;
use crate::checks::{self, CONTROLS, Control, Judgement};
use crate::wizard::Wizard;

/// The evidence for the controls of the step in the main pane; on the other pages, for all controls.
pub(super) fn pane<'a>(wizard: &'a Wizard, look: &'a Look, columns: u16) -> Pane<'a> {
    let mut body = Sheet::new(look, columns);
    body.title("Evidence");
    for control in controls(wizard) {
        let Some(judgement) = wizard.facts.judged().judgement(control.id) else { continue };
        body.gap();
        settled::judged(&mut body, wizard, control, judgement, true);
        lines(&mut body, wizard, judgement);
    }
    Pane::roomy(body, Sheet::new(look, columns))
}

fn controls(wizard: &Wizard) -> Vec<&'static Control> {
    match wizard.here() {
        Some(step) => step.id.definition().controls().iter().filter_map(|id| checks::control(id)).collect(),
        None => CONTROLS.iter().collect(),
    }
}

fn lines(sheet: &mut Sheet<'_>, wizard: &Wizard, judgement: &Judgement) {
    let theme = sheet.look.theme;
    for evidence in &judgement.evidence {
        let text = format!("{} {} = {}", evidence.call, evidence.field, evidence.value);
        sheet.hang(&[(theme.text, "  ")], theme.text, &text);
        let read = format!("read {}, {}", clock(evidence.read_at), ago(evidence.read_at, wizard.now));
        sheet.hang(&[(theme.text, "    ")], theme.dim, &read);
    }
}
