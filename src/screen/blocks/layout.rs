//! Where a page's blocks go: beside or below a QR code, or in a box in the middle.

use ratatui::Frame;
use ratatui::layout::{Rect, Size};

use super::{pane, sheet};
use crate::account::Timestamp;
use crate::screen::sheet::{Pane, Sheet};
use crate::screen::{RenderOptions, frames, qr, shell};
use crate::wizard::content::{Blocks, Content};
use crate::wizard::{Drawn, Wizard};

/// Minimum columns of the text beside a QR code.
const MIN_TEXT_COLUMNS: u16 = 30;
/// Maximum columns of the text beside a QR code.
const MAX_TEXT_COLUMNS: u16 = 60;
/// Rows of the small box below the text.
const BOX_ROWS: u16 = 4;

/// Draws the mode in the last row of `area`, because the page covers its usual place.
pub(super) fn with_mode(frame: &mut Frame, area: Rect, wizard: &Wizard, options: &RenderOptions) -> Rect {
    shell::mode_rule(frame, Rect { y: area.y + area.height - 1, height: 1, ..area }, wizard, options);
    Rect { height: area.height - 1, ..area }
}

/// Terminal size for the code beside its text.
pub(super) fn taken_beside(modules: &qr::Modules, options: &RenderOptions) -> Size {
    let least = modules.least(options.unicode);
    Size::new(least.width + MIN_TEXT_COLUMNS + 4, least.height + 2)
}

/// The code left, the text right.
pub(super) fn beside(
    frame: &mut Frame,
    area: Rect,
    wizard: &Wizard,
    options: &RenderOptions,
    content: &Content<'_>,
    of: &str,
    scroll: Option<u16>,
) -> Drawn {
    let modules = qr::modules(of);
    let room = Rect { width: area.width.saturating_sub(MIN_TEXT_COLUMNS + 2), ..area };
    let taken = modules.as_ref().and_then(|modules| modules.draw(frame.buffer_mut(), room, options.unicode));
    let left = taken.map_or(0, |taken| taken.width + 2);
    let right = Rect { x: area.x + left, width: area.width.saturating_sub(left), ..area };
    let right = with_mode(frame, right, wizard, options);
    let text = Rect { width: right.width.min(MAX_TEXT_COLUMNS), ..right };
    let below = if content.below.is_some() { BOX_ROWS.min(text.height / 2) } else { 0 };
    let above = Rect { height: text.height - below, ..text };
    let missing = if taken.is_none() { modules.map(|modules| taken_beside(&modules, options)) } else { None };
    let drawn = pane(content, options, text.width, wizard.now(), missing).show(frame, above, scroll);
    if let Some((title, blocks)) = content.below.as_ref().filter(|_| below > 0) {
        let place = Rect { y: text.y + above.height, height: below, ..text };
        small_box(frame, place, options, title, blocks, wizard.now());
    }
    drawn
}

/// The text in the first two rows, the code below.
pub(super) fn below(
    frame: &mut Frame,
    area: Rect,
    wizard: &Wizard,
    options: &RenderOptions,
    content: &Content<'_>,
    of: &str,
    scroll: Option<u16>,
) -> Drawn {
    let modules = qr::modules(of);
    let area = with_mode(frame, area, wizard, options);
    let room = Rect { y: area.y + 2.min(area.height), height: area.height.saturating_sub(2), ..area };
    let taken = modules.as_ref().and_then(|modules| modules.draw(frame.buffer_mut(), room, options.unicode));
    let least = |modules: qr::Modules| modules.least(options.unicode);
    let missing = match taken {
        Some(_) => None,
        None => modules.map(least).map(|size| Size::new(size.width + 1, size.height + 5)),
    };
    let head = if taken.is_some() { Rect { height: area.height.min(2), ..area } } else { area };
    pane(content, options, area.width, wizard.now(), missing).show(frame, head, scroll)
}

/// A question in the middle of `area`.
pub(super) fn boxed(
    frame: &mut Frame,
    area: Rect,
    options: &RenderOptions,
    content: &Content<'_>,
    now: Timestamp,
    columns: u16,
    scroll: Option<u16>,
) -> Drawn {
    let columns = area.width.min(columns);
    let pane = pane(content, options, columns.saturating_sub(4), now, None);
    let height = (pane.body.len() as u16 + 2).min(area.height);
    let place = area.centered(columns.into(), height.into());
    let inner = frames::boxed(frame, place, options);
    pane.show(frame, inner, scroll)
}

fn small_box(frame: &mut Frame, area: Rect, options: &RenderOptions, title: &str, blocks: &Blocks<'_>, now: Timestamp) {
    let place = Rect { width: area.width.min(34), height: BOX_ROWS.min(area.height), ..area };
    let inner = frames::boxed(frame, place, options);
    if inner.height < 2 {
        return;
    }
    let title = format!(" {title} ");
    frame.buffer_mut().set_stringn(place.x + 2, place.y, title, usize::from(inner.width), options.theme.dim);
    let foot = Sheet::new(options, inner.width);
    Pane::tight(sheet(blocks, options, inner.width, now, None), foot).show(frame, inner, None);
}
