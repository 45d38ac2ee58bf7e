//! A form: aligned labels, the focused field with the cursor, its hint, and what is wrong, beside the field it is about.

use ratatui::style::{Modifier, Style};

use super::sheet::{Pane, Sheet};
use super::text::{clean, head, pad, tail, width, wrap};
use super::{Look, words};
use crate::steps::{Field, FieldId, Form, LeadsTo, Problem, StepId, Value, password_strength};
use crate::wizard::stage::Draft;
use crate::wizard::{Mode, Wizard};

/// Lines kept for the hint, so that nothing moves while the focus does.
const HINT: usize = 2;
/// Longest label.
const LABEL: usize = 24;

/// A form being filled in.
pub(super) fn filling<'a>(wizard: &'a Wizard, look: &'a Look, columns: u16, id: StepId, draft: &Draft) -> Pane<'a> {
    let Some(form) = &draft.form else { return preparing(wizard, look, columns, id, draft) };
    let problems = id.definition().problems(form, &wizard.facts);
    let body = body(look, columns, title(id, form), form, &problems, true);
    let mut foot = Sheet::new(look, columns);
    let hint = match form.focused() {
        Some(field) => &field.hint,
        None if form.tried && !problems.is_empty() => "What is marked above has to be mended first.",
        None if form.leads_to == LeadsTo::Answers => match wizard.mode {
            Mode::Live => "Kept on this machine, with today's date. Nothing is sent to AWS.",
            Mode::Practice { .. } => "Kept until the practice ends; of an AWS account, on this machine with the date.",
        },
        None => "Next, every call is shown before anything is sent.",
    };
    let hint = wrap(&clean(hint, look.unicode), usize::from(columns));
    for i in 0..HINT {
        foot.line(&[(look.theme.dim, hint.get(i).map_or("", String::as_str))]);
    }
    Pane::roomy(body, foot)
}

/// The same form, sent off.
pub(super) fn preparing<'a>(wizard: &'a Wizard, look: &'a Look, columns: u16, id: StepId, draft: &Draft) -> Pane<'a> {
    let theme = &look.theme;
    let mut body = Sheet::new(look, columns);
    match &draft.form {
        Some(form) => body = self::body(look, columns, title(id, form), form, &[], false),
        None => body.title(id.definition().title()),
    }
    let mut foot = Sheet::new(look, columns);
    let spinner = words::spinner(look, wizard.now);
    foot.hang(&[(theme.accent, spinner), (theme.text, " ")], theme.text, "Reading what is true now…");
    foot.line(&[]);
    Pane::tight(body, foot)
}

/// What stands above `form`.
fn title(id: StepId, form: &Form) -> &str {
    form.title.as_deref().unwrap_or(id.definition().title())
}

/// The fields under `title`, and the button.
pub(super) fn body<'a>(
    look: &'a Look,
    columns: u16,
    title: &str,
    form: &Form,
    problems: &[Problem],
    editable: bool,
) -> Sheet<'a> {
    let mut sheet = Sheet::new(look, columns);
    sheet.title(title);
    sheet.gap();
    let labels = form.visible().map(|field| width(field.label)).max().unwrap_or(0).min(LABEL);
    for (i, field) in form.visible().enumerate() {
        let first = sheet.len();
        if let Some(heading) = field.heading {
            sheet.gap();
            sheet.line(&[(look.theme.accent, heading)]);
        }
        let focused = editable && form.focus == i;
        line(&mut sheet, field, labels, focused);
        if field.id == FieldId::Password {
            strength(&mut sheet, form, labels);
        }
        let of_field = problems.iter().filter(|problem| problem.field == field.id);
        for problem in of_field.filter(|problem| is_said(problem, field, form.tried, focused)) {
            mend(&mut sheet, labels, &problem.words);
        }
        if focused {
            sheet.keep_from(first);
        }
    }
    sheet.gap();
    let focused = editable && form.focused().is_none();
    let first = sheet.len();
    button(&mut sheet, form.button, focused, editable);
    if focused {
        sheet.keep_from(first);
    }
    sheet
}

fn button(sheet: &mut Sheet<'_>, label: &str, focused: bool, editable: bool) {
    let (theme, glyphs) = (sheet.look.theme, sheet.look.glyphs());
    let (pointer, style) = match (focused, editable) {
        (true, _) => (glyphs.pointer, theme.focus),
        (false, true) => (" ", theme.text),
        (false, false) => (" ", theme.dim),
    };
    sheet.line(&[(theme.accent, pointer), (theme.text, " "), (style, &format!("[ {label} ]"))]);
}

/// What is wrong is said when it can't become right by typing on, when the field has been left, and after the form was
/// tried; never while somebody has only begun to type.
fn is_said(problem: &Problem, field: &Field, tried: bool, focused: bool) -> bool {
    let empty = match &field.value {
        Value::Text { text, .. } => text.is_empty(),
        Value::Secret(secret) => secret.is_empty(),
        Value::Choice { .. } | Value::Toggle(_) => true,
    };
    problem.at_once || tried || (!focused && !empty)
}

