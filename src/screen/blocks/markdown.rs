//! Draws the Markdown of the guides.

use ratatui::style::{Modifier, Style};

use crate::screen::sheet::Sheet;
use crate::screen::text::clean;

/// Each line is cleaned separately, which keeps the line breaks.
pub(super) fn markdown(sheet: &mut Sheet<'_>, text: &str) {
    let unicode = sheet.options.unicode;
    let mut paragraph = String::new();
    let mut code = false;
    for line in text.lines().map(|line| clean(line, unicode)) {
        let line = line.as_str();
        if line.trim_start().starts_with("```") {
            flush(sheet, &mut paragraph);
            code = !code;
        } else if code {
            sheet.line(&[(sheet.options.theme.text, "  "), (sheet.options.theme.accent, line)]);
        } else if let Some(heading) = line.strip_prefix('#') {
            flush(sheet, &mut paragraph);
            sheet.gap();
            let style = if heading.starts_with('#') { sheet.options.theme.accent } else { sheet.options.theme.text };
            sheet.say(style.add_modifier(Modifier::BOLD), heading.trim_start_matches('#').trim());
        } else if line.trim().is_empty() {
            flush(sheet, &mut paragraph);
            sheet.gap();
        } else {
            if is_item(line) {
                flush(sheet, &mut paragraph);
            }
            if !paragraph.is_empty() {
                paragraph.push(' ');
            }
            paragraph.push_str(if paragraph.is_empty() { line } else { line.trim_start() });
        }
    }
    flush(sheet, &mut paragraph);
}

/// Depth, number and text of a list item.
fn item(line: &str) -> Option<(usize, String, &str)> {
    let text = line.trim_start();
    let depth = line.len() - text.len();
    if let Some(rest) = text.strip_prefix("- ").or_else(|| text.strip_prefix("* ")) {
        return Some((depth, String::new(), rest));
    }
    let (number, rest) = text.split_once(". ")?;
    (!number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())).then(|| (depth, format!("{number}."), rest))
}

fn is_item(line: &str) -> bool {
    item(line).is_some()
}

fn flush(sheet: &mut Sheet<'_>, paragraph: &mut String) {
    let text = std::mem::take(paragraph);
    if text.is_empty() {
        return;
    }
    let plain = |text: &str| text.replace("**", "").replace('`', "");
    let style: Style = sheet.options.theme.text;
    match item(&text) {
        Some((depth, number, rest)) => {
            let number = if number.is_empty() { sheet.options.glyphs().bullet.to_owned() } else { number };
            let lead = format!("{}{number} ", " ".repeat(depth));
            sheet.hang(&[(sheet.options.theme.dim, &lead)], style, &plain(rest));
        }
        None => sheet.say(style, &plain(text.trim())),
    }
}
