//! Draws the checklist: every line with its sign and word, and the score.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use super::RenderOptions;
use super::text::{clean, cut, pad, width};
use crate::steps::ending::Score;
use crate::wizard::checklist::{self, Line as Entry};
use crate::wizard::content::phrases;
use crate::wizard::{Session, Wizard};

/// Draws the checklist as a list.
pub(super) fn draw(frame: &mut Frame, area: Rect, wizard: &Wizard, options: &RenderOptions) {
    let entries = checklist::lines(wizard);
    for (i, line) in entries.iter().enumerate().take(usize::from(area.height)) {
        let line = entry(wizard, options, line, usize::from(area.width.saturating_sub(1)));
        frame.buffer_mut().set_line(area.x, area.y + i as u16, &line, area.width);
    }
    let lines = standing(wizard, options);
    let free = usize::from(area.height).saturating_sub(entries.len() + 1);
    for (i, line) in lines.iter().enumerate().take(free) {
        let y = area.y + area.height - (lines.len().min(free) - i) as u16;
        frame.buffer_mut().set_line(area.x + 1, y, line, area.width - 1);
    }
}

fn entry(wizard: &Wizard, options: &RenderOptions, line: &Entry, columns: usize) -> Line<'static> {
    let (theme, glyphs) = (&options.theme, options.glyphs());
    let mark = &line.mark;
    let pointer = if line.is_here { glyphs.pointer } else { " " };
    let name_style = if line.is_here { theme.accent.add_modifier(Modifier::BOLD) } else { theme.text };
    let word = clean(&mark.word, options.unicode);
    // Keep the last column blank, so that no word touches the rule.
    let room = columns.saturating_sub(4 + width(&line.digits) + width(&word) + 1);
    let name = cut(line.title, room, glyphs.ellipsis);
    Line::from_iter([
        Span::styled(pointer, name_style),
        Span::styled(options.glyph(mark.glyph, wizard.now()), options.style(mark.meaning)),
        Span::styled(format!(" {} ", line.digits), theme.dim),
        Span::styled(pad(&name, room + 1), name_style),
        Span::styled(word, options.style(mark.meaning)),
    ])
}

/// Gauge segments per step.
const GAUGE: usize = 3;

/// The score as gauge and words, and when it was read.
fn standing(wizard: &Wizard, options: &RenderOptions) -> [Line<'static>; 3] {
    let theme = &options.theme;
    let score = wizard.world.score();
    let style = if wizard.world.is_finished() { theme.good } else { theme.text };
    let read = if wizard.world.is_busy() && !matches!(wizard.world.session(), Session::Absent(_)) {
        format!("{} reading{}", options.spinner(wizard.now()), options.glyphs().ellipsis)
    } else {
        wizard
            .facts()
            .assessments()
            .last_read()
            .map_or_else(|| "nothing read yet".to_owned(), |at| format!("read {}", phrases::clock(at)))
    };
    let gauge = |glyph: &str, steps: usize| glyph.repeat(steps * GAUGE);
    let left = score.all.saturating_sub(score.done + score.accepted);
    [
        Line::from_iter([
            Span::styled(gauge(options.glyphs().full, score.done), theme.good),
            Span::styled(gauge(options.glyphs().full, score.accepted), theme.warn),
            Span::styled(gauge(options.glyphs().empty, left), theme.dim),
        ]),
        Line::styled(done(score), style),
        Line::styled(read, Style::patch(theme.text, theme.dim)),
    ]
}

/// E.g. `5 of 7 steps done`, and the number of steps done except for an accepted risk.
fn done(score: Score) -> String {
    match score.accepted {
        0 => format!("{} of {} {} done", score.done, score.all, score.unit),
        accepted => format!("{} of {} done, {accepted} risk", score.done, score.all),
    }
}

/// Draws the checklist as one line: all signs, then the current place's name.
pub(super) fn draw_line(frame: &mut Frame, area: Rect, wizard: &Wizard, options: &RenderOptions) {
    let theme = &options.theme;
    let mut line = Line::from(Span::raw(" "));
    let entries = checklist::lines(wizard);
    for entry in &entries {
        let (open, close) = if entry.is_here { ("[", "]") } else { (" ", " ") };
        line.push_span(Span::styled(format!("{open}{}", entry.digits.trim()), theme.dim));
        line.push_span(Span::styled(options.glyph(entry.mark.glyph, wizard.now()), options.style(entry.mark.meaning)));
        line.push_span(Span::styled(close, theme.dim));
    }
    let here = entries.iter().find(|entry| entry.is_here);
    let score = wizard.world.score();
    let green = format!("{}/{}", score.done, score.all);
    let x = area.x + area.width.saturating_sub(width(&green) as u16 + 1);
    let room = usize::from(x).saturating_sub(usize::from(area.x) + line.width() + 3);
    let title = cut(wizard.place().title(), room, options.glyphs().ellipsis);
    line.push_span(Span::styled(format!("  {title}"), theme.accent));
    if let Some(mark) = here.map(|entry| &entry.mark) {
        let word = clean(&mark.word, options.unicode);
        // The sign has the same meaning if the word does not fit.
        if area.x as usize + line.width() + 2 + width(&word) < usize::from(x) {
            line.push_span(Span::styled(format!("  {word}"), options.style(mark.meaning)));
        }
    }
    frame.buffer_mut().set_line(area.x, area.y, &line, area.width);
    frame.buffer_mut().set_string(x, area.y, green, theme.dim);
}
