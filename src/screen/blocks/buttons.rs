//! Draws buttons, on several rows if needed; above them, why the focused one is blocked.

use ratatui::style::Style;

use crate::screen::sheet::{Piece, Sheet};
use crate::screen::text::width;
use crate::wizard::content::Button;

/// The focused button also has brackets, for terminals without colours. Blocked buttons are dim.
pub(super) fn buttons(sheet: &mut Sheet<'_>, buttons: &[Button<'_>], focus: Option<usize>) {
    let columns = sheet.columns() as u16;
    let options = sheet.options;
    let reason = |button: &Button<'_>| {
        let (mut reason, theme) = (Sheet::new(options, columns), options.theme);
        if let Some(blocked) = &button.blocked {
            reason.hang(&[(theme.warn, options.glyphs().partial), (theme.text, " ")], theme.text, blocked);
        }
        reason
    };
    let longest = buttons.iter().map(|button| reason(button).len()).max().unwrap_or(0);
    let before = sheet.len();
    if let Some(button) = focus.and_then(|focus| buttons.get(focus)) {
        sheet.append(reason(button));
    }
    sheet.spare += longest - (sheet.len() - before);
    row(sheet, buttons, focus);
}

fn row(sheet: &mut Sheet<'_>, buttons: &[Button<'_>], focus: Option<usize>) {
    let (theme, columns) = (&sheet.options.theme, sheet.columns());
    let drawn: Vec<(Style, String)> = buttons
        .iter()
        .enumerate()
        .map(|(i, Button { label, blocked })| match (focus == Some(i), blocked.is_some()) {
            (true, false) => (theme.focus, format!("[ {label} ]")),
            (true, true) => (theme.focus.patch(theme.dim), format!("[ {label} ]")),
            (false, false) => (theme.text, format!("  {label}  ")),
            (false, true) => (theme.dim, format!("  {label}  ")),
        })
        .collect();
    let mut row: Vec<Piece<'_>> = Vec::new();
    for (style, text) in &drawn {
        let taken: usize = row.iter().map(|(_, text)| width(text)).sum();
        if !row.is_empty() && taken + 1 + width(text) > columns {
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
}
