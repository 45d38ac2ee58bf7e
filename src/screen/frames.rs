//! Draws a frame around an overlay.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::RenderOptions;

/// Clears `place`, draws a frame, and returns the area inside.
pub(super) fn boxed(frame: &mut Frame, place: Rect, options: &RenderOptions) -> Rect {
    let glyphs = options.glyphs();
    let [upper_left, upper_right, lower_left, lower_right] = glyphs.corners;
    frame.render_widget(ratatui::widgets::Clear, place);
    if place.width < 5 || place.height < 3 {
        return place;
    }
    let bar = glyphs.horizontal.repeat(usize::from(place.width - 2));
    let (right, bottom) = (place.x + place.width - 1, place.y + place.height - 1);
    let buffer = frame.buffer_mut();
    for (y, left, end) in [(place.y, upper_left, upper_right), (bottom, lower_left, lower_right)] {
        buffer.set_line(place.x, y, &Line::styled(format!("{left}{bar}{end}"), options.theme.dim), place.width);
    }
    for y in place.y + 1..bottom {
        buffer.set_string(place.x, y, glyphs.vertical, options.theme.dim);
        buffer.set_string(right, y, glyphs.vertical, options.theme.dim);
    }
    Rect { x: place.x + 2, y: place.y + 1, width: place.width - 4, height: place.height - 2 }
}
