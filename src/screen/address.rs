//! The console's address as a QR code, for a phone or for a browser on another machine.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::sheet::{Pane, Sheet};
use super::{Look, qr, shell};
use crate::steps::root_mfa;
use crate::wizard::{Drawn, Wizard};

/// Draws it over the whole main pane.
pub(super) fn draw(frame: &mut Frame, area: Rect, wizard: &Wizard, look: &Look) -> Drawn {
    let theme = &look.theme;
    let address = root_mfa::console_address(&wizard.facts);
    let modules = qr::modules(&address);
    shell::mode_rule(frame, Rect { y: area.y + area.height - 1, height: 1, ..area }, wizard, look);
    let area = Rect { height: area.height - 1, ..area };
    let below = Rect { y: area.y + 2.min(area.height), height: area.height.saturating_sub(2), ..area };
    let taken = modules.as_ref().and_then(|modules| modules.draw(frame.buffer_mut(), below, look.unicode));
    let mut sheet = Sheet::new(look, area.width);
    // On a line of its own, unbroken where that is possible, so that a terminal can select or open it.
    sheet.say(theme.accent, &address);
    if taken.is_none() {
        let (width, height) = modules.map_or((0, 0), |modules| {
            let least = modules.least(look.unicode);
            (least.width + 1, least.height + 5)
        });
        sheet.say(theme.warn, &format!("Its QR code does not fit here: it takes a terminal of {width}×{height}."));
        sheet.say(theme.text, "Press Esc, then y: the address is sent to the terminal's clipboard.");
    }
    let head = if taken.is_some() { Rect { height: area.height.min(2), ..area } } else { area };
    Pane::tight(sheet, Sheet::new(look, area.width)).show(frame, head, wizard.scroll)
}
