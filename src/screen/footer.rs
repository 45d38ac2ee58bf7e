//! Draws the available keys. Help and quit are always shown.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::RenderOptions;
use super::text::{clean, width};
use crate::wizard::keys::Intent;
use crate::wizard::{Binding, Wizard, bindings};

pub(super) fn draw(frame: &mut Frame, area: Rect, wizard: &Wizard, options: &RenderOptions) {
    let theme = &options.theme;
    let mut line = Line::from(Span::raw(" "));
    for (i, (key, words)) in fitted(wizard, options, area.width).iter().enumerate() {
        line.push_span(Span::raw(if i == 0 { "" } else { "  " }));
        line.push_span(Span::styled(key.clone(), theme.accent));
        line.push_span(Span::styled(format!(" {words}"), theme.text));
    }
    frame.buffer_mut().set_line(area.x, area.y, &line, area.width);
}

/// The keys that fit `columns`, as plain text.
pub(super) fn plain(wizard: &Wizard, options: &RenderOptions, columns: u16) -> String {
    text(&fitted(wizard, options, columns))
}

fn text(entries: &[(String, String)]) -> String {
    entries.iter().map(|(key, words)| format!("{key} {words}")).collect::<Vec<_>>().join("  ")
}

/// The keys that fit `columns`, with labels. An ellipsis before the help key shows that some are missing; help lists
/// all.
fn fitted(wizard: &Wizard, options: &RenderOptions, columns: u16) -> Vec<(String, String)> {
    let all = bindings(wizard);
    let mut shown: Vec<&Binding> = all.iter().filter(|binding| binding.in_bar).collect();
    // Help is always shown where it is bound, even if the table hides it from the bar.
    if !shown.iter().any(|binding| is_help(binding)) {
        shown.extend(all.iter().find(|binding| is_help(binding)));
    }
    let mut more = "";
    loop {
        let entries: Vec<(String, String)> = shown.iter().map(|binding| entry(binding, options, more)).collect();
        let Some(last) = shown.iter().rposition(|binding| !is_help(binding) && !is_way_out(binding)) else {
            return entries;
        };
        if width(&text(&entries)) + 2 <= usize::from(columns) {
            return entries;
        }
        shown.remove(last);
        more = options.glyphs().ellipsis;
    }
}

fn entry(binding: &Binding, options: &RenderOptions, more: &str) -> (String, String) {
    let label = if options.unicode { binding.label.0 } else { binding.label.1 };
    let label = if is_help(binding) && !more.is_empty() { format!("{more}{label}") } else { label.to_owned() };
    (label, clean(binding.words, options.unicode))
}

fn is_help(binding: &Binding) -> bool {
    binding.intents.contains(&Intent::Help)
}

fn is_way_out(binding: &Binding) -> bool {
    binding.intents.iter().any(|intent| matches!(intent, Intent::Leave | Intent::Back))
}
