//! All controls with their verdicts, how many of which, and what remains.

use super::sheet::{Pane, Sheet};
use super::{Look, drift, second_way, settled, words};
use crate::checks::{CONTROLS, Control, Judged, Verdict};
use crate::steps::{Standing, StepId, standing_in};
use crate::wizard::{Stage, Wizard};

/// The page.
pub(super) fn pane<'a>(wizard: &'a Wizard, judged: &Judged, look: &'a Look, columns: u16) -> Pane<'a> {
    let mut body = Sheet::new(look, columns);
    body.title("Summary");
    counts(&mut body, wizard, judged);
    second_way::line(&mut body, wizard.second_way().as_ref());
    drift::say(&mut body, wizard);
    skipped(&mut body, wizard);
    body.gap();
    for (control, judgement) in judged.iter() {
        settled::judged(&mut body, wizard, control, judgement, judgement.verdict != Verdict::Pass);
    }
    let mut foot = Sheet::new(look, columns);
    remaining(&mut foot, wizard, judged);
    Pane::roomy(body, foot)
}

/// `3 pass · 5 fail · 1 unknown`
fn counts(sheet: &mut Sheet<'_>, wizard: &Wizard, judged: &Judged) {
    let (look, theme) = (sheet.look, sheet.look.theme);
    let unread = |control: &Control| control.questions.iter().any(|q| wizard.facts.is_unread(q));
    let (waiting, read): (Vec<_>, Vec<_>) = judged.iter().partition(|(control, _)| unread(control));
    let separator = format!(" {} ", look.glyphs().separator);
    let mut texts = Vec::new();
    for verdict in Verdict::ALL {
        let count = read.iter().filter(|(_, judgement)| judgement.verdict == verdict).count();
        if count > 0 {
            let mark = words::verdict(look, verdict);
            texts.push((mark.style, format!("{count} {}", mark.word)));
        }
    }
    if !waiting.is_empty() {
        texts.push((theme.dim, format!("{} unread", waiting.len())));
    }
    let mut pieces = Vec::new();
    for (i, (style, text)) in texts.iter().enumerate() {
        if i > 0 {
            pieces.push((theme.dim, separator.as_str()));
        }
        pieces.push((*style, text.as_str()));
    }
    sheet.line(&pieces);
}

/// What was put off, and why.
fn skipped(sheet: &mut Sheet<'_>, wizard: &Wizard) {
    let (theme, glyphs) = (sheet.look.theme, sheet.look.glyphs());
    for step in &wizard.steps {
        if let Stage::Skipped(reason) = &step.stage {
            let reason = if reason.trim().is_empty() { "no reason given" } else { reason };
            let text = format!("{} skipped: {reason}", step.id.definition().title());
            sheet.hang(&[(theme.warn, glyphs.nothing), (theme.text, " ")], theme.text, &text);
        }
    }
}

fn remaining(sheet: &mut Sheet<'_>, wizard: &Wizard, judged: &Judged) {
    let (theme, glyphs) = (sheet.look.theme, sheet.look.glyphs());
    let open: Vec<&str> = StepId::ALL
        .into_iter()
        .filter(|id| {
            matches!(
                standing_in(judged, *id, &wizard.facts),
                Standing::ToDo(..) | Standing::Unknown | Standing::ToAnswer
            )
        })
        .map(|id| id.definition().title())
        .collect();
    if !open.is_empty() {
        let text = format!("Remaining: {}.", open.join(", "));
        sheet.hang(&[(theme.warn, glyphs.partial), (theme.text, " ")], theme.text, &text);
    } else if CONTROLS.iter().any(|control| control.questions.iter().any(|q| wizard.facts.is_unread(q))) {
        sheet.say(theme.dim, "Still reading…");
    } else if wizard.second_way().is_none() {
        let text = "Remaining: a second way in. i leads to it.";
        sheet.hang(&[(theme.warn, glyphs.partial), (theme.text, " ")], theme.text, text);
    } else if words::is_finished(wizard, judged) {
        let text = match wizard.second_way() {
            Some(way) if way.is_proof() => "All green, and read back. `lockroot check` proves it again at any time.",
            _ => "All green, and read back; that nobody but root may get in was accepted.",
        };
        sheet.hang(&[(theme.good, glyphs.pass), (theme.text, " ")], theme.good, text);
    } else {
        // Controls that belong to no step: a person puts them right elsewhere.
        let text =
            "All steps are done, and read back. What is open above is put right elsewhere; `lockroot check` says how.";
        sheet.hang(&[(theme.good, glyphs.pass), (theme.text, " ")], theme.text, text);
    }
}