fn line(sheet: &mut Sheet<'_>, field: &Field, labels: usize, focused: bool) {
    let (look, theme, glyphs) = (sheet.look, sheet.look.theme, sheet.look.glyphs());
    let pointer = if focused { glyphs.pointer } else { " " };
    let label = format!(" {}  ", pad(&clean(field.label, look.unicode), labels));
    let lead = [(theme.accent, pointer), (if focused { theme.accent } else { theme.text }, label.as_str())];
    let column = 1 + width(&label);
    let room = sheet.columns().saturating_sub(column);
    match &field.value {
        Value::Text { text, cursor } => {
            let counter = field.max.and_then(|max| counter(text, max, look));
            let taken = counter.as_ref().map_or(0, |(_, counter)| width(counter) + 1);
            let wanted = field.max.map_or(room, |max| max + 1);
            let (shown, at) = window(text, *cursor, room.saturating_sub(taken.max(6)).min(wanted).max(4), look);
            let (style, counter) = counter.unwrap_or((theme.dim, String::new()));
            sheet.line(&[lead[0], lead[1], (entry(look, focused), &shown), (theme.text, " "), (style, &counter)]);
            if focused {
                sheet.put_cursor(column + at);
            }
        }
        Value::Secret(secret) => {
            let room = room.min(40);
            let dots = secret.chars().min(room.saturating_sub(1));
            let shown = filled(&glyphs.dot.repeat(dots), room, look);
            sheet.line(&[lead[0], lead[1], (entry(look, focused), &shown)]);
            if focused {
                sheet.put_cursor(column + dots);
            }
        }
        Value::Choice { options, chosen } => {
            let option = options.get(*chosen).copied().unwrap_or_default();
            choice(sheet, &lead, option, focused);
        }
        Value::Toggle(on) => {
            let shown = if *on { "[x] yes" } else { "[ ] no" };
            sheet.line(&[lead[0], lead[1], (if focused { theme.accent } else { theme.text }, shown)]);
            if focused {
                sheet.put_cursor(column + 1);
            }
        }
    }
}

fn choice(sheet: &mut Sheet<'_>, lead: &[(Style, &str); 2], option: &str, focused: bool) {
    let (theme, glyphs) = (sheet.look.theme, sheet.look.glyphs());
    let (before, after) = (format!("{} ", glyphs.before), format!(" {}", glyphs.after));
    let style = if focused { theme.accent } else { theme.text };
    sheet.line(&[lead[0], lead[1], (theme.dim, &before), (style, option), (theme.dim, &after)]);
}

/// The line that is typed on: underlined, and in the accent while it has the focus.
fn entry(look: &Look, focused: bool) -> Style {
    let style = if focused { look.theme.accent } else { look.theme.text };
    style.remove_modifier(Modifier::BOLD).add_modifier(Modifier::UNDERLINED)
}

/// `text` filled up to `room`; a terminal that can't be trusted with Unicode can't be trusted with underlining either.
pub(super) fn filled(text: &str, room: usize, look: &Look) -> String {
    let blank = if look.unicode { " " } else { "_" };
    format!("{text}{}", blank.repeat(room.saturating_sub(width(text))))
}

/// The part of `text` around the cursor that fits `room`, and the cursor's column in it.
fn window(text: &str, cursor: usize, room: usize, look: &Look) -> (String, usize) {
    let before: String = text.chars().take(cursor).collect();
    let after: String = text.chars().skip(cursor).collect();
    let (before, after) = (clean(&before, look.unicode), clean(&after, look.unicode));
    // One column stays free for the cursor behind the last character.
    let shown = if width(&before) < room { before.as_str() } else { tail(&before, room - 1) };
    let at = width(shown);
    (filled(&format!("{shown}{}", head(&after, room - at)), room, look), at)
}

/// How much of the field is used, once it is nearly full.
fn counter(text: &str, max: usize, look: &Look) -> Option<(Style, String)> {
    let length = text.chars().count();
    let style = if length > max { look.theme.bad } else { look.theme.dim };
    // A field of a few characters needs no counting.
    (max > 9 && length * 5 >= max * 4 || length > max).then(|| (style, format!("{length}/{max}")))
}

fn mend(sheet: &mut Sheet<'_>, labels: usize, problem: &str) {
    let (theme, glyphs) = (sheet.look.theme, sheet.look.glyphs());
    let indent = " ".repeat(labels + 4);
    sheet.hang(&[(theme.text, &indent), (theme.bad, glyphs.fail), (theme.text, " ")], theme.bad, problem);
}

/// How strong the password is, as a bar and a word. Its line is there from the start, so that typing moves nothing.
fn strength(sheet: &mut Sheet<'_>, form: &Form, labels: usize) {
    let (theme, glyphs) = (sheet.look.theme, sheet.look.glyphs());
    let indent = " ".repeat(labels + 4);
    let Some(strength) = password_strength(form) else {
        return sheet.line(&[(theme.text, &indent), (theme.dim, "how strong it is shows here")]);
    };
    let score = usize::from(strength.0.min(4));
    let style = [theme.bad, theme.bad, theme.warn, theme.good, theme.good][score];
    let (full, empty) = (glyphs.full.repeat(2 * score), glyphs.empty.repeat(2 * (4 - score)));
    let word = format!(" {}", strength.word());
    sheet.line(&[(theme.text, &indent), (style, &full), (theme.dim, &empty), (style, &word)]);
}
