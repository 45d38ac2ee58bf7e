//! All controls with their verdicts, how many of which, and what remains.

use super::{drift, second_way, settled, words};
use crate::checks::{CONTROLS, Control, Judged, Verdict};
use crate::steps::{Standing, StepId, standing_in};
use crate::wizard::content::Meaning::{Dim, Good, Text, Warn};
use crate::wizard::content::{Block, Blocks, Content, Glyph, sign, words as span};
use crate::wizard::{Stage, Wizard};

/// The page.
pub(super) fn content<'p>(wizard: &'p Wizard) -> Content<'p> {
    let judged = wizard.facts.judged();
    let mut body = Blocks::default();
    body.title("Summary");
    counts(&mut body, wizard, judged);
    second_way::line(&mut body, wizard.second_way().as_ref());
    drift::say(&mut body, wizard);
    skipped(&mut body, wizard);
    body.gap();
    for (control, judgement) in judged.iter() {
        settled::judged(&mut body, wizard, control, judgement, judgement.verdict != Verdict::Pass);
    }
    let mut foot = Blocks::default();
    remaining(&mut foot, wizard, judged);
    Content::long(body, foot)
}

/// `3 pass · 5 fail · 1 unknown`
fn counts<'p>(sheet: &mut Blocks<'p>, wizard: &Wizard, judged: &'p Judged) {
    let unread = |control: &Control| control.questions.iter().any(|q| wizard.facts.is_unread(q));
    let (waiting, read): (Vec<_>, Vec<_>) = judged.iter().partition(|(control, _)| unread(control));
    let mut spans = Vec::new();
    let mut add = |meaning, text: String| {
        if !spans.is_empty() {
            spans.extend([span(Dim, " "), sign(Dim, Glyph::Separator), span(Dim, " ")]);
        }
        spans.push(span(meaning, text));
    };
    for verdict in Verdict::ALL {
        let count = read.iter().filter(|(_, judgement)| judgement.verdict == verdict).count();
        if count > 0 {
            let mark = words::verdict(verdict);
            add(mark.meaning, format!("{count} {}", mark.word));
        }
    }
    if !waiting.is_empty() {
        add(Dim, format!("{} unread", waiting.len()));
    }
    sheet.0.push(Block::Line(spans));
}

/// What was put off, and why.
fn skipped<'p>(sheet: &mut Blocks<'p>, wizard: &Wizard) {
    for step in &wizard.steps {
        if let Stage::Skipped(reason) = &step.stage {
            let reason = if reason.trim().is_empty() { "no reason given" } else { reason };
            let text = format!("{} skipped: {reason}", step.id.definition().title());
            sheet.signed(Warn, Glyph::Nothing, Text, text);
        }
    }
}

fn remaining<'p>(sheet: &mut Blocks<'p>, wizard: &Wizard, judged: &'p Judged) {
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
        sheet.signed(Warn, Glyph::Partial, Text, text);
    } else if CONTROLS.iter().any(|control| control.questions.iter().any(|q| wizard.facts.is_unread(q))) {
        sheet.say(Dim, "Still reading…");
    } else if wizard.second_way().is_none() {
        let text = "Remaining: a second way in. i leads to it.";
        sheet.signed(Warn, Glyph::Partial, Text, text);
    } else if words::is_finished(wizard, judged) {
        let text = match wizard.second_way() {
            Some(way) if way.is_proof() => "All green, and read back. `lockroot check` proves it again at any time.",
            _ => "All green, and read back; that nobody but root may get in was accepted.",
        };
        sheet.signed(Good, Glyph::Pass, Good, text);
    } else {
        // Controls that belong to no step: a person puts them right elsewhere.
        let text =
            "All steps are done, and read back. What is open above is put right elsewhere; `lockroot check` says how.";
        sheet.signed(Good, Glyph::Pass, Text, text);
    }
}
