//! The last line: the keys that work now, as many as fit whole. Help and the way out are never dropped.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Look;
use super::text::{clean, width};
use crate::wizard::keys::Intent;
use crate::wizard::{Binding, Wizard, bindings};

/// Draws it.
pub(super) fn draw(frame: &mut Frame, area: Rect, wizard: &Wizard, look: &Look) {
    let theme = &look.theme;
    let mut line = Line::from(Span::raw(" "));
    for (i, binding) in fitted(wizard, look, area.width).0.iter().enumerate() {
        let (key, words) = entry(binding, look);
        line.push_span(Span::raw(if i == 0 { "" } else { "  " }));
        line.push_span(Span::styled(key, theme.accent));
        line.push_span(Span::styled(format!(" {words}"), theme.text));
    }
    frame.buffer_mut().set_line(area.x, area.y, &line, area.width);
}

/// The keys that fit `columns`, and the same in plain text.
pub(super) fn fitted(wizard: &Wizard, look: &Look, columns: u16) -> (Vec<Binding>, String) {
    let all = bindings(wizard);
    let mut shown: Vec<Binding> = all.iter().filter(|binding| binding.in_bar).cloned().collect();
    // Where help is bound at all it is worth a place, also where the table keeps it out of the bar.
    if !shown.iter().any(is_help) {
        shown.extend(all.iter().find(|binding| is_help(binding)).cloned());
    }
    let text = |shown: &[Binding]| {
        let entries: Vec<String> =
            shown.iter().map(|binding| entry(binding, look)).map(|(k, w)| format!("{k} {w}")).collect();
        entries.join("  ")
    };
    while width(&text(&shown)) + 2 > usize::from(columns) {
        let Some(last) = shown.iter().rposition(|binding| !is_help(binding) && !is_way_out(binding)) else { break };
        shown.remove(last);
    }
    let text = text(&shown);
    (shown, text)
}

fn entry(binding: &Binding, look: &Look) -> (String, String) {
    let label = if look.unicode { binding.label.0 } else { binding.label.1 };
    (label.to_owned(), clean(binding.words, look.unicode))
}

fn is_help(binding: &Binding) -> bool {
    binding.intents.contains(&Intent::Help)
}

fn is_way_out(binding: &Binding) -> bool {
    binding.intents.iter().any(|intent| matches!(intent, Intent::Leave | Intent::Back))
}
