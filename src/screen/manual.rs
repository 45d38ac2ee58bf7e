//! What lies over the main pane to be read: all keys that work now, and a step's whole explanation.

use ratatui::style::{Modifier, Style};

use super::Look;
use super::sheet::{Pane, Sheet};
use super::text::{clean, pad, width};
use crate::wizard::Wizard;
use crate::wizard::keys::bindings_below;

/// All keys that work under the overlay, in a table.
pub(super) fn help<'a>(wizard: &'a Wizard, look: &'a Look, columns: u16) -> Pane<'a> {
    let mut body = Sheet::new(look, columns);
    body.title("Keys");
    body.gap();
    let beneath = bindings_below(wizard);
    let label = |label: (&'static str, &'static str)| if look.unicode { label.0 } else { label.1 };
    let column = beneath.iter().map(|binding| width(label(binding.label))).max().unwrap_or(0);
    for binding in beneath {
        let name = format!("{}  ", pad(label(binding.label), column));
        body.hang(&[(look.theme.accent, &name)], look.theme.text, &clean(binding.meaning(), look.unicode));
    }
    body.gap();
    body.say(look.theme.dim, "Arrows have twins: h j k l. Nothing is sent before you have seen and confirmed it.");
    Pane::roomy(body, Sheet::new(look, columns))
}

/// The guide of the step in the main pane: headings, bullets and paragraphs of its Markdown.
pub(super) fn guide<'a>(wizard: &'a Wizard, look: &'a Look, columns: u16) -> Pane<'a> {
    let mut body = Sheet::new(look, columns);
    match wizard.here() {
        Some(step) => markdown(&mut body, step.id.definition().guide()),
        None => body.say(look.theme.text, "There is no guide for this page."),
    }
    Pane::roomy(body, Sheet::new(look, columns))
}

/// The break-glass sheet.
pub(super) fn sheet<'a>(wizard: &'a Wizard, look: &'a Look, columns: u16) -> Pane<'a> {
    let mut body = Sheet::new(look, columns);
    markdown(&mut body, &clean_lines(&wizard.sheet(), look.unicode));
    Pane::roomy(body, Sheet::new(look, columns))
}

/// Each line cleaned by itself, so that the lines stay.
fn clean_lines(text: &str, unicode: bool) -> String {
    text.lines().map(|line| clean(line, unicode)).collect::<Vec<_>>().join("\n")
}

/// Markdown as far as the guides use it. Lines of one paragraph flow together.
fn markdown(sheet: &mut Sheet<'_>, text: &str) {
    let mut paragraph = String::new();
    let mut code = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            flush(sheet, &mut paragraph);
            code = !code;
        } else if code {
            sheet.line(&[(sheet.look.theme.text, "  "), (sheet.look.theme.accent, line)]);
        } else if let Some(heading) = line.strip_prefix('#') {
            flush(sheet, &mut paragraph);
            sheet.gap();
            let style = if heading.starts_with('#') { sheet.look.theme.accent } else { sheet.look.theme.text };
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

/// How deep a bullet or number is, and what stands behind it.
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
    let style: Style = sheet.look.theme.text;
    match item(&text) {
        Some((depth, number, rest)) => {
            let number = if number.is_empty() { sheet.look.glyphs().bullet.to_owned() } else { number };
            let lead = format!("{}{number} ", " ".repeat(depth));
            sheet.hang(&[(sheet.look.theme.dim, &lead)], style, &plain(rest));
        }
        None => sheet.say(style, &plain(text.trim())),
    }
}
