//! A step's page: why, what is true now, what to pick, what can be done. The actions stay in view however long it is.

use super::sheet::{Pane, Piece, Sheet};
use super::text::{cut, cut_middle, pad, width};
use super::{Look, words};
use crate::checks::{self, Verdict};
use crate::steps::{Action, Row, StepId, Table};
use crate::wizard::Wizard;
use crate::wizard::stage::Cursor;

/// The page of the step `id`.
pub(super) fn pane<'a>(wizard: &'a Wizard, look: &'a Look, columns: u16, id: StepId, cursor: Cursor) -> Pane<'a> {
    let theme = &look.theme;
    let page = wizard.page(id);
    let mut body = Sheet::new(look, columns);
    body.title(id.definition().title());
    body.say(theme.text, page.why);
    body.gap();
    rows(&mut body, wizard, id, &page.rows);
    if !page.table.rows.is_empty() {
        body.gap();
        table(&mut body, &page.table, cursor.item);
    }
    if !page.notes.is_empty() {
        body.gap();
    }
    for note in &page.notes {
        body.hang(&[(theme.dim, look.glyphs().bullet), (theme.text, " ")], theme.text, note);
    }
    let (foot, reserved) = actions(look, columns, &page.actions, cursor.action);
    Pane::tight(body, foot).reserving(reserved)
}

/// What is true now: a control's verdict as sign and word with the reason below it, other values beside their names.
pub(super) fn rows(sheet: &mut Sheet<'_>, wizard: &Wizard, id: StepId, rows: &[Row]) {
    let controls: Vec<&str> =
        id.definition().controls().iter().filter_map(|id| checks::control(id)).map(|control| control.title).collect();
    let is_control = |row: &Row| controls.contains(&row.label.as_str());
    let names = rows.iter().filter(|row| !is_control(row)).map(|row| width(&row.label)).max().unwrap_or(0).min(24);
    for row in rows {
        if is_control(row) {
            control(sheet, wizard, &row.label, row.verdict, &row.value);
        } else {
            sheet.pair(&format!("  {}", row.label), names + 2, sheet.look.theme.text, &row.value);
        }
    }
}

/// A control: its title, its verdict, and why. `None`: it has not been read, and says so where the verdict will be.
pub(super) fn control(sheet: &mut Sheet<'_>, wizard: &Wizard, title: &str, verdict: Option<Verdict>, why: &str) {
    let (look, theme) = (sheet.look, sheet.look.theme);
    let mark = verdict.map_or_else(|| words::unread(wizard, look), |verdict| words::verdict(look, verdict));
    sheet.marked((mark.style, mark.glyph), theme.text, title, &mark.word);
    if !why.is_empty() {
        sheet.hang(&[(theme.text, "  ")], theme.dim, why);
    }
}

/// The things to pick from. What does not fit is cut in the first column, where identifiers differ at their ends, and
/// then in the last.
fn table(sheet: &mut Sheet<'_>, table: &Table, picked: usize) {
    let (look, theme) = (sheet.look, sheet.look.theme);
    let ellipsis = look.glyphs().ellipsis;
    let widths = widths(table, sheet.columns().saturating_sub(2));
    let last = widths.len().saturating_sub(1);
    let cell = |i: usize, text: &str| {
        let room = widths.get(i).copied().unwrap_or(0);
        let text = super::text::clean(text, look.unicode);
        let text = if i == 0 { cut_middle(&text, room, ellipsis) } else { cut(&text, room, ellipsis) };
        if i == last { text } else { format!("{}  ", pad(&text, room)) }
    };
    let joined =
        |cells: &mut dyn Iterator<Item = &str>| cells.enumerate().map(|(i, text)| cell(i, text)).collect::<String>();
    let heads = joined(&mut table.heads.iter().copied());
    sheet.line(&[(theme.text, "  "), (theme.dim, &heads)]);
    for (i, row) in table.rows.iter().enumerate() {
        let text = joined(&mut row.iter().map(String::as_str));
        let (pointer, style) = if i == picked { (look.glyphs().pointer, theme.accent) } else { (" ", theme.text) };
        sheet.line(&[(style, pointer), (theme.text, " "), (style, &text)]);
        if i == picked {
            sheet.keep_from(sheet.len() - 1);
        }
    }
}

fn widths(table: &Table, room: usize) -> Vec<usize> {
    let columns = table.heads.len();
    let mut widths: Vec<usize> = (0..columns)
        .map(|i| {
            let cells = table.rows.iter().filter_map(|row| row.get(i)).map(|cell| width(cell));
            cells.chain([width(table.heads[i])]).max().unwrap_or(0)
        })
        .collect();
    let total = |widths: &[usize]| widths.iter().sum::<usize>() + 2 * columns.saturating_sub(1);
    // An access key's id stays recognisable in nine columns: its kind, and the four characters that people compare.
    for (i, least) in [(0, 9), (columns.saturating_sub(1), 8), (1, 6)] {
        let over = total(&widths).saturating_sub(room);
        if let Some(width) = widths.get_mut(i) {
            *width = width.saturating_sub(over).max(least.min(*width));
        }
    }
    widths
}

/// The buttons, and above them why the one with the focus can't be chosen; and how many lines that can be at most.
fn actions<'a>(look: &'a Look, columns: u16, actions: &[Action], focus: usize) -> (Sheet<'a>, usize) {
    let theme = &look.theme;
    let labels: Vec<(&str, bool)> =
        actions.iter().map(|action| (action.label.as_str(), action.blocked.is_some())).collect();
    let reason = |action: &Action| {
        let mut reason = Sheet::new(look, columns);
        if let Some(blocked) = &action.blocked {
            reason.hang(&[(theme.warn, look.glyphs().partial), (theme.text, " ")], theme.text, blocked);
        }
        reason
    };
    let room = actions.iter().map(|action| reason(action).len()).max().unwrap_or(0);
    let mut sheet = actions.get(focus).map_or_else(|| Sheet::new(look, columns), reason);
    let buttons = buttons(look, columns, &labels, Some(focus));
    let reserved = room + buttons.len();
    sheet.append(buttons);
    (sheet, reserved)
}

/// Buttons in a row, in more rows where they do not fit. Brackets mark the one with the focus also without colours;
/// one that is blocked is dim.
pub(super) fn buttons<'a>(look: &'a Look, columns: u16, labels: &[(&str, bool)], focus: Option<usize>) -> Sheet<'a> {
    let theme = &look.theme;
    let mut sheet = Sheet::new(look, columns);
    let drawn: Vec<(ratatui::style::Style, String)> = labels
        .iter()
        .enumerate()
        .map(|(i, (label, blocked))| match (focus == Some(i), blocked) {
            (true, false) => (theme.focus, format!("[ {label} ]")),
            (true, true) => (theme.focus.patch(theme.dim), format!("[ {label} ]")),
            (false, false) => (theme.text, format!("  {label}  ")),
            (false, true) => (theme.dim, format!("  {label}  ")),
        })
        .collect();
    let mut row: Vec<Piece<'_>> = Vec::new();
    for (style, text) in &drawn {
        let taken: usize = row.iter().map(|(_, text)| width(text)).sum();
        if !row.is_empty() && taken + 1 + width(text) > usize::from(columns) {
            sheet.line(&row);
            row.clear();
        } else if !row.is_empty() {
            row.push((theme.text, " "));
        }
        row.push((*style, text));
    }
    if !row.is_empty() {
        sheet.line(&row);
    }
    sheet
}
