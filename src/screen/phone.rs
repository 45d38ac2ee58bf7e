//! The practice phone: what an authenticator app would show for this seed, so that practising needs no phone.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::Look;
use super::leaving::boxed;
use super::sheet::{Pane, Sheet};
use crate::account::Timestamp;
use crate::secret::Secret;
use crate::totp::{Generator, STEP, seconds_left};

/// Rows that it takes.
pub(super) const HEIGHT: u16 = 4;

/// Draws it into the top of `area`.
pub(super) fn draw(frame: &mut Frame, area: Rect, seed: &Secret, now: Timestamp, look: &Look) {
    let theme = &look.theme;
    let place = Rect { width: area.width.min(34), height: HEIGHT.min(area.height), ..area };
    let inner = boxed(frame, place, look);
    if inner.height < 2 {
        return;
    }
    frame.buffer_mut().set_stringn(place.x + 2, place.y, " practice phone ", usize::from(inner.width), theme.dim);
    let mut sheet = Sheet::new(look, inner.width);
    match Generator::new(seed) {
        Some(generator) => {
            let unix = now.unix_timestamp().unsigned_abs();
            let left = format!("{:>2} s left", seconds_left(unix));
            let code = spaced(&generator.code(unix));
            sheet.line(&[(theme.dim, "now   "), (theme.accent, &code), (theme.dim, "  "), (theme.dim, &left)]);
            sheet.line(&[(theme.dim, "next  "), (theme.text, &spaced(&generator.code(unix + STEP)))]);
        }
        None => sheet.line(&[(theme.bad, "The seed is not base32.")]),
    }
    Pane::tight(sheet, Sheet::new(look, inner.width)).show(frame, inner, None);
}

/// `123 456`, as apps write it.
pub(super) fn spaced(code: &str) -> String {
    match (code.get(..3), code.get(3..)) {
        (Some(first), Some(second)) => format!("{first} {second}"),
        _ => code.to_owned(),
    }
}
