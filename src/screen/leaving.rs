//! The question whether to leave, in place of whatever was there: with secrets on the screen, better so.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::Look;
use super::sheet::{Pane, Sheet};
use crate::wizard::{Drawn, Stage, Wizard};

/// Draws it in the middle of `area`.
pub(super) fn draw(frame: &mut Frame, area: Rect, wizard: &Wizard, look: &Look) -> Drawn {
    let width = area.width.min(50);
    let mut sheet = Sheet::new(look, width.saturating_sub(4));
    sheet.title("Leave lockroot?");
    sheet.gap();
    for line in half_way(wizard) {
        sheet.say(look.theme.text, &line);
    }
    sheet.gap();
    sheet.line(&[
        (look.theme.focus, " y "),
        (look.theme.text, " leave    "),
        (look.theme.focus, " Esc "),
        (look.theme.text, " stay"),
    ]);
    let height = (sheet.len() as u16 + 2).min(area.height);
    let place = area.centered(width.into(), height.into());
    let inner = boxed(frame, place, look);
    Pane::tight(sheet, Sheet::new(look, inner.width)).show(frame, inner, wizard.scroll)
}

/// What is lost, and what is not.
fn half_way(wizard: &Wizard) -> Vec<String> {
    if wizard.is_changing() {
        return vec![
            "A change is on its way. lockroot ends as soon as AWS has answered, and says how it ended.".into(),
        ];
    }
    let open = wizard.steps.iter().filter(|step| {
        !matches!(
            step.stage,
            Stage::Explaining(_) | Stage::Settled(_) | Stage::Skipped(_) | Stage::Skipping(_) | Stage::Parting(_)
        )
    });
    let mut lines = Vec::new();
    if wizard.second_way().is_none() && wizard.guard.root_was_touched {
        lines.push("Root was changed, and nobody else is known to get in. Esc, then i: prove a second way in.".into());
    }
    if let Some(key) = wizard.parting() {
        lines.push(format!("Nobody else has seen yet that root key …{} is gone.", key.last_four()));
    }
    let titles: Vec<&str> = open.map(|step| step.id.definition().title()).collect();
    if titles.is_empty() {
        if lines.is_empty() {
            lines.push("Nothing is half-way.".into());
        }
        lines.push("What was done stays done; run lockroot again at any time.".into());
        return lines;
    }
    lines.push(format!("Half-way: {}. What was filled in but not sent is forgotten.", titles.join(", ")));
    lines.push("What AWS has taken stays; the next run goes on from there.".into());
    lines
}

/// Empties `place`, draws a frame around it, and gives what is inside.
pub(super) fn boxed(frame: &mut Frame, place: Rect, look: &Look) -> Rect {
    let glyphs = look.glyphs();
    let [upper_left, upper_right, lower_left, lower_right] = glyphs.corners;
    frame.render_widget(ratatui::widgets::Clear, place);
    if place.width < 5 || place.height < 3 {
        return place;
    }
    let bar = glyphs.horizontal.repeat(usize::from(place.width - 2));
    let (right, bottom) = (place.x + place.width - 1, place.y + place.height - 1);
    let buffer = frame.buffer_mut();
    for (y, left, end) in [(place.y, upper_left, upper_right), (bottom, lower_left, lower_right)] {
        buffer.set_line(place.x, y, &Line::styled(format!("{left}{bar}{end}"), look.theme.dim), place.width);
    }
    for y in place.y + 1..bottom {
        buffer.set_string(place.x, y, glyphs.vertical, look.theme.dim);
        buffer.set_string(right, y, glyphs.vertical, look.theme.dim);
    }
    Rect { x: place.x + 2, y: place.y + 1, width: place.width - 4, height: place.height - 2 }
}
