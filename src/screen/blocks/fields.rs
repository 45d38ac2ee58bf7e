//! Draws fields: aligned labels, the focused one with the cursor, and problems beside their fields.

use ratatui::style::{Modifier, Style};

use crate::screen::RenderOptions;
use crate::screen::sheet::Sheet;
use crate::screen::text::{clean, head, pad, tail, width};
use crate::wizard::content::{FieldView, Submit, ValueView};

/// Maximum label width in columns.
const LABEL: usize = 24;

pub(super) fn fields(sheet: &mut Sheet<'_>, fields: &[FieldView<'_>]) {
    let labels = fields.iter().map(|field| width(field.label)).max().unwrap_or(0).min(LABEL);
    for field in fields {
        let first = sheet.len();
        if let Some(heading) = field.heading {
            sheet.gap();
            sheet.line(&[(sheet.options.theme.accent, heading)]);
        }
        line(sheet, field, labels);
        if let Some(found) = field.strength {
            strength(sheet, found, labels);
        }
        for problem in &field.problems {
            problem_line(sheet, labels, problem);
        }
        if field.focused {
            sheet.keep_from(first);
        }
    }
}

/// The submit button below the fields.
pub(super) fn submit(sheet: &mut Sheet<'_>, submit: &Submit) {
    let (theme, glyphs) = (sheet.options.theme, sheet.options.glyphs());
    let (pointer, style) = match (submit.focused, submit.editable) {
        (true, _) => (glyphs.pointer, theme.focus),
        (false, true) => (" ", theme.text),
        (false, false) => (" ", theme.dim),
    };
    sheet.line(&[(theme.accent, pointer), (theme.text, " "), (style, &format!("[ {} ]", submit.label))]);
    if submit.focused {
        sheet.keep_from(sheet.len() - 1);
    }
}

fn line(sheet: &mut Sheet<'_>, field: &FieldView<'_>, labels: usize) {
    let focused = field.focused;
    let (options, theme, glyphs) = (sheet.options, sheet.options.theme, sheet.options.glyphs());
    let pointer = if focused { glyphs.pointer } else { " " };
    let label = format!(" {}  ", pad(&clean(field.label, options.unicode), labels));
    let lead = [(theme.accent, pointer), (if focused { theme.accent } else { theme.text }, label.as_str())];
    let column = 1 + width(&label);
    let room = sheet.columns().saturating_sub(column);
    match &field.value {
        ValueView::Text { text, cursor, max } => {
            let counter = max.and_then(|max| counter(text, max, options));
            let taken = counter.as_ref().map_or(0, |(_, counter)| width(counter) + 1);
            let wanted = max.map_or(room, |max| max + 1);
            let (shown, at) = window(text, *cursor, room.saturating_sub(taken.max(6)).min(wanted).max(4), options);
            let (style, counter) = counter.unwrap_or((theme.dim, String::new()));
            sheet.line(&[lead[0], lead[1], (entry(options, focused), &shown), (theme.text, " "), (style, &counter)]);
            if focused {
                sheet.put_cursor(column + at);
            }
        }
        ValueView::Secret(characters) => {
            let room = room.min(40);
            let dots = (*characters).min(room.saturating_sub(1));
            let shown = filled(&glyphs.dot.repeat(dots), room, options);
            sheet.line(&[lead[0], lead[1], (entry(options, focused), &shown)]);
            if focused {
                sheet.put_cursor(column + dots);
            }
        }
        ValueView::Choice(option) => choice(sheet, &lead, option, focused),
        ValueView::Toggle(on) => {
            let shown = if *on { "[x] yes" } else { "[ ] no" };
            sheet.line(&[lead[0], lead[1], (if focused { theme.accent } else { theme.text }, shown)]);
            if focused {
                sheet.put_cursor(column + 1);
            }
        }
    }
}

fn choice(sheet: &mut Sheet<'_>, lead: &[(Style, &str); 2], option: &str, focused: bool) {
    let (theme, glyphs) = (sheet.options.theme, sheet.options.glyphs());
    let (before, after) = (format!("{} ", glyphs.before), format!(" {}", glyphs.after));
    let style = if focused { theme.accent } else { theme.text };
    sheet.line(&[lead[0], lead[1], (theme.dim, &before), (style, option), (theme.dim, &after)]);
}

/// Style of an input: underlined, in the accent colour while focused.
fn entry(options: &RenderOptions, focused: bool) -> Style {
    let style = if focused { options.theme.accent } else { options.theme.text };
    style.remove_modifier(Modifier::BOLD).add_modifier(Modifier::UNDERLINED)
}

/// Pads `text` to `room` columns. Terminals without Unicode may lack underlining, so they get underscores.
pub(super) fn filled(text: &str, room: usize, options: &RenderOptions) -> String {
    let blank = if options.unicode { " " } else { "_" };
    format!("{text}{}", blank.repeat(room.saturating_sub(width(text))))
}

/// The part of `text` around the cursor that fits `room`, and the cursor's column in it.
fn window(text: &str, cursor: usize, room: usize, options: &RenderOptions) -> (String, usize) {
    let before: String = text.chars().take(cursor).collect();
    let after: String = text.chars().skip(cursor).collect();
    let (before, after) = (clean(&before, options.unicode), clean(&after, options.unicode));
    // Reserve one column for a cursor after the last character.
    let shown = if width(&before) < room { before.as_str() } else { tail(&before, room - 1) };
    let at = width(shown);
    (filled(&format!("{shown}{}", head(&after, room - at)), room, options), at)
}

/// Used length of the field, once it is nearly full.
fn counter(text: &str, max: usize, options: &RenderOptions) -> Option<(Style, String)> {
    let length = text.chars().count();
    let style = if length > max { options.theme.bad } else { options.theme.dim };
    // Short fields need no counter.
    (max > 9 && length * 5 >= max * 4 || length > max).then(|| (style, format!("{length}/{max}")))
}

fn problem_line(sheet: &mut Sheet<'_>, labels: usize, problem: &str) {
    let (theme, glyphs) = (sheet.options.theme, sheet.options.glyphs());
    let indent = " ".repeat(labels + 4);
    sheet.hang(&[(theme.text, &indent), (theme.bad, glyphs.fail), (theme.text, " ")], theme.bad, problem);
}

/// Password strength as a bar and a word. The line is always drawn, so that typing moves nothing.
fn strength(sheet: &mut Sheet<'_>, found: Option<(u8, &str)>, labels: usize) {
    let (theme, glyphs) = (sheet.options.theme, sheet.options.glyphs());
    let indent = " ".repeat(labels + 4);
    let Some((score, word)) = found else {
        return sheet.line(&[(theme.text, &indent), (theme.dim, "how strong it is shows here")]);
    };
    let score = usize::from(score.min(4));
    let style = [theme.bad, theme.bad, theme.warn, theme.good, theme.good][score];
    let (full, empty) = (glyphs.full.repeat(2 * score), glyphs.empty.repeat(2 * (4 - score)));
    sheet.line(&[(theme.text, &indent), (style, &full), (theme.dim, &empty), (style, &format!(" {word}"))]);
}
