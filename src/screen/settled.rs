//! The end of a step: what was done and whether it shows, what the controls say now; or why it was put off.

use super::sheet::{Pane, Sheet};
use super::text::{clean, tail, width};
use super::{Look, form, page, words};
use crate::checks::{self, Control, Judgement};
use crate::steps::{Standing, StepId, standing_in};
use crate::wizard::Wizard;
use crate::wizard::stage::{Record, Seen};

/// The result.
pub(super) fn settled<'a>(wizard: &'a Wizard, look: &'a Look, columns: u16, id: StepId, record: &Record) -> Pane<'a> {
    let theme = &look.theme;
    let mut body = Sheet::new(look, columns);
    body.title(id.definition().title());
    let waits = record.lines.iter().any(|(_, seen)| *seen == Seen::NotYet);
    let (style, verdict) = match standing_in(wizard.facts.judged(), id, &wizard.facts) {
        _ if waits => (theme.warn, "Done; not all of it shows yet."),
        Standing::Sound => (theme.good, "Done, and read back: this step is green."),
        Standing::NotApplicable => (theme.dim, "Nothing here applies to this account."),
        Standing::ToDo(..) => (theme.warn, "Done as far as it goes; something is left to do."),
        Standing::ToAnswer => (theme.warn, "Something here only you can answer."),
        Standing::Unknown => (theme.warn, "Something could not be read, so this step is not green."),
        Standing::Unread => (theme.dim, "Reading what is true now…"),
    };
    body.say(style, verdict);
    if !record.lines.is_empty() {
        body.gap();
        body.line(&[(theme.dim, "What was done")]);
    }
    for (line, seen) in &record.lines {
        let mark = words::seen(look, *seen);
        body.marked((mark.style, mark.glyph), theme.text, line, &mark.word);
    }
    if waits {
        body.say(theme.dim, "What does not show yet may take IAM a few minutes: read again with r.");
    }
    body.gap();
    body.line(&[(theme.dim, "What is true now")]);
    controls(&mut body, wizard, id);
    if let Standing::ToDo(..) = standing_in(wizard.facts.judged(), id, &wizard.facts) {
        left(&mut body, wizard, id);
    }
    let mut foot = Sheet::new(look, columns);
    foot.line(&[(theme.focus, "[ Next step ]")]);
    Pane::tight(body, foot)
}

/// What the step says of what is left to do.
fn left(sheet: &mut Sheet<'_>, wizard: &Wizard, id: StepId) {
    let (theme, glyphs) = (&sheet.look.theme, sheet.look.glyphs());
    let notes = wizard.page(id).notes;
    for note in &notes {
        sheet.gap();
        sheet.hang(&[(theme.dim, glyphs.bullet), (theme.text, " ")], theme.text, note);
    }
}

fn controls(sheet: &mut Sheet<'_>, wizard: &Wizard, id: StepId) {
    for control in id.definition().controls().iter().filter_map(|id| checks::control(id)) {
        if let Some(judgement) = wizard.facts.judged().judgement(control.id) {
            judged(sheet, wizard, control, judgement, true);
        }
    }
}

/// A control with its verdict, and the reason where `why` asks for it.
pub(super) fn judged(sheet: &mut Sheet<'_>, wizard: &Wizard, control: &Control, judgement: &Judgement, why: bool) {
    if control.questions.iter().any(|question| wizard.facts.is_unread(question)) {
        return page::control(sheet, wizard, control.title, None, "");
    }
    let why = if why { judgement.why.as_str() } else { "" };
    page::control(sheet, wizard, control.title, Some(judgement.verdict), why);
}

/// The reason for skipping, being typed.
pub(super) fn skipping<'a>(look: &'a Look, columns: u16, id: StepId, reason: &str) -> Pane<'a> {
    let theme = &look.theme;
    let mut body = Sheet::new(look, columns);
    body.title(&format!("Skip “{}” for now", id.definition().title()));
    body.gap();
    body.say(theme.text, "Why? The summary says it, so that it is not forgotten.");
    body.gap();
    let room = usize::from(columns).saturating_sub(3).min(64);
    let reason = clean(reason, look.unicode);
    let shown = tail(&reason, room.saturating_sub(1));
    let line = form::filled(shown, room, look);
    let style = theme.accent.add_modifier(ratatui::style::Modifier::UNDERLINED);
    body.line(&[(theme.accent, "> "), (style, &line)]);
    body.put_cursor(2 + width(shown));
    body.keep_from(body.len() - 1);
    body.gap();
    body.say(theme.dim, "Skipping changes nothing: what fails stays red, here and in the check.");
    Pane::tight(body, Sheet::new(look, columns))
}

/// A step that was put off.
pub(super) fn skipped<'a>(wizard: &'a Wizard, look: &'a Look, columns: u16, id: StepId, reason: &str) -> Pane<'a> {
    let (theme, glyphs) = (&look.theme, look.glyphs());
    let mut body = Sheet::new(look, columns);
    body.title(id.definition().title());
    body.hang(&[(theme.warn, glyphs.nothing), (theme.text, " ")], theme.warn, "Skipped for now");
    body.gap();
    let reason = if reason.trim().is_empty() { "No reason was given." } else { reason };
    body.pair("Reason", 6, theme.text, reason);
    body.gap();
    controls(&mut body, wizard, id);
    let mut foot = Sheet::new(look, columns);
    foot.line(&[(theme.focus, "[ Take it up again ]")]);
    Pane::tight(body, foot)
}
